"""What a choice may be chosen from: its options or its list, which of them (`where`), and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from engine.feel import types
from engine.kinds.choices import NONE
from engine.kinds.options import OTHER
from engine.language.expressions import Expression, Text
from engine.language.loader.loading import Data, Loading, Scope
from engine.problems import Path

MOST_SHOWN = 200  # options a page may hold; more are searched
BESIDE = (OTHER, NONE)


def load_where(load: Loading, data: Data, path: Path, scope: Scope) -> Expression | None:
    """Which rows of the list may be chosen: FEEL over the columns of a row, and what the field itself may read."""
    reference = load.lists.get(str(data.get("list")))
    if reference is None:
        if "list" not in data:
            load.report("where_without_list", (*path, "where"), at_key=True)
        return None
    columns = dict.fromkeys(reference.columns, types.STRING)
    found = load.expression(data, "where", path, scope.with_names(columns), types.BOOLEAN)
    read = {name[0] for name in found.names} if found else set()
    if found is not None and not read & columns.keys():
        load.report("where_reads_no_column", (*path, "where"), list=reference.id, columns=reference.columns)
    for name in sorted(read & columns.keys() & scope.names.keys()):
        load.report("where_ambiguous", (*path, "where"), name=name, list=reference.id)
    return found


def load_beside(load: Loading, key: str, value: Any, path: Path) -> Text:
    """How the option is called that stands beside the others: `other`, `none`."""
    found = load.text_of(value, path)
    if key == OTHER:
        load.option_labels(*_fields_above(path)).update({OTHER: found})
    return found


def load_options(load: Loading, value: Mapping[str, Any], path: Path) -> dict[str, Text]:
    """What people read for each option; the texts of the scheme that print an option find it there too."""
    found = {code: load.text_of(label, (*path, code)) for code, label in value.items() if label is not None}
    load.option_labels(*_fields_above(path)).update(found)
    return found


def load_grid_lines(load: Loading, value: Mapping[str, Any], path: Path) -> dict[str, Text]:
    """What is asked in each line of a grid."""
    return {line: load.text_of(label, (*path, line)) for line, label in value.items() if label is not None}


def _fields_above(path: Path) -> list[str]:
    return [str(step) for before, step in pairwise(path) if before == "fields"]


def check_options(load: Loading, keys: Mapping[str, object], data: Data, path: Path) -> None:
    """Options or a list, and one of them; codes that mean something else; more than a page may hold."""
    if "list" not in keys or load.source.damaged:
        return
    raw = load.source.data
    for step in path:
        raw = raw.get(step) if isinstance(raw, Mapping) else None
    given = [key for key in ("options", "list") if isinstance(raw, Mapping) and key in raw]
    unknown = {problem.suggestion for problem in load.problems if problem.path[:-1] == path}
    if len(given) != 1 and not unknown & {"options", "list"}:
        load.report("options_or_list", path, at_key=True, field=str(path[-1]))
    codes = _codes(load, data)
    for key in BESIDE:
        if key in data and key in codes:
            load.report("option_beside", (*path, key), at_key=True, option=key)
    if data.get("shown_as") not in (None, "search") and "where" not in data and len(codes) > MOST_SHOWN:
        load.report("too_many_to_show", (*path, "shown_as"), count=len(codes), most=MOST_SHOWN)


def _codes(load: Loading, data: Data) -> Mapping[str, Any]:
    reference = load.lists.get(str(data.get("list")))
    options = data.get("options")
    return reference.rows if reference else options if isinstance(options, Mapping) else {}
