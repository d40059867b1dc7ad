"""An expression over columns: the rule of a scheme for a million dossiers, with the results of one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from engine.feel import tree as t
from engine.feel.compiled import as_tree
from engine.feel.errors import FeelError, FeelProblem
from engine.feel.generated import rows_rule
from engine.feel.limits import Run
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
        self.tree = tree
        names = {node.name for node in t.walk(tree.root) if isinstance(node, t.Name)}
        self._names = sorted(names)
        self._made: dict[tuple[str, ...], Callable[..., None]] = {}

    def run(self, columns: Columns, *, now: datetime | None = None, zone: tzinfo | None = None) -> Results:
        """The value of every row; a name without a column is null, as a name that is not given.

        The columns have the same length; `now` and `zone` are as for one evaluation. Never raises on data.
        """
        names = tuple(name for name in self._names if name in columns)
        if names not in self._made:
            self._made[names] = rows_rule(self.tree.root, names)
        results: list[Value] = []
        stopped: dict[int, FeelError] = {}
        self._made[names](_rows(columns, names), lambda: Run(now, zone), results, stopped)
        end = len(self.tree.text)
        noted = {row: FeelProblem(bound.code, bound.params, 0, end) for row, bound in stopped.items()}
        return Results(results, noted)


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
