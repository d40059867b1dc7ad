"""Which names an expression reads, without knowing their types."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel import tree as t
from engine.feel.builtins import BUILTINS, CLOCK_READERS

Bound = frozenset[str]


def free_paths(tree: t.Tree) -> frozenset[tuple[str, ...]]:
    """The paths read from outside, the longest each: `home.postcode` is ("home", "postcode").

    A name inside a filter may be a part of the items or a name from outside: it is counted.
    """
    return free_names(tree.root)


def free_names(node: t.Node) -> frozenset[tuple[str, ...]]:
    """The paths one node reads from outside itself."""
    return frozenset(_paths(node, frozenset({"?"})))


def reads_clock(tree: t.Tree) -> bool:
    """Whether the expression calls today() or now()."""
    return any(
        isinstance(node, t.Call) and isinstance(node.function, t.Name) and node.function.name in CLOCK_READERS
        for node in t.walk(tree.root)
    )


def path_of(node: t.Node) -> tuple[str, ...]:
    """The path a name or a chain of parts stands for; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, t.Path):
        parts.append(node.member)
        node = node.of
    return (node.name, *reversed(parts)) if isinstance(node, t.Name) else ()


def _paths(node: t.Node, bound: Bound) -> Iterator[tuple[str, ...]]:
    if path := path_of(node):
        if path[0] not in bound:
            yield path
        return
    match node:
        case t.For(iterations, body) | t.Quantified(_, iterations, body):
            for iteration in iterations:
                yield from _children(iteration, bound)
                bound |= {iteration.name, "partial"}
            yield from _paths(body, bound)
        case t.Declared(parameters, body):
            yield from _paths(body, bound | {parameter.name for parameter in parameters})
        case t.Entries(entries):
            for entry in entries:
                yield from _paths(entry.value, bound)
                bound |= {entry.key}
        case t.Call(t.Name(name), arguments) if name in BUILTINS:
            for argument in arguments:
                yield from _paths(argument, bound)
        case t.Filter(of, condition):
            yield from _paths(of, bound)
            yield from _paths(condition, bound | {"item"})
        case _:
            yield from _children(node, bound)


def _children(node: t.Node, bound: Bound) -> Iterator[tuple[str, ...]]:
    for child in t.children(node):
        yield from _paths(child, bound)
