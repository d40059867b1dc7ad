"""What a scheme knows before any answer: its parameters in force on a day, and its lists, as FEEL sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.asked.kept import Kept
from engine.language import Scheme
from engine.language.model import Expression, Parameter, ParameterValue, ReferenceList

Known = Mapping[str, object]
DAYS = 32  # days of deposit remembered for one scheme


def figures(scheme: Scheme, day: date, now: datetime, zone: ZoneInfo) -> Known:
    """Parameters (values, or functions of their `by`) and lists (functions of a code), for deposits of this day."""
    kept = _by_day(scheme)
    key = (day, now.astimezone(zone).date())  # `is: …` may read today()
    if (known := kept.get(key)) is None:
        if len(kept) >= DAYS:
            kept.clear()
        known = kept[key] = _figures(scheme, day, now, zone)
    return known


_by_day: Kept[dict[tuple[date, date], Known]] = Kept(lambda scheme: {})


def _figures(scheme: Scheme, day: date, now: datetime, zone: ZoneInfo) -> Known:
    found: dict[str, object] = {name: _look_up(rows) for name, rows in scheme.lists.items()}
    for name, parameter in scheme.parameters.items():
        value = in_force(parameter, day)
        if value is None:
            found[name] = _unknown if parameter.by else None
        elif value.is_ is not None:
            found[name] = value.is_.value(found, now, zone)
        else:
            found[name] = _function(value, found, now, zone)
    return found


def in_force(parameter: Parameter, day: date) -> ParameterValue | None:
    """The value in force on a day: the last one that had begun."""
    begun = [value for value in parameter.values if value.from_ <= day]
    return max(begun, key=lambda value: value.from_, default=None)


def _unknown(*arguments: object) -> object:
    return None


def _look_up(rows: ReferenceList) -> Callable[[object], object]:
    def columns(code: object = None) -> object:
        found = rows.rows.get(code) if isinstance(code, str) else None
        return dict(found) if found is not None else None

    return columns


def _function(value: ParameterValue, known: Known, now: datetime, zone: ZoneInfo) -> Callable[..., object]:
    """`income_ceiling(household)`: the first row whose cells all hold, or the last one plus `each_more` per unit."""

    def parameter(*arguments: object) -> object:
        if any(argument is None for argument in arguments):
            return None
        for tests, result in value.rows:
            scopes = ({**known, "?": argument} for argument in arguments)
            if all(test.holds(scope, now, zone) for test, scope in zip(tests, scopes, strict=False)):
                return result.value(known, now, zone)
        return _beyond(value, arguments, known, now, zone)

    return parameter


def _beyond(
    value: ParameterValue, arguments: tuple[object, ...], known: Known, now: datetime, zone: ZoneInfo
) -> object:
    """Six persons where the rows end at five: the ceiling of five, plus one `each_more`."""
    if value.each_more is None or len(arguments) != 1 or not isinstance(arguments[0], Decimal):
        return None
    rows = {number: result for tests, result in value.rows if (number := _plain(tests)) is not None}
    last = max(rows, default=None)
    if last is None or arguments[0] <= last or arguments[0] % 1:
        return None
    ceiling = rows[last].value(known, now, zone)
    return ceiling + (arguments[0] - last) * value.each_more if isinstance(ceiling, Decimal) else None


def _plain(tests: tuple[Expression, ...]) -> Decimal | None:
    """The figure of a row that stands for one figure alone."""
    text = tests[0].text.strip()
    return Decimal(text) if text.isascii() and text.isdigit() else None
