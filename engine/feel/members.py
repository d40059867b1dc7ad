"""The parts of values: `home.postcode`, `created.year`, `span.days`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from engine.feel.far import FarDateTime, twin
from engine.feel.limits import bounded_value
from engine.feel.temporal import as_day
from engine.feel.values import DAYS, LISTS, MONTHS, Value, kind_of


def member(value: Value, name: str) -> Value:
    """A part of a context, of a date or of a duration; of a list, that part of each item."""
    if isinstance(value, LISTS):
        return [item.get(name) if type(item) is dict else _inner(item, name) for item in value]
    if isinstance(value, Mapping):
        return value.get(name)
    read = PARTS.get(kind_of(value), {}).get(name)
    return read(value) if read else None


def _inner(item: Value, name: str) -> Value:
    return member(bounded_value(item) if isinstance(item, LISTS) else item, name)


def _days_part(unit: str) -> Callable[[timedelta], Decimal]:
    """One part of a duration, with the sign of the duration."""

    def read(span: timedelta) -> Decimal:
        sign, length = (-1, -span) if span < timedelta() else (1, span)
        parts = {
            "days": length.days,
            "hours": length.seconds // 3600,
            "minutes": length.seconds // 60 % 60,
            "seconds": length.seconds % 60,
        }
        return Decimal(sign * parts[unit])

    return read


def _clock(moment: Value) -> Value:
    """What has an hour: a far moment itself has none."""
    return moment.twin if isinstance(moment, FarDateTime) else moment


def _zone_name(moment: Value) -> str | None:
    return getattr(moment.tzinfo, "key", None)


_CALENDAR: dict[str, Callable[[Value], Value]] = {
    "year": lambda d: Decimal(as_day(d).year),
    "month": lambda d: Decimal(as_day(d).month),
    "day": lambda d: Decimal(as_day(d).day),
    "weekday": lambda d: Decimal(twin(d).isoweekday()),
}
_CLOCK: dict[str, Callable[[Value], Value]] = {
    "hour": lambda t: Decimal(_clock(t).hour),
    "minute": lambda t: Decimal(_clock(t).minute),
    "second": lambda t: Decimal(_clock(t).second),
    "time offset": lambda t: t.utcoffset(),
    "timezone": _zone_name,
}
PARTS: dict[str, dict[str, Callable[[Value], Value]]] = {
    "date": _CALENDAR | {"hour": lambda _: None, "minute": lambda _: None, "second": lambda _: None},
    "date and time": _CALENDAR | _CLOCK,
    "time": _CLOCK,
    DAYS: {unit: _days_part(unit) for unit in ("days", "hours", "minutes", "seconds")},
    MONTHS: {
        "years": lambda s: Decimal(int(s.months / 12)),
        "months": lambda s: Decimal(s.months - 12 * int(s.months / 12)),
    },
    "range": {
        "start": lambda r: r.low,
        "end": lambda r: r.high,
        "start included": lambda r: r.low_included,
        "end included": lambda r: r.high_included,
    },
}
