"""How a built-in function is declared: one line of text with its parameters, their types and its result."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from engine.feel.far import FarDate
from engine.feel.temporal import as_day, as_moment
from engine.feel.types import (
    ANY,
    ANY_CONTEXT,
    ANY_LIST,
    SIMPLE_NAMES,
    Function,
    List,
    Range,
    Type,
    type_name,
)
from engine.feel.values import RangeValue, Value, kind_of

REFUSED: Final = object()

_TYPES: dict[str, Type] = SIMPLE_NAMES | {
    "any": ANY,
    "list": ANY_LIST,
    "context": ANY_CONTEXT,
    "range": Range(ANY),
    "function": Function((), ANY, 0),
}
_POINTS = frozenset(
    {
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)
_DECLARATION = re.compile(r"(?P<name>[^(]+)\((?P<parameters>[^)]*)\): (?P<result>.+)")
_PARAMETER = re.compile(
    r"(?P<packed>\*?)(?P<name>[^:?.]+)(?P<mark>\??|\.{3}): (?P<types>[^?]+)(?P<nullable>\??)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, and what its marks in the declaration say.

    `scale?: …` may be left out, `flags: string?` may be null, `*list: …` is one list or its items one by one,
    `item...: …` may be given several times.
    """

    name: str
    kinds: tuple[str, ...]
    optional: bool = False
    nullable: bool = False
    packed: bool = False
    repeated: bool = False

    @property
    def types(self) -> tuple[Type, ...]:
        """The types that fit."""
        return tuple(static_type(kind) for kind in self.kinds)

    def accept(self, value: Value) -> Value:
        """The value as the function wants it, or REFUSED."""
        if value is None:
            return None if self.nullable or "any" in self.kinds else REFUSED
        for kind in self.kinds:
            taken = _accepted(kind, value)
            if taken is not REFUSED:
                return taken
        return REFUSED


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function, and the Python function that does it."""

    name: str
    parameters: tuple[Parameter, ...]
    result: str
    run: Callable[..., Any]

    @property
    def required(self) -> int:
        """How many values must be given."""
        return sum(1 for parameter in self.parameters if not parameter.optional)

    @property
    def text(self) -> str:
        """The parameters as a person reads them: `string, start position, length (optional)`."""
        named = [p.name + (" (optional)" if p.optional else "") for p in self.parameters]
        return ", ".join(named) or "no value"

    def takes(self, given: int) -> bool:
        """Whether that many values may be given by position."""
        last = self.parameters[-1] if self.parameters else None
        many = last is not None and (last.packed or last.repeated)
        return self.required <= given and (many or given <= len(self.parameters))

    def accept(self, values: list[Value]) -> list[Value] | None:
        """The values given by position as the function wants them; None when one does not fit."""
        parameters = self.parameters
        if parameters and parameters[-1].packed and len(values) > 1:
            values = [values]
        if len(values) > len(parameters):
            parameters += (parameters[-1],) * (len(values) - len(parameters))
        taken = [parameter.accept(value) for parameter, value in zip(parameters, values, strict=False)]
        return None if any(value is REFUSED for value in taken) else taken


def declared(text: str, run: Callable[..., Any]) -> Signature:
    """The signature of a line such as `substring(string: string, start position: number): string`."""
    match = _DECLARATION.fullmatch(text)
    if match is None:
        raise ValueError(f"not a declaration: {text}")
    written = [part for part in match["parameters"].split(", ") if part]
    return Signature(match["name"], tuple(_parameter(part) for part in written), match["result"], run)


def _parameter(text: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if match is None:
        raise ValueError(f"not a parameter: {text}")
    kinds = tuple(match["types"].split(" | "))
    return Parameter(
        match["name"],
        kinds,
        optional=match["mark"] == "?",
        nullable=bool(match["nullable"]),
        packed=bool(match["packed"]),
        repeated=match["mark"] == "...",
    )


def static_type(kind: str) -> Type:
    """The type a kind of a declaration stands for; `point` is anything that has an order."""
    if kind.startswith("list<"):
        return List(static_type(kind[5:-1]))
    return _TYPES.get(kind, ANY)


def describe(parameter: Parameter) -> str:
    """The types of a parameter as a person reads them."""
    return " or ".join("a number, text, date or duration" if k == "point" else k for k in parameter.kinds)


def describe_type(given: Type) -> str:
    """A type as a person reads it."""
    return type_name(given)


def _accepted(kind: str, value: Value) -> Value:
    """The value if it is of that kind or becomes so by the conversions of the standard (10.3.2.9.4)."""
    if kind == "any":
        return value
    if kind == "list" or kind.startswith("list<"):
        return _accepted_list(kind, value)
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]  # a list of one item stands for the item
        if value is None:
            return REFUSED
    found = kind_of(value)
    if kind == "point":
        return value if found in _POINTS else REFUSED
    if kind == "number" and found == "number":
        return value if isinstance(value, Decimal) else Decimal(value)
    if kind == "date and time" and found == "date" and isinstance(value, date | FarDate):
        return as_moment(value)
    return value if found == kind else REFUSED


def _accepted_list(kind: str, value: Value) -> Value:
    items = list(value) if isinstance(value, list | tuple) else [value]
    if kind == "list":
        return items
    taken = [None if item is None else _accepted(kind[5:-1], item) for item in items]
    return REFUSED if any(item is REFUSED or item is None for item in taken) else taken


__all__ = ["REFUSED", "Parameter", "RangeValue", "Signature", "as_day", "declared", "describe", "static_type"]
