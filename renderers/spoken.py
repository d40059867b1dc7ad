"""Which language a page about a scheme is in, and what is said when it isn't wholly the one somebody asked for."""

from __future__ import annotations

from engine.language import Scheme
from renderers.catalogues import FIRST_LANGUAGE, languages, marked, missing, name_of, say
from renderers.frame import Instead

ELSEWHERE = marked("This aid is not presented in this language: its pages are in %(language)s.")
IN_PART = marked(
    "Not everything on this page is translated into this language yet; the rest is in %(language)s."
)


def first_spoken(scheme: Scheme) -> str:
    """The first language of a scheme that the pages speak too."""
    return next((one for one in scheme.languages if one in languages()), FIRST_LANGUAGE)


def has_gaps(scheme: Scheme, language: str) -> bool:
    """Whether some text of the scheme stands in its first language only."""
    missing = (one.params["languages"] for one in scheme.warnings if one.code == "missing_translation")
    return any(language in names for names in missing if isinstance(names, tuple))


def instead(wanted: str, shown: str, gaps: bool) -> Instead | None:
    """What somebody is told who asked for one language and gets another, or one with gaps; in the language asked for."""
    if wanted == shown and not gaps and not missing(shown):
        return None
    rest = FIRST_LANGUAGE if wanted == shown else shown
    message = IN_PART if wanted == shown else ELSEWHERE
    told = FIRST_LANGUAGE if missing(wanted) else wanted
    return Instead(told, say(told, message, {"language": name_of(rest, told)}))
