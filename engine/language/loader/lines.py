"""The fixed lines of a matrix: what each is called, and what is computed from the others."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import types
from engine.kinds.matrix import COLUMN_KINDS
from engine.language.expressions import Expression
from engine.language.form_model import Field, Line
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping
from engine.problems import Path

ALONE = ("label", "heading")  # a line has one of them


def load_lines(
    load: Loading, data: Data, path: Path, columns: Mapping[str, Field], scope: Scope
) -> dict[str, Line]:
    """The lines of a matrix, in order; tells what its columns can't be."""
    for column in columns.values():
        _tell_column(load, column, (*path, "columns", column.id))
    lines = mapping(data, "rows")
    found = {id: _line(load, id, line, (*path, "rows", id), lines, scope) for id, line in lines.items()}
    _tell_loop(load, found, path)
    return found


def _tell_loop(load: Loading, lines: Mapping[str, Line], path: Path) -> None:
    """Tell computed lines that wait for one another, once."""
    needs = {id: {name[0] for name in one.value.names} for id, one in lines.items() if one.value is not None}
    while ready := [id for id, read in needs.items() if not read & needs.keys()]:
        needs = {id: read for id, read in needs.items() if id not in ready}
    if needs:
        names = tuple(sorted(needs))
        load.report("loop", (*path, "rows", names[0]), at_key=True, names=names)


def _tell_column(load: Loading, column: Field, path: Path) -> None:
    if column.kind not in COLUMN_KINDS:
        load.report("not_yet_in_columns", path, at_key=True, kind=column.kind, known=COLUMN_KINDS)
    for key, found in (("when", column.when), ("once", column.once)):
        if found is not None:
            load.report("not_yet", (*path, key), at_key=True, what=key)


def _line(
    load: Loading, id: str, data: object, path: Path, lines: Mapping[str, object], scope: Scope
) -> Line:
    if not isinstance(data, Mapping):
        return Line(id, load.text_of(str(data), path))
    given = [key for key in ALONE if key in data]
    if len(given) != 1:
        load.report("label_or_heading", path, at_key=True, id=id)
    key = given[0] if given else "label"
    label = load.text(data, key, path) or load.text_of(id, path)
    return Line(id, label, _value(load, id, data, path, lines, scope), key == "heading")


def _value(
    load: Loading, id: str, data: Data, path: Path, lines: Mapping[str, object], scope: Scope
) -> Expression | None:
    if "sum" not in data:
        return load.expression(data, "value", path, scope, types.NUMBER)
    if "value" in data or "heading" in data:
        load.report("sum_alone", (*path, "sum"), at_key=True, id=id)
    added = [str(one) for one in data["sum"] or () if one is not None]
    figures = [one for one, line in lines.items() if not (isinstance(line, Mapping) and "heading" in line)]
    known = [
        load.known("unknown_line", (*path, "sum", number), one, figures) for number, one in enumerate(added)
    ]
    return load.at(" + ".join(added), (*path, "sum"), scope, types.NUMBER) if added and all(known) else None
