"""Where a piece of an expression stands: how it reads a name there, and the Env its closure would be given."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.feel.builtins import BUILTINS, RUN_TAKERS
from engine.feel.generated.python import NULL, call, compared, either, load
from engine.feel.scopes import ITEM, Levels


class Place(Protocol):
    """Where names are read."""

    @property
    def levels(self) -> Levels:
        """The levels a closure is compiled for here."""

    def name(self, name: str) -> ast.expr:
        """The value of a name of the expression."""

    def env(self, names: frozenset[str]) -> ast.expr:
        """The Env of a closure that reads these names."""


def default(name: str) -> ast.expr | None:
    """What a name stands for that nobody gives: the built-in function of that name, or nothing."""
    known = name in BUILTINS and name not in RUN_TAKERS
    return call("builtin_value", ast.Constant(name)) if known else None


@dataclass(frozen=True, slots=True)
class Given:
    """The names of one mapping, in the Python variable `names`."""

    levels: Levels = ()

    def name(self, name: str) -> ast.expr:
        """`get(name)`."""
        otherwise = default(name)
        return call("get", ast.Constant(name), *([] if otherwise is None else [otherwise]))

    def env(self, names: frozenset[str]) -> ast.expr:
        """An Env of the mapping."""
        return call("Env", load("names"), NULL, load("run"))


@dataclass(frozen=True, slots=True)
class Row:
    """The names of columns, each in a Python variable of its own."""

    variables: Mapping[str, str]
    levels: Levels = ()

    def name(self, name: str) -> ast.expr:
        """The variable."""
        if name in self.variables:
            return load(self.variables[name])
        return default(name) or NULL

    def env(self, names: frozenset[str]) -> ast.expr:
        """An Env of those columns the closure reads."""
        read = sorted(names & self.variables.keys())
        held = ast.Dict([ast.Constant(name) for name in read], [load(self.variables[name]) for name in read])
        return call("Env", held, NULL, load("run"))


@dataclass(frozen=True, slots=True)
class InFilter:
    """The parts of one item of a list, in a Python variable; what it has no part for is read around the filter.

    What it writes raises TypeError for an item that has no parts; then the closure of the filter answers.
    """

    around: Place
    variable: str

    @property
    def levels(self) -> Levels:
        """One more than around the filter."""
        return (ITEM, *self.around.levels)

    def name(self, name: str) -> ast.expr:
        """`variable[name] if name in variable else …`."""
        key, item = ast.Constant(name), load(self.variable)
        part = ast.Subscript(item, key, ast.Load())
        return either(compared(key, ast.In(), item), part, item if name == "item" else self.around.name(name))

    def env(self, names: frozenset[str]) -> ast.expr:
        """An ItemEnv."""
        return call("ItemEnv", load(self.variable), self.around.env(names))
