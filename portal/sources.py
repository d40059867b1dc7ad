"""What a page of the form says of the fields a source fills in."""

from __future__ import annotations

from dossiers.services.source_views import FilledBy
from dossiers.services.views import ApplicationView
from engine.kinds import kind_of
from renderers import words
from renderers.catalogues import marked, say

LINK = "link"
GIVEN = marked("Given beforehand: check it, and correct it if it is wrong.")
TAKEN_OVER = marked("Taken over from your application %(reference)s: correct it if it has changed.")
FILLED = marked("Filled in from %(source)s on %(day)s: correct it if it is wrong.")
CORRECTED = marked(
    "%(source)s says on %(day)s: %(value)s. Your own answer is kept, and the service sees both."
)
UNREAD = marked("%(source)s says on %(day)s: %(value)s.")


def _beforehand(filled: FilledBy, language: str) -> str:
    """An answer given by a link or an earlier dossier, as long as it is unchanged."""
    if not filled.same:
        return ""
    if filled.begun_from == LINK:
        return say(language, GIVEN)
    return say(language, TAKEN_OVER, {"reference": filled.begun_from})


def sources(view: ApplicationView, language: str) -> dict[str, str]:
    """What is said under each field a source fills in: that it did and when, or what it says otherwise."""
    found = {}
    for id, filled in view.filled.items():
        one = view.scheme.fields[id]
        day = words.day(view.reading.organisation.local_date(filled.at), language)
        if filled.title is None:
            found[id] = _beforehand(filled, language)
            continue
        params = {"source": filled.title.plain(language), "day": day}
        if filled.same:
            found[id] = say(language, FILLED, params)
        elif view.reading.answers.get(id) is not None or id in view.typed:
            value = words.phrase(kind_of(one).printed(one, filled.value, language), language)
            said = CORRECTED if id not in view.typed else UNREAD  # nobody sees what can't be read
            found[id] = say(language, said, params | {"value": value})
    return found
