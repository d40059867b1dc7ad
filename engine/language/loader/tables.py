"""A value of the scheme: an expression, or a decision table, whose every cell is read, typed and placed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.feel import types
from engine.feel.lexer import KEYWORDS
from engine.feel.reads import reads_clock
from engine.feel.tree import Tree
from engine.language.checks.cells import is_span
from engine.language.checks.tables import check_table
from engine.language.expressions import Expression
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import field_bounds
from engine.language.loader.wanted import type_word
from engine.language.scalars import is_number, read_number
from engine.problems import Path, Problem, near
from engine.tables import Cell, Hit, Output, Row, Table, as_feel
from engine.tables.regions import Domain

_BARE = re.compile(r"[^\W\d]\w*")
_NEGATED = re.compile(r"\s*not\((.*)\)\s*", re.DOTALL)


def load_value(
    load: Loading, data: Data, key: str, path: Path, scope: Scope, wanted: types.Type | None = None
) -> Expression | None:
    """The expression or the decision table under a key; None when there is none, or when it is faulty."""
    raw = data.get(key)
    if not isinstance(raw, Mapping):
        return load.expression(data, key, path, scope, wanted)
    told = len(load.problems)
    found = _Reading(load, (*path, key), scope).table(raw)
    if found is None or any(problem.severity == "error" for problem in load.problems[told:]):
        return None
    return _compiled(load, (*path, key), found, wanted)


@dataclass(frozen=True, slots=True)
class _Column:
    """One input, with its options when it is a choice."""

    expression: Expression
    options: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Read:
    """A table, the type of each thing it gives, whether its rows can't disagree."""

    table: Table
    outputs: tuple[types.Type, ...]
    disjoint: bool


class _Reading:
    """The reading of one table."""

    def __init__(self, load: Loading, path: Path, scope: Scope) -> None:
        self.load, self.path, self.scope = load, path, scope
        self.has_spans = False

    def table(self, data: Data) -> _Read | None:
        """The table; None when it can't be read."""
        columns = self._columns(data)
        outputs = self._outputs(data)
        if columns is None or outputs is None:
            return None
        rows = [
            row for number, line in enumerate(data.get("rows") or ())
            if (row := self._row(line, (*self.path, "rows", number), columns, outputs)) is not None
        ]  # fmt: skip
        otherwise = self._otherwise(data, outputs)
        if len(rows) < len(data.get("rows") or ()) or otherwise is None or not rows:
            return None
        table = Table(
            tuple(_cell(column.expression) for column in columns),
            outputs,
            tuple(Row(tests, tuple(_cell(one) for one in results)) for tests, results in rows),
            Hit(data.get("hit", "unique")),
            tuple(_cell(one) for one in otherwise),
        )
        lines = [results for _, results in rows] + ([otherwise] if otherwise else [])
        found = tuple(self._common(number, lines) for number in range(len(outputs)))
        domains = tuple(self._domain(column) for column in columns)
        disjoint = not self.has_spans and check_table(self.load, self.path, table, domains, found)
        return _Read(table, found, disjoint)

    def _columns(self, data: Data) -> list[_Column] | None:
        found: list[_Column] = []
        for number, raw in enumerate(data.get("decide") or ()):
            here = (*self.path, "decide", number)
            if raw is not None and (read := self.load.at(raw, here, self.scope)) is not None:
                values = read.type.values if isinstance(read.type, types.String) else None
                found.append(_Column(read, values or frozenset()))
        return found if len(found) == len(data.get("decide") or ()) and found else None

    def _outputs(self, data: Data) -> tuple[Output, ...] | None:
        hit = Hit(data.get("hit", "unique"))
        gives = data.get("gives")
        named = dict(gives) if isinstance(gives, Mapping) else {"": data}
        for name in named:
            if name in self.scope.names:
                self.load.report("output_hides_name", (*self.path, "gives", name), at_key=True, id=name)
                return None
        found = tuple(Output(name, _order(of)) for name, of in named.items())
        if hit.wants_order and not any(output.order for output in found):
            self.load.report("table_without_order", (*self.path, "hit"), hit=str(hit))
            return None
        if hit.aggregates and len(found) > 1:
            self.load.report("hit_of_several", (*self.path, "hit"), hit=str(hit))
            return None
        return found

    def _row(
        self, line: object, path: Path, columns: list[_Column], outputs: tuple[Output, ...]
    ) -> tuple[tuple[Cell, ...], list[Expression]] | None:
        wanted = len(columns) + len(outputs)
        if not isinstance(line, list) or len(line) != wanted or None in line:
            found = len(line) if isinstance(line, list) else 1
            self.load.report("table_row_length", path, wanted=wanted, found=found)
            return None
        tests = [self._test(line[place], (*path, place), column) for place, column in enumerate(columns)]
        first = len(columns)
        results = [
            self._result(line[first + place], (*path, first + place), output)
            for place, output in enumerate(outputs)
        ]
        sound = [test for test in tests if test is not None], [one for one in results if one is not None]
        if len(sound[0]) + len(sound[1]) < wanted:
            return None
        return tuple(sound[0]), sound[1]

    def _test(self, raw: object, path: Path, column: _Column) -> Cell | None:
        text = _text(raw)
        if column.options:
            if unknown := self._unknown_option(text, column.options):
                close = near(unknown, column.options)
                known = tuple(sorted(column.options))
                self.load.report(
                    "unknown_option",
                    path,
                    suggestion=close,
                    name=unknown,
                    of=column.expression.text,
                    known=known,
                )
                return None
            text = quoted_options(text, column.options)
        told = len(self.load.problems)
        if is_span(self.load, text, path):
            self.has_spans = True
            if self.load.problems[told].severity == "error":
                return None
        read = self.load.unary(text, path, self.scope, column.expression.type)
        return Cell(_text(raw), read.compiled.tree.root) if read is not None else None

    def _unknown_option(self, text: str, options: frozenset[str]) -> str | None:
        """A bare word that is no option and no name."""
        known = {*options, *self.scope.names, *KEYWORDS}
        return next((word for word in _words(text) if _BARE.fullmatch(word) and word not in known), None)

    def _result(self, raw: object, path: Path, output: Output) -> Expression | None:
        text = _text(raw)
        if not output.order:
            return self.load.at(text, path, self.scope)
        value: object = read_number(text) if is_number(text) else text.strip().strip('"')
        if value in output.order:
            return self.load.at(text if is_number(text) else f'"{value}"', path, self.scope)
        known = tuple(_text(one) for one in output.order)
        self.load.report(
            "not_in_order", path, suggestion=near(str(value), known), name=str(value), known=known
        )
        return None

    def _otherwise(self, data: Data, outputs: tuple[Output, ...]) -> list[Expression] | None:
        """What it gives when no row holds; None when that is faulty, nothing when it isn't said."""
        raw = data.get("otherwise")
        if raw is None:
            return []
        several = raw if isinstance(raw, list) else [raw]
        here = (*self.path, "otherwise")
        if len(several) != len(outputs):
            self.load.report("table_row_length", here, wanted=len(outputs), found=len(several))
            return None
        read = [
            self._result(one, (*here, place) if isinstance(raw, list) else here, output)
            for place, (one, output) in enumerate(zip(several, outputs, strict=True))
        ]
        sound = [one for one in read if one is not None]
        return sound if len(sound) == len(read) else None

    def _common(self, output: int, lines: Iterable[list[Expression]]) -> types.Type:
        """The type all rows give for one output; what gives another type is told."""
        known: types.Type = types.NULL
        for line in lines:
            one = line[output]
            found = types.common(known, one.type)
            if (
                isinstance(found, types.Any)
                and not isinstance(known, types.Any)
                and not isinstance(one.type, types.Any)
            ):
                params = {"found": type_word(one.type), "wanted": type_word(known)}
                self.load.problems.append(Problem("mixed_outputs", params, one.place, (*self.path, "rows")))
                return types.ANY
            known = found
        return known

    def _domain(self, column: _Column) -> Domain:
        """What is known of an input; a field's own bounds, when the input is one."""
        of, name = column.expression.type, column.expression.text.strip()
        whole = isinstance(of, types.Number) and of.unit == "integer" and bool(_BARE.fullmatch(name))
        return Domain(of, *field_bounds(self.load, name), whole)


