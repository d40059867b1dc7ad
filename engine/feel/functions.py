"""Functions as values: those declared in an expression, the built-in ones, and those given from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.feel.builtins import BUILTINS, RUN_TAKERS
from engine.feel.errors import FeelError
from engine.feel.limits import CALL_FRAMES, Run
from engine.feel.scopes import Env, Read
from engine.feel.signatures import Signature
from engine.feel.types import (
    Any as AnyType,
)  # isort: skip
from engine.feel.types import (
    Context,
    Function,
    List,
    Null,
    Range,
    Type,
    type_name,
)
from engine.feel.values import RangeValue, Value, kind_of


@dataclass(frozen=True, slots=True)
class FunctionValue:
    """`function(x) …` with the names known where it stands."""

    parameters: tuple[str, ...]
    types: tuple[Type | None, ...]
    body: Read
    env: Env
    cost: int
    height: int

    def __call__(self, *given: Value) -> Value:
        """The result; null when the number or the types of the values are wrong."""
        if len(given) != len(self.parameters):
            return None
        run = self.env.run
        run.spend(self.cost)
        for value, wanted in zip(given, self.types, strict=True):
            if wanted is not None and value is not None and not is_instance(value, wanted):
                return None
        # A function may be given to itself: the frames it takes are counted before Python runs out of them.
        if run.frames < self.height:
            raise FeelError("too_deep", limit=CALL_FRAMES)
        run.frames -= self.height
        result = self.body(Env(dict(zip(self.parameters, given, strict=True)), self.env, run))
        run.frames += self.height
        return result


@dataclass(frozen=True, slots=True)
class BuiltinValue:
    """A built-in function used as a value, in `sort` for instance."""

    name: str

    def __call__(self, *given: Value) -> Value:
        """The result of a call by position."""
        return call_builtin(BUILTINS[self.name], list(given))


def builtin_value(name: str) -> BuiltinValue | None:
    """The function of that name, if there is one that needs no evaluation under way."""
    return BuiltinValue(name) if name in BUILTINS and name not in RUN_TAKERS else None


def call_builtin(signatures: Sequence[Signature], given: list[Value], *before: Run) -> Value:
    """The result of the first way to call the function that fits the values; null when none does."""
    for signature in signatures:
        if signature.takes(len(given)):
            taken = signature.accept(given)
            if taken is not None:
                return signature.run(*before, *taken)
    return None


def by_position(
    names: Sequence[str], signatures: Sequence[Signature]
) -> list[tuple[Signature, tuple[int, ...]]]:
    """The ways to call a function with these names; for each, where the values of its parameters stand.

    A parameter that is left out stands at -1 (null): one that is optional, or that may be null.
    """
    found: list[tuple[Signature, tuple[int, ...]]] = []
    for signature in signatures:
        known = [parameter.name for parameter in signature.parameters]
        needed = [p.name for p in signature.parameters[: signature.required] if not p.nullable]
        if set(names) <= set(known) and set(needed) <= set(names) and len(set(names)) == len(names):
            last = max(signature.required - 1, *(known.index(name) for name in names))
            places = tuple(names.index(name) if name in names else -1 for name in known[: last + 1])
            found.append((signature, places))
    return found


def is_instance(value: Value, wanted: Type) -> bool:
    """Whether a value is of a type (`instance of`); null is only of the types Null and Any."""
    match wanted:
        case AnyType():
            return value is not None
        case Null():
            return value is None
        case List(of):
            return isinstance(value, list | tuple) and all(_is_or_null(item, of) for item in value)
        case Context(members):
            return kind_of(value) == "context" and all(
                name in value and _is_or_null(value[name], of) for name, of in members.items()
            )
        case Range(of):
            ends = (value.low, value.high) if isinstance(value, RangeValue) else ()
            return bool(ends) and all(end is None or is_instance(end, of) for end in ends)
        case Function(parameters):
            return callable(value) and (
                not isinstance(value, FunctionValue)
                or not parameters
                or len(value.parameters) == len(parameters)
            )
    return kind_of(value) == type_name(wanted)


def _is_or_null(value: Value, wanted: Type) -> bool:
    return value is None or is_instance(value, wanted)
