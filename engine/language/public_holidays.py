"""The calendars of public holidays a scheme may name: a country by its ISO 3166 code, or a part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from engine.problems import near


@cache
def _parts(country: str) -> Sequence[str] | None:
    """The parts of a country that have holidays of their own; None when it is unknown. Reads this country's calendar only."""
    import holidays  # on use: a scheme that names no calendar needn't wait for it

    if len(country) != 2 or not country.isupper():
        return None
    # by its name in the package: `country_holidays` reads the calendars of the whole world to find one
    calendar = getattr(holidays, country, None)
    return None if calendar is None else tuple(calendar().subdivisions)


@cache
def _calendars() -> Mapping[str, Sequence[str]]:
    """The parts of all countries: some hundreds of calendars, read to say what somebody meant."""
    import holidays

    return holidays.list_supported_countries(include_aliases=False)


def knows(code: str) -> bool:
    """Whether there is such a calendar: "FR", "FR-57", "FR-974"."""
    country, dash, part = code.partition("-")
    parts = _parts(country)
    return parts is not None and (not dash or part in parts)


def meant(code: str) -> str | None:
    """The calendar somebody meant by a code there is none of; None when that can't be told."""
    country, _, part = code.upper().partition("-")
    parts = _calendars().get(country)
    if parts is None:
        return near(country, list(_calendars()))
    found = part if part in parts else near(part, list(parts))
    return f"{country}-{found}" if found else country
