"""Lists and filters: a filter of plain rows is one loop; any other list is left to the closure of the filter."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.feel import tree as t
from engine.feel.costs import cost
from engine.feel.generated.places import InFilter
from engine.feel.generated.python import (
    FALSE,
    NULL,
    TRUE,
    call,
    compared,
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

UNFIT = ast.Raise(load("TypeError"), None)


def _items(writer: Writer, node: t.Items) -> ast.expr:
    return ast.List([writer.held(item) for item in node.items], ast.Load())


@dataclass(frozen=True, slots=True)
class Harvest:
    """What is done with the rows a filter keeps: before the first, with each (in that variable), after the last."""

    before: list[ast.stmt]
    each: Callable[[str], list[ast.stmt]]
    after: list[ast.stmt] = field(default_factory=list)
    adds: bool = False


def _filter(writer: Writer, node: t.Filter) -> ast.expr:
    """The rows whose condition is true."""
    return _collected(writer, node, node, load)


def _path(writer: Writer, node: t.Path) -> ast.expr:
    """A part of one value, or that part of each row a filter keeps."""
    if isinstance(node.of, t.Filter):
        return _collected(writer, node, node.of, lambda item: part(item, node.member))
    of, name = writer.held(node.of), ast.Constant(node.member)
    return either(of_type(of, "dict"), method(of, "get", name), call("member", of, name))


def _collected(writer: Writer, whole: t.Node, node: t.Filter, wanted: Callable[[str], ast.expr]) -> ast.expr:
    found = writer.variable()
    empty = store(found, ast.List([], ast.Load()))
    harvest = Harvest([empty], lambda item: [ast.Expr(method(load(found), "append", wanted(item)))])
    return filtered(writer, whole, node, found, harvest)


def summed(writer: Writer, whole: t.Call, node: t.Filter, member: str) -> ast.expr:
    """The sum of a part of the rows a filter keeps: most rules about lists are of this form, so no list is made.

    Adding raises TypeError for what is no number, but for true and false, which Python counts as 1 and 0.
    """
    found, count, term = (writer.variable() for _ in range(3))
    plus = ast.BinOp(load(found), ast.Add(), load(term))
    is_truth = ast.BoolOp(ast.Or(), [same(load(term), TRUE), same(load(term), FALSE)])

    def add(item: str) -> list[ast.stmt]:
        total = store(found, either(same(load(found), NULL), load(term), plus))
        one_more = store(count, ast.BinOp(load(count), ast.Add(), ast.Constant(1)))
        return [store(term, part(item, member)), when(is_truth, [UNFIT]), total, one_more]

    finite = either(method(load(found), "is_finite"), load(found), NULL)
    no_number = when(of_type(load(found), "Decimal"), [store(found, finite)], [UNFIT])
    before = [store(found, NULL), store(count, ast.Constant(0))]
    harvest = Harvest(before, add, [spend(load(count)), when(load(count), [no_number])], adds=True)
    return filtered(writer, whole, node, found, harvest)


def filtered(writer: Writer, whole: t.Node, node: t.Filter, found: str, harvest: Harvest) -> ast.expr:
    """What is made of the rows whose condition is true, in the variable `found`; `whole` is what has that value.

    A row that is no context or misses a part, a condition that is no truth, an empty list: the closure of the whole
    answers, after what was spent is given back.
    """
    left = writer.variable()
    writer.add(store(left, ast.Attribute(load("run"), "left", ast.Load())))
    items = writer.held(node.of)
    with writer.block() as by_closure:
        given_back = ast.Assign([ast.Attribute(load("run"), "left", ast.Store())], load(left))
        writer.add(given_back, store(found, writer.by_closure(whole)))
    with writer.block() as loop:
        steps = ast.BinOp(ast.Constant(cost(node.condition) + 1), ast.Mult(), call("len", items))
        turns = [_loop(writer, node, items, harvest)]
        writer.add(spend(writer.held(steps)), *harvest.before)
        writer.add(*(writer.with_decimals(turns) if harvest.adds else turns), *harvest.after)
    unfit = ast.Tuple([load("KeyError"), load("TypeError")], ast.Load())
    guarded = ast.Try(loop, [ast.ExceptHandler(unfit, None, by_closure)], [], [])
    writer.add(when(every([of_type(items, "list"), items]), [guarded], by_closure))
    return load(found)


def spend(steps: ast.expr) -> ast.stmt:
    """`run.spend(steps)`, called only when it will raise."""
    left = ast.Attribute(load("run"), "left", ast.Load())
    less = ast.AugAssign(ast.Attribute(load("run"), "left", ast.Store()), ast.Sub(), steps)
    return when(compared(steps, ast.Gt(), left), [ast.Expr(method(load("run"), "spend", steps))], [less])


def _loop(writer: Writer, node: t.Filter, items: ast.expr, harvest: Harvest) -> ast.stmt:
    item = writer.variable()
    with writer.block(InFilter(writer.place, item)) as turn:
        chosen = writer.held(_condition(writer, node.condition, item))
        no_truth = every([different(chosen, FALSE), different(chosen, NULL)])
        writer.add(when(same(chosen, TRUE), harvest.each(item), [when(no_truth, [UNFIT])]))
    return ast.For(ast.Name(item, ast.Store()), items, turn, [], None)


def _condition(writer: Writer, node: t.Node, item: str) -> ast.expr:
    """A name alone is nearly always a part of the row: when it is not, KeyError."""
    alone = isinstance(node, t.Name) and node.name != "item"
    return part(item, node.name) if isinstance(node, t.Name) and alone else writer.value(node)


def part(item: str, name: str) -> ast.expr:
    """`item[name]`: KeyError where the row misses it, TypeError where it is no row."""
    return ast.Subscript(load(item), ast.Constant(name), ast.Load())


TABLE: Mapping[type[t.Node], Wording] = {t.Items: _items, t.Filter: _filter, t.Path: _path}
