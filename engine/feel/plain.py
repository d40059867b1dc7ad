"""The tree as plain JSON, one object a node with its `op`: what an evaluator in a browser is given."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from engine.feel import tree as t
from engine.feel.arithmetic import ARITHMETIC
from engine.feel.errors import FeelError
from engine.feel.limits import TREE_HEIGHT
from engine.feel.parser import parse
from engine.feel.temporal_texts import temporal
from engine.feel.unparse import number_literal, unparse

Json: TypeAlias = Any
PARTS_OF_NODES = frozenset({t.Iteration, t.Entry, t.Parameter, t.TypeName})  # no expressions by themselves


def to_json(tree: t.Tree | t.Node) -> dict[str, Json]:
    """A tree as plain JSON: numbers are texts, so that no digit is lost; places are left out."""
    if isinstance(tree, t.Tree):
        return {"op": "Tree", "unary": tree.unary, "root": to_json(tree.root)}
    written: dict[str, Json] = {"op": type(tree).__name__}
    if isinstance(tree, t.At):
        return {**written, "text": tree.text}
    if isinstance(tree, t.Literal) and isinstance(tree.value, Decimal):
        return {"op": "Number", "value": number_literal(tree.value)}
    for name in t.field_shapes(type(tree)):
        held = getattr(tree, name)
        written[name] = [_plain(item) for item in held] if isinstance(held, tuple) else _plain(held)
    return written


def _plain(held: Json) -> Json:
    return to_json(held) if isinstance(held, t.Node) else held


def from_json(data: Mapping[str, Json]) -> t.Tree:
    """The tree that `to_json` wrote, its text in standard FEEL; raises FeelError `bad_tree` or what parse raises."""
    if data.get("op") != "Tree" or not isinstance(data.get("unary"), bool):
        raise FeelError("bad_tree", reason="its outermost object has the op Tree, a unary and a root")
    root = _node(data.get("root"), 0)
    # Reading the text again finds the places, and proves that the tree is one a text can have.
    tree = parse(unparse(root), unary=data["unary"], names=_names(root))
    if to_json(tree.root) != to_json(root):
        raise FeelError("bad_tree", reason="no text has this tree")
    return tree


def _names(root: t.Node) -> set[str]:
    """The names the tree reads: those with signs are one name only where they are known."""
    read = {node.name for node in t.walk(root) if isinstance(node, t.Name)}
    return read | {node.member for node in t.walk(root) if isinstance(node, t.Path)}


def _node(data: Json, depth: int) -> t.Node:
    if not isinstance(data, Mapping) or depth > TREE_HEIGHT:
        raise FeelError("bad_tree", reason="a node is no object, or is nested too deeply")
    op = data.get("op")
    if op == "Number" and isinstance(data.get("value"), str):
        return t.Literal(_number(data["value"]))
    if op == "At" and isinstance(data.get("text"), str):
        return t.At(data["text"], temporal(data["text"]))
    kind = t.CLASSES.get(op) if isinstance(op, str) else None
    shapes = t.field_shapes(kind) if kind else {}
    if kind is None or set(data) != {"op", *shapes}:
        raise FeelError("bad_tree", reason=f"there is no node {op} with these parts")
    held = [_held(data[name], depth) for name in shapes]
    if not all(_fits(part, shape) for part, shape in zip(held, shapes.values(), strict=True)):
        raise FeelError("bad_tree", reason=f"a part of a node {op} is of the wrong kind")
    if kind is t.Arithmetic and data["operator"] not in ARITHMETIC:
        raise FeelError("bad_tree", reason=f"{data['operator']} is no operator")
    return kind(*held)


def _held(data: Json, depth: int) -> Json:
    if isinstance(data, list):
        return tuple(_node(item, depth + 1) if isinstance(item, Mapping) else item for item in data)
    return _node(data, depth + 1) if isinstance(data, Mapping) else data


def _fits(held: Json, shape: str) -> bool:
    """Whether a part has the type its node declares, `tuple[Node, ...]` for instance."""
    if shape.startswith("tuple["):
        inner = shape.removeprefix("tuple[").removesuffix(", ...]")
        return isinstance(held, tuple) and all(_fits(item, inner) for item in held)
    if shape.endswith(" | None"):
        return held is None or _fits(held, shape.removesuffix(" | None"))
    if shape == "Any":
        return held is None or isinstance(held, str | bool)
    if shape in {"str", "bool"}:
        return type(held).__name__ == shape
    if shape == "Node":
        return isinstance(held, t.Node) and type(held) not in PARTS_OF_NODES
    return isinstance(held, t.CLASSES[shape])


def _number(text: str) -> Decimal:
    number = Decimal(text) if len(text) < 100 and set(text) <= set("0123456789.eE+-") else None
    if number is None or not number.is_finite():
        raise FeelError("bad_tree", reason=f"{text} is no number")
    return number
