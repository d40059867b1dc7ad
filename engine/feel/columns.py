"""An expression over columns: the rule of a scheme for a million dossiers, with the results of one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from engine.feel import tree as t
from engine.feel.compiled import as_tree, compile
from engine.feel.errors import FeelProblem
from engine.feel.generated import rows_rule
from engine.feel.limits import UNDER_WAY, Run
from engine.feel.values import Value

Columns = Mapping[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Results:
    """One value a row, None where it is unknown; `noted` has the bound that was passed by the number of the row."""

    values: list[Value]
    noted: Mapping[int, FeelProblem]


class Rows:
    """An expression ready to be evaluated over columns."""

    def __init__(self, tree: t.Tree) -> None:
        self._compiled = compile(tree)
        self._names = sorted({node.name for node in t.walk(tree.root) if isinstance(node, t.Name)})
        self._made: dict[tuple[str, ...], Callable[..., None]] = {}

    def run(self, columns: Columns, *, now: datetime | None = None, zone: tzinfo | None = None) -> Results:
        """The value of every row; a name without a column is null, as a name that is not given.

        The columns have the same length; `now` and `zone` are as for one evaluation. Never raises on data.
        """
        names = tuple(name for name in self._names if name in columns)
        if names not in self._made:
            self._made[names] = rows_rule(self._compiled.tree.root, names)
        values: list[Value] = []
        noted: dict[int, FeelProblem] = {}

        def new_run() -> Run:
            run = Run(now, zone)
            UNDER_WAY.set(run)
            return run

        def by_closures(row: int) -> Value:
            """What one evaluation gives: it says which bound is passed."""
            problems: list[FeelProblem] = []
            given = {name: columns[name][row] for name in names}
            value = self._compiled.run(given, now=now, zone=zone, noted=problems)
            noted.update((row, problem) for problem in problems)
            return value

        before = UNDER_WAY.set(None)
        try:
            self._made[names](_rows(columns, names), new_run, values, by_closures)
        finally:
            UNDER_WAY.reset(before)
        return Results(values, noted)


def compile_rows(source: str | t.Tree, *, names: Iterable[str] = ()) -> Rows:
    """The expression, for columns; raises FeelError when the text is no FEEL. `names` are as for `compile`."""
    return Rows(as_tree(source, names=names))


def _rows(columns: Columns, names: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    """The values of these names, row by row; empty rows when the expression reads no column."""
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        raise ValueError(f"columns of different lengths: {sorted(lengths)}")
    if names:
        return zip(*(columns[name] for name in names), strict=True)
    return ((),) * next(iter(lengths), 0)