def _words(text: str) -> list[str]:
    """The pieces of a cell between its commas, without `not(…)` around them."""
    inside = _NEGATED.fullmatch(text)
    return [word.strip() for word in (inside[1] if inside else text).split(",")]


def quoted_options(text: str, options: Iterable[str]) -> str:
    """A cell of a choice with its bare options between quotes: `college, lycee` → `"college", "lycee"`."""
    words = _words(text)
    if not any(word in options for word in words):
        return text
    written = ", ".join(f'"{word}"' if word in options else word for word in words)
    return f"not({written})" if _NEGATED.fullmatch(text) else written


def _cell(of: Expression) -> Cell:
    return Cell(of.text, of.compiled.tree.root)


def _text(raw: object) -> str:
    return ("true" if raw else "false") if isinstance(raw, bool) else str(raw)


def _order(data: Any) -> tuple[object, ...]:
    given = data.get("order") if isinstance(data, Mapping) else None
    return tuple(read_number(one) if is_number(one) else str(one) for one in given or ())


def _compiled(load: Loading, path: Path, read: _Read, wanted: types.Type | None) -> Expression | None:
    """The table as an expression: its type, its text in FEEL."""
    of = _type(read.table, read.outputs)
    if wanted is not None and (not types.fits(of, wanted) or isinstance(of, types.List)):
        load.report("wrong_result", path, found=type_word(of), wanted=type_word(wanted))
        return None
    root = as_feel(read.table, disjoint=read.disjoint)
    tree = Tree(feel.unparse(root), root)
    compiled, place = feel.compile(tree), load.source.place(path)
    return Expression(tree.text, compiled, of, place, None, reads_clock(tree), read.table)


def _type(table: Table, outputs: tuple[types.Type, ...]) -> types.Type:
    if table.hit is Hit.COUNT:
        return types.Number("integer")
    named = [output.name for output in table.outputs]
    of: types.Type = outputs[0] if named == [""] else types.Context(dict(zip(named, outputs, strict=True)))
    return types.List(of) if table.hit.gives_list else of
