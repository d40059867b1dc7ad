"""Pages: templates with strict values, escaped, in a language. Compiled once per language, then only filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from engine.kinds import iban
from engine.language.model import Span, Text
from engine.words import Phrase, Printed
from renderers import blocks, words
from renderers.catalogues import SOURCE_LANGUAGE, direction, languages, name_of, translations
from renderers.channels import channel_words
from renderers.compiled import KeptTemplates
from renderers.documents import is_picture, is_shown
from renderers.fixed_words import FixedAddresses, FixedWords
from renderers.foreign import in_its_language, lang_of, spoken
from renderers.links import Links
from renderers.moulds import filled
from renderers.words.campaigns import reason_sentence
from renderers.words.opinions import opinion_words

HERE = Path(__file__).parent
STATIC = HERE / "static"
TEMPLATES = HERE / "templates"


@cache
def environment(language: str = SOURCE_LANGUAGE) -> Environment:
    """The templates of one language. A value a template asks for and doesn't get is an error, never a blank."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=KeptTemplates(language),
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.extend(said=translations(language).gettext)
    made.globals |= {
        "links": Links(),
        "language": language,
        "direction": direction,
        "name_of": name_of,
    }
    made.add_extension(FixedWords)
    made.add_extension(FixedAddresses)
    made.filters |= _filters(language)
    return made


def _filters(language: str) -> dict[str, object]:
    """How templates write values: `{{ amount|money("EUR") }}`, `{{ scheme.title|plain }}`."""
    return {
        "day": partial(_day, language),
        "moment": partial(_moment, language),
        "clock": partial(_clock, language),
        "money": partial(_money, language),
        "has_cents": words.has_cents,
        "number": partial(words.number, language=language),
        "size": partial(words.size, language=language),
        "span": partial(_span, language),
        "printed": partial(_printed, language),
        "phrase": partial(_phrase, language),
        "standalone": partial(_standalone, language),
        "said": partial(_said, language),
        "reason": partial(_reason, language),
        "plain": partial(_plain, language),
        "channel": partial(_channel, language),
        "opinion": partial(opinion_words, language=language),
        "account": iban.shown,
        "prose": blocks.html,
        "lines": lines,
        "spoken": spoken,
        "lang_of": lang_of,
        "is_shown": is_shown,
        "is_picture": is_picture,
        "filled": filled,
    }


def _day(language: str, value: date) -> str:
    return words.day(value, language)


def _channel(language: str, value: str | None) -> str:
    return channel_words(value, language)


def _moment(language: str, value: datetime, zone: tzinfo) -> str:
    return words.moment(value, language, zone)


def _clock(language: str, value: datetime, zone: tzinfo) -> str:
    return words.clock(value, language, zone)


def _money(language: str, value: Decimal, currency: str = "EUR", cents: bool = False) -> str:
    return words.money(value, language, currency, cents=cents)


def _reason(language: str, code: str) -> str:
    return reason_sentence(code, language)


def _span(language: str, value: Span) -> str:
    return words.span(value, language)


def _printed(language: str, value: Printed) -> str:
    return words.printed(value, language)


def _phrase(language: str, value: Phrase) -> str:
    return words.phrase(value, language)


def _standalone(language: str, value: Phrase) -> str:
    return words.standalone(value, language)


def _said(language: str, versions: Mapping[str, Phrase]) -> str:
    """A text computed in every language of its scheme: in this one, else in the first."""
    return words.phrase(versions.get(language) or next(iter(versions.values()), ()), language)


def _plain(language: str, value: Text) -> str:
    return in_its_language(value.plain(language), value, language)


def lines(text: str) -> Markup:
    """A text as typed, its line breaks kept and everything else escaped."""
    return Markup("<br>").join(text.splitlines())


def warm() -> None:
    """Compile the templates applicants meet, in every language, so that nobody waits long for a first page; the office's
    wait for the first who comes, and take no memory before. Beside what is served: a page asked for meanwhile compiles
    its own."""
    for language in languages():
        made = environment(language)
        for name in made.list_templates(filter_func=_for_applicants):
            made.get_template(name)


def _for_applicants(name: str) -> bool:
    return name.startswith(("portal/", "fields/"))


def render(template: str, language: str, **view: object) -> str:
    """The text of a template, in a language, with the values given. Raises jinja2.UndefinedError for a missing one."""
    return environment(language).get_template(template).render(view)
