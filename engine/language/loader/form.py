"""The form: pages, fields, checks, totals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from engine.feel import types
from engine.kinds import BY_NAME, CODES
from engine.kinds.kind import BOUNDS
from engine.language.expressions import Expression, Text
from engine.language.form_model import Field, Once, Page, Total
from engine.language.loader.checks import load_checks
from engine.language.loader.choosing import (
    BESIDE,
    check_options,
    load_beside,
    load_grid_lines,
    load_options,
    load_where,
)
from engine.language.loader.facts import filled_by
from engine.language.loader.layout import both, load_notes, load_sections
from engine.language.loader.lines import load_lines
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import line_scope, mapping, row_scope, sketch
from engine.language.loader.parties import asked_of, asked_when, hidden_from
from engine.language.loader.row_pages import (
    asked_for_row,
    asked_for_section,
    hidden_with_page,
    page_of_rows,
    row_fields,
)
from engine.language.loader.tables import load_value
from engine.language.party_model import Party
from engine.language.scalars import is_integer
from engine.language.spans import read_span
from engine.problems import Path

SIZES = {"KB": 1_000, "ko": 1_000, "MB": 1_000_000, "Mo": 1_000_000}
BOUND_TYPES: Mapping[str, types.Type] = {
    "date": types.DATE,
    "time": types.TIME,
    "date_time": types.DATE_TIME,
    "percentage": types.Number("percentage"),
}
# What the rows of a repeat don't hold yet, and what rows in rows don't.
NOT_YET_IN_ROWS: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"matrix"}),
    frozenset({"repeat", "matrix", "file"}),
)
# What a form asks in an action needs no label when its kind says it all.
ACTION_LABELS = {"fields": {"fr": "Réponses à corriger", "en": "Answers to correct"}}


def load_form(load: Loading, parties: Mapping[str, Party]) -> dict[str, Page]:
    """Every page, in order."""
    return {id: _page(load, id, data, parties) for id, data in mapping(load.data, "form").items()}


def _page(load: Loading, id: str, data: Data, parties: Mapping[str, Party]) -> Page:
    path: Path = ("form", id)
    if id in load.pages_of_rows:
        return page_of_rows(load, id, data, load.pages_of_rows[id])
    given = load_fields(load, mapping(data, "fields"), (*path, "fields"), load.scope, page=id)
    sections, fields = load_sections(load, data, path, given)
    if hidden := hidden_from(load, data, path):
        fields = {id: replace(one, hide_from=one.hide_from | hidden) for id, one in fields.items()}
    return Page(
        id,
        load.text(data, "title", path) or Text({load.languages[0]: (id,)}),
        load.text(data, "help", path),
        asked_when(load, data, path, parties),
        fields,
        load_checks(load, data, path, load.scope),
        sections,
        load_notes(load, data, path, fields, load.scope),
        asked_of(load, data, path),
        later=load.later.get(id, ""),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a field: the names it may use, its page, the repeats whose rows it is in, the outer one first."""

    scope: Scope
    page: str = ""
    repeats: tuple[str, ...] = ()

    @property
    def parent(self) -> str | None:
        """The repeat whose row it is in."""
        return "/".join(self.repeats) or None


def load_fields(
    load: Loading,
    data: Mapping[str, Any],
    path: Path,
    scope: Scope,
    *,
    page: str = "",
    repeats: tuple[str, ...] = (),
) -> dict[str, Field]:
    """The fields of a page, of a row, or of an action's form; those without a known kind are left out."""
    found: dict[str, Field] = {}
    for id, field in data.items():
        if not isinstance(field, Mapping) or field.get("type") not in BY_NAME:
            continue
        here, elsewhere = row_fields(load, path, repeats, id)
        found[id] = _field(load, id, field, here, _Around(scope, elsewhere or page, repeats))
        if elsewhere:
            around = both(asked_for_row(load, elsewhere), asked_for_section(load, elsewhere, id))
            hidden = found[id].hide_from | hidden_with_page(load, elsewhere)
            found[id] = replace(found[id], when=both(around, found[id].when), hide_from=hidden)
    return found


def _field(load: Loading, id: str, data: Data, path: Path, around: _Around) -> Field:
    scope, page, parent = around.scope, around.page, around.parent
    kind = str(data["type"])
    _check_place(load, kind, data, path, around)
    if kind == "file" and parent is not None and data.get("blocks") == "payment":
        load.report("not_yet", (*path, "blocks"), at_key=True, what="blocks")
    drawn = sketch(load, id, data)
    row = row_scope(load, scope, drawn, *around.repeats)
    key = "columns" if kind == "matrix" else "fields"
    inner = load_fields(load, mapping(data, key), (*path, key), row, page=page, repeats=(*around.repeats, id))
    return Field(
        id,
        kind,
        _label(load, id, kind, data, path),
        load.text(data, "help", path),
        load.expression(data, "when", path, scope, types.BOOLEAN),
        data.get("optional", False),
        data.get("sensitive", BY_NAME[kind].sensitive),
        hidden_from(load, data, path),
        _once(load, data, path, parent),
        load_checks(load, data, path, scope),
        _options(load, kind, data, path, scope),
        inner,
        load.text(data, "row", path, row),
        _totals(load, data, path, inner, row),
        page,
        parent,
        _computed(load, kind, data, path, around),
        _messages(load, data, path),
        load_lines(load, data, path, inner, line_scope(scope, drawn)) if kind == "matrix" else {},
        str(data.get("layout", "")),
        data.get("ordered", False),
        _unique(load, data, path, inner),
        filled_by(load, data, path, parent),
    )


