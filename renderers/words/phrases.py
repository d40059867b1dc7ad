"""Phrases: what a text of the scheme says, once its computed values are written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from engine.words import Phrase, Printed
from renderers.catalogues import marked, say
from renderers.words.figures import day, duration, money, number, percentage, time_of_day
from renderers.words.territories import country, department

MOMENT = marked("%(day)s at %(time)s")
CIVILITIES = {"mrs": marked("Mrs"), "mr": marked("Mr")}
BORN_AS = marked("born %(name)s")
UNKNOWN = marked("not given")
YES, NO = marked("yes"), marked("no")
ALONE_YES, ALONE_NO = marked("Yes"), marked("No")


def phrase(parts: Phrase, language: str) -> str:
    """A whole phrase in a language; the values in it are printed by their type."""
    return "".join(part if isinstance(part, str) else printed(part, language) for part in parts)


def standalone(parts: Phrase, language: str) -> str:
    """A phrase that stands alone, as an answer does: `Yes`, not `yes`."""
    if len(parts) == 1 and isinstance(parts[0], Printed) and isinstance(parts[0].value, bool):
        return say(language, ALONE_YES if parts[0].value else ALONE_NO)
    return phrase(parts, language)


def printed(value: Printed, language: str, currency: str = "EUR") -> str:
    """One value: an amount as `52 000 €`, a day as `1er mars 2020`, `non renseigné` when unknown."""
    if value.value is None:
        return say(language, UNKNOWN)
    if isinstance(value.value, bool):
        return say(language, YES if value.value else NO)
    if isinstance(value.value, list):
        return enumeration([str(item) for item in value.value], language)
    return _one(str(value.value), value.type, language, currency)


def _time(text: str, language: str) -> str:
    try:
        return time_of_day(time.fromisoformat(text), language)
    except ValueError:
        return text


def _moment(text: str, language: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    params = {"day": day(found.date(), language), "time": time_of_day(found.time(), language)}
    return say(language, MOMENT, params)


def _civility(text: str, language: str) -> str:
    return say(language, CIVILITIES[text]) if text in CIVILITIES else text


def _born_as(text: str, language: str) -> str:
    return say(language, BORN_AS, {"name": text})


WRITTEN: Mapping[str, Callable[[str, str], str]] = {
    "country": country,
    "department": department,
    "duration": duration,
    "time": _time,
    "date_time": _moment,
    "civility": _civility,
    "birth_name": _born_as,
    "year": lambda text, language: text,
}


def _one(text: str, type_name: str, language: str, currency: str) -> str:
    if type_name == "date":
        return _day(text, language)
    if (written := WRITTEN.get(type_name)) is not None:
        return written(text, language)
    figure = _figure(text) if type_name in ("money", "percentage", "integer", "number") else None
    if figure is None:
        return text
    if type_name == "money":
        return money(figure, language, currency)
    return percentage(figure, language) if type_name == "percentage" else number(figure, language)


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _day(text: str, language: str) -> str:
    try:
        return day(date.fromisoformat(text[:10]), language)
    except ValueError:
        return text


def enumeration(items: Sequence[str], language: str) -> str:
    """Several things in one sentence: `a, b et c`."""
    if len(items) < 2:
        return "".join(items)
    both = {"first": ", ".join(items[:-1]), "last": items[-1]}
    return say(language, marked("%(first)s and %(last)s"), both)
