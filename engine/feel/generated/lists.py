"""Lists and filters: a filter of plain rows is one loop; any other list is left to the closure of the filter."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from engine.feel import tree as t
from engine.feel.costs import cost
from engine.feel.generated.places import InFilter
from engine.feel.generated.python import (
    FALSE,
    NULL,
    TRUE,
    call,
    different,
    either,
    every,
    load,
    method,
    of_type,
    same,
    store,
    when,
)
from engine.feel.generated.writer import Wording, Writer


def _items(writer: Writer, node: t.Items) -> ast.expr:
    return ast.List([writer.held(item) for item in node.items], ast.Load())


def _filter(writer: Writer, node: t.Filter) -> ast.expr:
    return _kept(writer, node, node, None)


def _path(writer: Writer, node: t.Path) -> ast.expr:
    """A part of one value, or that part of each row a filter keeps."""
    if isinstance(node.of, t.Filter):
        return _kept(writer, node, node.of, node.member)
    of, name = writer.held(node.of), ast.Constant(node.member)
    return either(of_type(of, "dict"), method(of, "get", name), call("member", of, name))


def _kept(writer: Writer, whole: t.Node, node: t.Filter, member: str | None) -> ast.expr:
    """The rows whose condition is true, or a part of each; `whole` is the filter, or the path that reads the part.

    A row that is no context or misses the part, a condition that is no truth, an empty list: the closure of the whole
    answers, after what was spent is given back.
    """
    kept, left = writer.variable(), writer.variable()
    writer.add(store(left, ast.Attribute(load("run"), "left", ast.Load())))
    items = writer.held(node.of)
    with writer.block() as by_closure:
        given_back = ast.Assign([ast.Attribute(load("run"), "left", ast.Store())], load(left))
        writer.add(given_back, store(kept, writer.by_closure(whole)))
    with writer.block() as loop:
        writer.add(spend(_cost(node, items)), store(kept, ast.List([], ast.Load())))
        writer.add(_loop(writer, node, items, kept, member))
    unfit = ast.Tuple([load("KeyError"), load("TypeError")], ast.Load())
    guarded = ast.Try(loop, [ast.ExceptHandler(unfit, None, by_closure)], [], [])
    writer.add(when(every([of_type(items, "list"), items]), [guarded], by_closure))
    return load(kept)


def spend(steps: ast.expr) -> ast.stmt:
    """`run.spend(steps)`."""
    return ast.Expr(method(load("run"), "spend", steps))


def _cost(node: t.Filter, items: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(cost(node.condition) + 1), ast.Mult(), call("len", items))


def _loop(writer: Writer, node: t.Filter, items: ast.expr, kept: str, member: str | None) -> ast.stmt:
    item = writer.variable()
    with writer.block(InFilter(writer.place, item)) as turn:
        chosen = writer.held(_condition(writer, node.condition, item))
        no_truth = every([different(chosen, FALSE), different(chosen, NULL)])
        wanted = load(item) if member is None else _part(item, member)
        keep: list[ast.stmt] = [ast.Expr(method(load(kept), "append", wanted))]
        writer.add(when(same(chosen, TRUE), keep, [when(no_truth, [ast.Raise(load("TypeError"), None)])]))
    return ast.For(ast.Name(item, ast.Store()), items, turn, [], None)


def _condition(writer: Writer, node: t.Node, item: str) -> ast.expr:
    """A name alone is nearly always a part of the row: when it is not, KeyError."""
    alone = isinstance(node, t.Name) and node.name != "item"
    return _part(item, node.name) if isinstance(node, t.Name) and alone else writer.value(node)


def _part(item: str, name: str) -> ast.expr:
    return ast.Subscript(load(item), ast.Constant(name), ast.Load())


TABLE: Mapping[type[t.Node], Wording] = {t.Items: _items, t.Filter: _filter, t.Path: _path}
