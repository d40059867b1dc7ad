"""Writes the tree as Python statements; what it has no function for is left to the closure of that piece."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeAlias

from engine.feel import tree as t
from engine.feel.closures import compile_node
from engine.feel.generated.places import Place
from engine.feel.generated.python import call, load, store
from engine.feel.values import Value

Wording: TypeAlias = Callable[["Writer", Any], ast.expr]
WORDINGS: dict[type[t.Node], Wording] = {}


class Writer:
    """Collects statements, and the values they use under names of their own.

    A name or a text of the expression never becomes a Python name: `a or b` reads the key "a or b" of a mapping.
    """

    def __init__(self, place: Place, known: Mapping[str, Value], *, has_decimals: bool = False) -> None:
        self.place = place
        self.has_decimals = has_decimals  # whether Python's own operators already reckon with 34 digits here
        self.statements: list[ast.stmt] = []
        self.globals: dict[str, Value] = dict(known)
        self._variables = 0

    def value(self, node: t.Node) -> ast.expr:
        """The Python expression of a node; what must come before it is added to the statements."""
        wording = WORDINGS.get(type(node))
        return wording(self, node) if wording else self.by_closure(node)

    def by_closure(self, node: t.Node) -> ast.expr:
        """The call of the closure of a node: always right, and slower."""
        read = compile_node(node, self.place.levels)
        names = frozenset(inner.name for inner in t.walk(node) if isinstance(inner, t.Name))
        return call(self.constant(read), self.place.env(names))

    def held(self, value: ast.expr | t.Node) -> ast.expr:
        """A value that may be used twice: in a variable, unless it is one or is a constant."""
        if isinstance(value, t.Node):
            value = self.value(value)
        if isinstance(value, ast.Name | ast.Constant):
            return value
        variable = self.variable()
        self.add(store(variable, value))
        return load(variable)

    def variable(self) -> str:
        """A Python name that is not used yet."""
        self._variables += 1
        return f"v{self._variables}"

    def constant(self, value: Value) -> ast.expr:
        """A value that is known already; a text stays a value too, and is no part of the code."""
        if value is None or isinstance(value, bool):
            return ast.Constant(value)
        name = f"k{len(self.globals)}"
        self.globals[name] = value
        return load(name)

    def add(self, *statements: ast.stmt) -> None:
        """Put statements after those there are."""
        self.statements += statements

    def with_decimals(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """Statements in which Python's own operators reckon with 34 digits: quicker than a call, if it is for long."""
        if self.has_decimals:
            return statements
        outer = self.variable()
        again = ast.Expr(call("setcontext", load(outer)))
        begin = [store(outer, call("getcontext")), ast.Expr(call("setcontext", load("DECIMALS")))]
        return [*begin, ast.Try(statements, [], [], [again])]

    @contextmanager
    def block(self, place: Place | None = None) -> Iterator[list[ast.stmt]]:
        """A block of its own: what is added meanwhile goes there, with the names known at `place`."""
        outer, around = self.statements, self.place
        self.statements, self.place = [], place or around
        try:
            yield self.statements
        finally:
            self.statements, self.place = outer, around