def _check_place(load: Loading, kind: str, data: Data, path: Path, around: _Around) -> None:
    """Tell what can't stand in rows yet, and rows that can't stand in the cells of a table."""
    deep = len(around.repeats)
    in_action = deep > 0 and path[0] != "form" and kind == "repeat"
    if in_action or kind in NOT_YET_IN_ROWS[min(deep, len(NOT_YET_IN_ROWS) - 1)]:
        load.report("not_yet_in_rows", path, at_key=True, kind=kind)
    held = mapping(data, "fields").values()
    deeper = any(isinstance(one, Mapping) and one.get("type") == "repeat" for one in held)
    if deeper and data.get("layout") == "table":
        load.report("not_yet", (*path, "layout"), at_key=True, what="layout: table")


def _messages(load: Loading, data: Data, path: Path) -> dict[str, Text]:
    """The author's own sentences, by code; one the kind doesn't have was told by the schema already."""
    here = (*path, "messages")
    return {
        code: load.text_of(said, (*here, code), Scope(holes=frozenset(CODES[code])))
        for code, said in mapping(data, "messages").items()
        if code in CODES and said is not None
    }


def _computed(load: Loading, kind: str, data: Data, path: Path, around: _Around) -> Expression | None:
    """What is computed for each row; elsewhere a value stands under `computed`."""
    if "value" not in data:
        return None
    if around.parent is None:
        load.report("value_outside_row", (*path, "value"), at_key=True, id=str(path[-1]))
        return None
    wanted = BY_NAME[kind].feel_type(sketch(load, str(path[-1]), data))
    return load_value(load, data, "value", path, around.scope, wanted)


def _unique(load: Loading, data: Data, path: Path, inner: Mapping[str, Field]) -> tuple[str, ...]:
    named = [str(one) for one in data.get("unique", ()) if one is not None]
    return tuple(
        one
        for number, one in enumerate(named)
        if load.known("unknown_field", (*path, "unique", number), one, inner)
    )


def _label(load: Loading, id: str, kind: str, data: Data, path: Path) -> Text:
    if "label" in data or path[0] == "form":
        return load.label(data, path, id)
    if kind in ACTION_LABELS:
        known = ACTION_LABELS[kind]
        return Text({language: (known.get(language, known["en"]),) for language in load.languages})
    load.report("missing_label", path, at_key=True, severity="warning", id=id)
    return Text({load.languages[0]: (id.replace("_", " ").capitalize(),)})


def _once(load: Loading, data: Data, path: Path, parent: str | None) -> Once | None:
    once = data.get("once")
    if not isinstance(once, Mapping):
        return None
    if parent is not None:
        load.report("not_yet", (*path, "once"), at_key=True, what="once")
    otherwise = load.text(once, "otherwise", (*path, "once"))
    return Once("scheme", otherwise) if otherwise and once.get("per") else None


def _totals(
    load: Loading, data: Data, path: Path, inner: Mapping[str, Field], scope: Scope
) -> dict[str, Total]:
    found: dict[str, Total] = {}
    for id, total in mapping(data, "totals").items():
        here = (*path, "totals", id)
        summed = str(total.get("sum", "")) if isinstance(total, Mapping) else ""
        rows = {**inner, **{name: one for field in inner.values() for name, one in field.totals.items()}}
        if not summed or not load.known("unknown_field", (*here, "sum"), summed, rows):
            continue
        where = load.expression(total, "where", here, scope, types.BOOLEAN)
        type_ = scope.names.get(summed, types.ANY)
        if not types.fits(type_, types.NUMBER):
            load.report("sum_of_no_number", (*here, "sum"), field=summed)
        elif "where" not in total or where is not None:
            found[id] = Total(summed, where, load.label(total, here, id), type_)
    return found


# -- a kind's own keys --------------------------------------------------------------------------------------


def _options(load: Loading, kind: str, data: Data, path: Path, scope: Scope) -> dict[str, object]:
    known = BY_NAME[kind]
    found: dict[str, object] = {}
    for key in known.keys:
        if data.get(key) is None:
            continue
        value = (
            _bound(load, key, data, path, scope)
            if key in known.expressions
            else _option(load, key, data[key], path, known.keys[key])
        )
        if value is not None:
            found[key] = value
    check_options(load, known.keys, data, path)
    return found


def _bound(load: Loading, key: str, data: Data, path: Path, scope: Scope) -> Expression | None:
    if key == "where":
        return load_where(load, data, path, scope)
    wanted = BOUND_TYPES.get(data["type"], types.NUMBER) if key in BOUNDS else types.NUMBER
    return load.expression(data, key, path, scope, wanted)


def _option(load: Loading, key: str, value: Any, path: Path, schema: Mapping[str, object]) -> object:
    here = (*path, key)
    if schema.get("$ref") == "#/$defs/text":
        return load.text_of(value, here)
    if key == "options":
        return load_options(load, value, here)
    if key == "rows":
        return load_grid_lines(load, value, here)
    if key in BESIDE:
        return load_beside(load, key, value, here)
    if key == "list":
        return load.lists[str(value)] if load.known("unknown_list", here, str(value), load.lists) else None
    if key == "max_size":
        figure = re.match(r"([0-9]+) ?(\w+)", value)
        return int(figure[1]) * SIZES[figure[2]] if figure else None
    if key == "issued_within":
        return read_span(value)
    if isinstance(value, list):
        return tuple(item for item in value if item is not None)
    if schema.get("type") == "integer" and is_integer(value):
        return int(value)
    return Decimal(value) if schema.get("type") == "number" else value
