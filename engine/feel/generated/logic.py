"""and, or, not, if: three-valued, and no part is evaluated once the result is known."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from engine.feel import tree as t
from engine.feel.generated.python import FALSE, NULL, TRUE, different, either, load, same, store, when
from engine.feel.generated.writer import Wording, Writer


def _all_of(writer: Writer, node: t.And) -> ast.expr:
    return chain(writer, [partial(writer.value, part) for part in node.parts], TRUE, FALSE)


def _one_of(writer: Writer, node: t.Or) -> ast.expr:
    return chain(writer, [partial(writer.value, part) for part in node.parts], FALSE, TRUE)


def chain(
    writer: Writer, parts: Iterable[Callable[[], ast.expr]], going_on: ast.expr, decisive: ast.expr
) -> ast.expr:
    """One part after the other: a decisive one ends it, anything else that is no truth leaves it unknown."""
    result = writer.variable()
    writer.add(store(result, going_on))
    for number, part in enumerate(parts):
        with writer.block() as statements:
            value = writer.held(part())
            unknown = either(same(value, decisive), decisive, NULL)
            writer.add(when(different(value, going_on), [store(result, unknown)]))
        writer.add(*(statements if number == 0 else [when(different(load(result), decisive), statements)]))
    return load(result)


def _not(writer: Writer, node: t.Not) -> ast.expr:
    value = writer.held(node.of)
    return either(same(value, TRUE), FALSE, either(same(value, FALSE), TRUE, NULL))


def _if(writer: Writer, node: t.If) -> ast.expr:
    condition, result = writer.held(node.condition), writer.variable()
    branches: list[list[ast.stmt]] = []
    for branch in (node.then, node.otherwise):
        with writer.block() as statements:
            writer.add(store(result, writer.value(branch)))
        branches.append(statements)
    writer.add(when(same(condition, TRUE), *branches))
    return load(result)


TABLE: Mapping[type[t.Node], Wording] = {t.And: _all_of, t.Or: _one_of, t.Not: _not, t.If: _if}
