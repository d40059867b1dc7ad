"""A scheme seen whole, by those who look for what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property

from authoring.check.arrows import reached
from engine.feel import tree as t
from engine.language import Bundle, Scheme
from engine.language.model import Action, Expression, Text
from engine.language.source import Source
from engine.problems import Path, Problem, Severity


@dataclass(frozen=True)
class Whole:
    """A faultless scheme, its files, and where each thing stands in them."""

    bundle: Bundle
    scheme: Scheme
    source: Source

    def problem(self, code: str, path: Path, severity: Severity = "warning", **params: object) -> Problem:
        """A problem at the key of a path."""
        return Problem(code, params, self.source.key_place(path), path, severity)

    def at_value(self, code: str, path: Path, severity: Severity = "warning", **params: object) -> Problem:
        """A problem at the value of a path."""
        return Problem(code, params, self.source.place(path), path, severity)

    def at(
        self, expression: Expression, code: str, path: Path, severity: Severity = "warning", **params: object
    ) -> Problem:
        """A problem about an expression, where its text begins."""
        told = {"expression": " ".join(expression.text.split()), **params}
        return Problem(code, told, expression.place, path, severity)

    @cached_property
    def reached(self) -> frozenset[str]:
        """The states a dossier can come to."""
        return reached(self.scheme.workflow)

    @cached_property
    def done_by_something(self) -> frozenset[str]:
        """The actions anything in the file says to do by itself (`do: expire`)."""
        return frozenset(word for key, word in self.words if key == "do")

    @cached_property
    def words(self) -> frozenset[tuple[str, str]]:
        """Every word of the file with the key it stands under."""
        return frozenset(_words("", self.source.data))

    @cached_property
    def names(self) -> frozenset[str]:
        """The first names of all that any expression reads."""
        return frozenset(path[0] for one in expressions(self.scheme) for path in one.names)


def _words(key: str, data: object) -> Iterator[tuple[str, str]]:
    if isinstance(data, Mapping):
        for inner, value in data.items():
            yield from _words(str(inner), value)
    elif isinstance(data, list):
        for item in data:
            yield from _words(key, item)
    elif isinstance(data, str):
        yield key, data


def expressions(held: object) -> Iterator[Expression]:
    """Every expression inside a piece of a scheme, those of its texts included."""
    if isinstance(held, Expression):
        yield held
    elif isinstance(held, Text):
        yield from (
            piece for parts in held.versions.values() for piece in parts if isinstance(piece, Expression)
        )
    elif isinstance(held, Mapping):
        for value in held.values():
            yield from expressions(value)
    elif isinstance(held, tuple):
        for item in held:
            yield from expressions(item)
    elif (
        is_dataclass(held)
        and not isinstance(held, type)
        and type(held).__module__.startswith("engine.language")
    ):
        for part in fields(held):
            yield from expressions(getattr(held, part.name))


def is_said_true(expression: Expression) -> bool:
    """Whether an expression is the word `true`: it was meant to hold always."""
    root = expression.compiled.tree.root
    return isinstance(root, t.Literal) and root.value is True


def staff_of(scheme: Scheme, action: Action) -> tuple[str, ...]:
    """The roles that may do an action."""
    return tuple(who for who in action.by if who in scheme.roles)
