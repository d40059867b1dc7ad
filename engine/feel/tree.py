"""The tree of an expression: one small frozen node for each construct, with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any piece of an expression; `start` and `end` are offsets in the text."""

    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, true, false or null."""

    value: Any


@dataclass(frozen=True, slots=True)
class At(Node):
    """A date, a time or a duration written @"…"; `value` is None when the text is none of them."""

    text: str
    value: Any


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name, `?` for the value a unary test judges."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A part of something: `home.postcode`."""

    of: Node
    member: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """Some items of a list: `invoices[amount > 100]`, `rows[1]`."""

    of: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function call; `names` is empty when the arguments are given by position."""

    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """`-x`."""

    of: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """One of `+ - * / **` between two values."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """One of `= != < <= > >=` between two values."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`x between 1 and 10`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """`x in (1, [3..5], > 10)`: whether one of the tests holds."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    """Two or more parts which must all hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Two or more parts of which one must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not(x)`."""

    of: Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if … then … else …`."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`name in domain` of a loop; with `last`, the domain is the numbers or days from one to the other."""

    name: str
    domain: Node
    last: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for x in xs, y in ys return …`."""

    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some x in xs satisfies …`, or `every …`."""

    quantifier: str
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """A type written in the text: `number`, `list<string>`, `context<a: number>`, `function<…> -> …`."""

    name: str
    of: tuple[TypeName, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """One parameter of a declared function, with its type if it is given."""

    name: str
    type: TypeName | None = None


@dataclass(frozen=True, slots=True)
class Declared(Node):
    """`function(x, y) …`."""

    parameters: tuple[Parameter, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`x instance of number`."""

    value: Node
    type: TypeName


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list: `[1, 2, 3]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """One `key: value` of a context."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True)
class Entries(Node):
    """A context: `{a: 1, b: a + 1}`; an entry sees those before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """A range: `[1..5)`, `]1..5[`."""

    low: Node
    high: Node
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class Test(Node):
    """`< 5`: a comparison whose left side is the judged value; elsewhere, a range open on one side."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The unary tests of a cell: one must hold, or none when `negated`; no test at all is `-`."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed text: the root of its nodes, and whether it is a unary test."""

    text: str
    root: Node
    unary: bool = False


CLASSES: dict[str, type[Node]] = {kind.__name__: kind for kind in Node.__subclasses__()}
_SHAPES = {
    kind: {f.name: str(f.type) for f in fields(kind) if f.name not in {"start", "end"}}
    for kind in CLASSES.values()
}


def field_shapes(kind: type[Node]) -> Mapping[str, str]:
    """The fields of a node in their order and their types as they are written; without its place."""
    return _SHAPES[kind]


def children(node: Node) -> Iterator[Node]:
    """The nodes directly under a node, from left to right."""
    for name in _SHAPES[type(node)]:
        held = getattr(node, name)
        if isinstance(held, Node):
            yield held
        elif isinstance(held, tuple):
            yield from (item for item in held if isinstance(item, Node))


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes under it; no recursion, so a high tree is no danger."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current))


def height(node: Node) -> int:
    """How many nodes stand between the root and its farthest leaf."""
    highest, level = 0, [node]
    while level:
        highest += 1
        level = [child for parent in level for child in children(parent)]
    return highest
