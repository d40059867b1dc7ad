"""The types an expression may have, for checking it before any value is known (DMN 1.5, 10.3.2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number; the unit ("money", "percentage", "integer") only says how it is printed."""

    unit: str | None = None


@dataclass(frozen=True, slots=True)
class String:
    """A text; `values` are the options when it comes from a closed choice; the unit ("country") only says how it is printed."""

    values: frozenset[str] | None = None
    unit: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Boolean:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, with or without a zone."""


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time, with or without a zone."""


@dataclass(frozen=True, slots=True)
class DaysDuration:
    """A span of days, hours, minutes and seconds."""


@dataclass(frozen=True, slots=True)
class MonthsDuration:
    """A span of years and months."""


@dataclass(frozen=True, slots=True)
class Null:
    """The type of null alone."""


@dataclass(frozen=True, slots=True)
class Any:
    """A type that is not known: everything fits."""


@dataclass(frozen=True, slots=True)
class List:
    """A list whose items have the type `of`."""

    of: Type


@dataclass(frozen=True, slots=True)
class Context:
    """Named parts, each with its type."""

    members: Mapping[str, Type] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Function:
    """A function; the parameters from `required` on may be left out."""

    parameters: tuple[Type, ...]
    result: Type
    required: int


@dataclass(frozen=True, slots=True)
class Range:
    """A range between two points of the type `of`."""

    of: Type


Type: TypeAlias = (
    Number
    | String
    | Boolean
    | Date
    | Time
    | DateTime
    | DaysDuration
    | MonthsDuration
    | Null
    | Any
    | List
    | Context
    | Function
    | Range
)

NUMBER = Number()
STRING = String()
BOOLEAN = Boolean()
DATE = Date()
TIME = Time()
DATE_TIME = DateTime()
DAYS_DURATION = DaysDuration()
MONTHS_DURATION = MonthsDuration()
NULL = Null()
ANY = Any()
ANY_LIST = List(ANY)
ANY_CONTEXT = Context()

SIMPLE_NAMES: dict[str, Type] = {
    "number": NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "days and time duration": DAYS_DURATION,
    "years and months duration": MONTHS_DURATION,
    "Null": NULL,
    "Any": ANY,
}
_NAMES = {type(known): name for name, known in SIMPLE_NAMES.items()}


def type_name(given: Type) -> str:
    """The name of a type as FEEL writes it, `list<number>` for instance."""
    match given:
        case List(of):
            return f"list<{type_name(of)}>"
        case Range(of):
            return f"range<{type_name(of)}>"
        case Context(members):
            return f"context<{', '.join(f'{name}: {type_name(of)}' for name, of in members.items())}>"
        case Function(parameters, result):
            return f"function<{', '.join(type_name(of) for of in parameters)}> -> {type_name(result)}"
        case _:
            return _NAMES[type(given)]


def fits(given: Type, wanted: Type) -> bool:
    """Whether a value of one type may stand where the other is wanted; what is not known fits."""
    if isinstance(given, Any | Null) or isinstance(wanted, Any):
        return True
    if isinstance(wanted, List):
        return fits(given.of if isinstance(given, List) else given, wanted.of)
    if isinstance(given, List):
        return fits(given.of, wanted)  # a list of one item stands for the item
    if isinstance(given, Range) and isinstance(wanted, Range):
        return fits(given.of, wanted.of)
    if isinstance(given, Context) and isinstance(wanted, Context):
        shared = wanted.members.keys() & given.members.keys()
        return all(fits(given.members[name], wanted.members[name]) for name in shared)
    if isinstance(given, Date) and isinstance(wanted, DateTime):
        return True
    return type(given) is type(wanted)


def common(first: Type, second: Type) -> Type:
    """The narrowest type that covers both: what `if … then … else …` may give."""
    if first == second or isinstance(second, Null):
        return first
    if isinstance(first, Null):
        return second
    if isinstance(first, Number) and isinstance(second, Number):
        return NUMBER
    if isinstance(first, String) and isinstance(second, String):
        if first.values is None or second.values is None:
            return STRING
        return String(first.values | second.values)
    if isinstance(first, List) and isinstance(second, List):
        return List(common(first.of, second.of))
    return ANY
