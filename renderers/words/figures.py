"""Numbers, amounts, days and spans as a language writes them (Unicode CLDR, by Babel)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import NumberPattern, format_decimal, get_currency_symbol, parse_pattern

from engine.language.spans import Span
from renderers.catalogues import count, marked, plural, say

TERRITORIES = {"en": "en_GB"}  # an English page of a European body: 1 March 2020, €1,000
NO_BREAK = "\u00a0"


@cache
def locale(language: str) -> Locale:
    """The locale in which a language's figures are written; French when CLDR doesn't know the language."""
    try:
        return Locale.parse(TERRITORIES.get(language, language))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("fr")


def number(value: Decimal | int, language: str) -> str:
    """A number, with every decimal it has: `1 234,5`."""
    return format_decimal(value, locale=locale(language), decimal_quantization=False)


def money(value: Decimal, language: str, currency: str = "EUR", *, cents: bool = False) -> str:
    """An amount; cents only when there are some, or others of its column have some: `52 000 €`, `1 250,50 €`."""
    pattern = _amounts(language, currency, cents or has_cents([value]))
    return str(pattern.apply(value, locale(language), currency_digits=False))


def has_cents(values: Iterable[Decimal | None]) -> bool:
    """Whether one of the amounts of a column has cents, so that all are written with them."""
    return any(one is not None and one != one.to_integral_value() for one in values)


@cache
def _amounts(language: str, currency: str, cents: bool) -> NumberPattern:
    """How amounts are written, the currency's sign already in it: left to be put in, it costs more than the figure."""
    known, figures = locale(language), "#,##0.00" if cents else "#,##0"
    sign = f"'{get_currency_symbol(currency, known)}'"
    return parse_pattern(sign + figures if known.language == "en" else figures + NO_BREAK + sign)


def percentage(value: Decimal, language: str) -> str:
    """A percentage; 40 is forty per cent: `40 %`."""
    sign = "%" if locale(language).language == "en" else "\u202f%"
    return number(value, language) + sign


def day(value: date, language: str) -> str:
    """A day: `1er mars 2020`, `14 mars 2020`, `1 March 2020`."""
    written = format_date(value, "long", locale=locale(language))
    return re.sub(r"^1 ", "1er ", written) if locale(language).language == "fr" else written


def clock(value: datetime, language: str, zone: tzinfo) -> str:
    """The time of day of an instant, in a zone: `14 h 05`, `14:05`."""
    return time_of_day(value.astimezone(zone).time(), language)


def time_of_day(value: time, language: str) -> str:
    """A time of day: `14 h 05`, `14:05`."""
    if locale(language).language == "fr":
        return f"{value.hour}{NO_BREAK}h{NO_BREAK}{value.minute:02}"
    return format_time(value, "short", locale=locale(language))


def moment(value: datetime, language: str, zone: tzinfo) -> str:
    """An instant in a zone: `12 mai 2020 à 14 h 05`."""
    params = {
        "day": day(value.astimezone(zone).date(), language),
        "time": clock(value, language, zone),
    }
    return say(language, marked("%(day)s at %(time)s"), params)


def size(octets: int, language: str) -> str:
    """The size of a document: `2,4 Mo`, `12 ko`; a unit is a power of a thousand."""
    if octets >= 1_000_000:
        rounded = (Decimal(octets) / 1_000_000).quantize(Decimal("0.1"))
        return say(language, marked("%(size)s MB"), {"size": number(rounded.normalize() + 0, language)})
    thousands = max(1, round(octets / 1000))
    return say(language, marked("%(size)s kB"), {"size": number(thousands, language)})


SPANS = {
    "days": plural("%(count)s day", "%(count)s days"),
    "working days": plural("%(count)s working day", "%(count)s working days"),
    "weeks": plural("%(count)s week", "%(count)s weeks"),
    "months": plural("%(count)s month", "%(count)s months"),
    "years": plural("%(count)s year", "%(count)s years"),
    "hours": plural("%(count)s hour", "%(count)s hours"),
}


def span(value: Span, language: str) -> str:
    """A span of the scheme: `2 mois`, `15 jours ouvrés`."""
    one, many = SPANS[value.unit]
    return count(language, one, many, value.count, {"count": value.count})


ISO = re.compile(
    r"-?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?.*)?"
)
PLAIN = re.compile(r"-?(?P<days>\d+) days?, \d+:\d\d:\d\d(?:\.\d+)?")


def duration(value: str, language: str) -> str:
    """A FEEL duration, as its text travels (`P2M`, `90 days, 0:00:00`): `2 mois`, `90 jours`."""
    found = ISO.fullmatch(value) or PLAIN.fullmatch(value)
    parts = [
        span(Span(int(figure), unit), language)
        for unit, figure in (found.groupdict() if found else {}).items()
        if figure and int(figure)
    ]
    return " ".join(parts) or value
