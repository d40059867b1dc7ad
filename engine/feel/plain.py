"""The tree as plain JSON, one object a node with its `op`: what an evaluator in a browser is given."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from engine.feel import tree as t
from engine.feel.errors import FeelError
from engine.feel.limits import TREE_HEIGHT
from engine.feel.parser import parse
from engine.feel.temporal import temporal
from engine.feel.unparse import unparse

Json: TypeAlias = Any


def to_json(tree: t.Tree | t.Node) -> dict[str, Json]:
    """A tree as plain JSON: numbers are texts, so that no digit is lost; places are left out."""
    if isinstance(tree, t.Tree):
        return {"op": "Tree", "unary": tree.unary, "root": to_json(tree.root)}
    written: dict[str, Json] = {"op": type(tree).__name__}
    if isinstance(tree, t.At):
        return {**written, "text": tree.text}
    if isinstance(tree, t.Literal) and isinstance(tree.value, Decimal):
        return {"op": "Number", "value": str(tree.value)}
    for name in t.field_names(type(tree)):
        held = getattr(tree, name)
        written[name] = [_plain(item) for item in held] if isinstance(held, tuple) else _plain(held)
    return written


def _plain(held: Json) -> Json:
    return to_json(held) if isinstance(held, t.Node) else held


def from_json(data: Mapping[str, Json]) -> t.Tree:
    """The tree that `to_json` wrote, its text in standard FEEL; raises FeelError `bad_tree` or what parse raises."""
    if data.get("op") != "Tree" or not isinstance(data.get("unary"), bool):
        raise FeelError("bad_tree", reason="its outermost object has the op Tree, a unary and a root")
    text = unparse(_node(data.get("root"), 0))
    # Reading the text again proves that the tree is one a text can have, and finds the places.
    return parse(text, unary=data["unary"])


def _node(data: Json, depth: int) -> t.Node:
    if not isinstance(data, Mapping) or depth > TREE_HEIGHT:
        raise FeelError("bad_tree", reason="a node is no object, or is nested too deeply")
    op = data.get("op")
    if op == "Number" and isinstance(data.get("value"), str):
        return t.Literal(_number(data["value"]))
    if op == "At" and isinstance(data.get("text"), str):
        return t.At(data["text"], temporal(data["text"]))
    kind = t.CLASSES.get(op) if isinstance(op, str) else None
    names = t.field_names(kind) if kind else ()
    if kind is None or set(data) != {"op", *names}:
        raise FeelError("bad_tree", reason=f"there is no node {op} with these parts")
    return kind(*(_held(data[name], depth) for name in names))


def _held(data: Json, depth: int) -> Json:
    if isinstance(data, list):
        return tuple(_held(item, depth) for item in data)
    return _node(data, depth + 1) if isinstance(data, Mapping) else data


def _number(text: str) -> Decimal:
    number = Decimal(text) if len(text) < 100 and set(text) <= set("0123456789.eE+-") else None
    if number is None or not number.is_finite():
        raise FeelError("bad_tree", reason=f"{text} is no number")
    return number
