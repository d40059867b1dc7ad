"""Conditions that read `dossier.state`: a state that has parts is named with them, `"in_review"` for each of its parts too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from engine import feel
from engine.feel import tree as t
from engine.feel.reads import path_of
from engine.language.expressions import Expression

STATE = ("dossier", "state")
Parts = Mapping[str, Sequence[str]]


def reworded(found: Expression, parts: Parts) -> Expression:
    """The same condition, in which a dossier in a part of a state is in that state; its text stays as it was written."""
    if STATE not in found.names:
        return found
    tree = found.compiled.tree
    return replace(found, compiled=feel.compile(replace(tree, root=_node(tree.root, parts))))


def _node(node: t.Node, parts: Parts) -> t.Node:
    node = replace(node, **{one.name: _each(getattr(node, one.name), parts) for one in fields(node)})
    match node:
        case t.In(value, tests) if path_of(value) == STATE:
            return replace(node, tests=_named(tests, parts))
        case t.Call(_, arguments) if STATE in map(path_of, arguments):
            return replace(node, arguments=tuple(_listed(one, parts) for one in arguments))
        case t.Comparison("=" | "!=", left, right):
            return _compared(node, left, right, parts)
    return node


def _each(value: Any, parts: Parts) -> Any:
    if isinstance(value, tuple):
        return tuple(_each(one, parts) for one in value)
    return _node(value, parts) if isinstance(value, t.Node) else value


def _compared(node: t.Comparison, left: t.Node, right: t.Node, parts: Parts) -> t.Node:
    """One of several instead of one, where the state compared with has parts."""
    value, other = (left, right) if path_of(left) == STATE else (right, left)
    tests = _named((other,), parts)
    if path_of(value) != STATE or len(tests) == 1:
        return node
    found = t.In(value, tests, start=node.start, end=node.end)
    return found if node.operator == "=" else t.Not(found, start=node.start, end=node.end)


def _named(tests: tuple[t.Node, ...], parts: Parts) -> tuple[t.Node, ...]:
    """Each state with its parts, those of lists in brackets too."""
    return tuple(one for test in tests for one in _one(_listed(test, parts), parts))


def _listed(node: t.Node, parts: Parts) -> t.Node:
    return replace(node, items=_named(node.items, parts)) if isinstance(node, t.Items) else node


def _one(test: t.Node, parts: Parts) -> tuple[t.Node, ...]:
    if not isinstance(test, t.Literal):
        return (test,)
    return (test, *(replace(test, value=part) for part in parts.get(str(test.value), ())))
