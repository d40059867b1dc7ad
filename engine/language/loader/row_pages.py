"""Pages asked once for each row of a repeat: what they ask are fields of its rows, shown on a page of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.feel import types
from engine.language.expressions import Expression, Text
from engine.language.form_model import Page
from engine.language.loader.checks import load_checks
from engine.language.loader.layout import load_notes, sections_of
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping, row_scope, sketch
from engine.language.loader.parties import hidden_from
from engine.problems import Path

NOT_YET = ("asked_of",)


def put_into_rows(load: Loading) -> None:
    """Put the fields of such pages among those of their repeat, and remember whose they are."""
    form = mapping(load.data, "form")
    for id, page in form.items():
        repeat = page.get("for_each") if isinstance(page, Mapping) else None
        if repeat is None:
            continue
        load.pages_of_rows[id] = str(repeat)
        _tell_not_yet(load, page, ("form", id))
        home = _home(form, id, str(repeat))
        if home is None:
            load.report(
                "for_each_no_repeat", ("form", id, "for_each"), name=str(repeat), known=_known(form, id)
            )
            load.pages_of_rows[id] = ""
            continue
        form[home] = _with_fields(
            load, form[home], ("form", home, "fields", str(repeat)), id, mapping(page, "fields")
        )
    load.data = {**load.data, "form": form} if load.pages_of_rows else load.data


def row_fields(load: Loading, path: Path, repeats: tuple[str, ...], id: str) -> tuple[Path, str | None]:
    """Where a field of rows stands in the file, and the page it is asked on when that isn't the page of its repeat."""
    page = load.asked_elsewhere.get((*repeats, id))
    apart: Path = ("form", str(page), "fields", id)
    return ((*path, id), None) if page is None else (apart, page)


def pages_with_fields(load: Loading) -> list[tuple[str, Data]]:
    """The pages that have fields of the form's own."""
    form = mapping(load.data, "form").items()
    return [(id, data) for id, data in form if id not in load.pages_of_rows]


def scope_of(load: Loading, repeat: str) -> Scope:
    """What a page asked for each row of a repeat knows."""
    for page in mapping(load.data, "form").values():
        if repeat in mapping(page, "fields"):
            return row_scope(load, load.scope, sketch(load, repeat, mapping(page, "fields")[repeat]))
    return load.scope


def asked_for_row(load: Loading, page: str) -> Expression | None:
    """The condition of such a page: it stands for all its fields."""
    scope = scope_of(load, load.pages_of_rows[page])
    return load.expression(mapping(load.data, "form")[page], "when", ("form", page), scope, types.BOOLEAN)


def hidden_with_page(load: Loading, page: str) -> frozenset[str]:
    """Who doesn't see such a page: none of its fields is seen by them."""
    said = mapping(load.data, "form")[page].get("hide_from") or ()
    return frozenset(str(one) for one in said if one is not None)


def asked_for_section(load: Loading, page: str, field: str) -> Expression | None:
    """The condition of the section of such a page in which a field stands."""
    scope = scope_of(load, load.pages_of_rows[page])
    for id, section in mapping(mapping(load.data, "form")[page], "sections").items():
        if isinstance(section, Mapping) and field in (section.get("fields") or ()):
            return load.expression(section, "when", ("form", page, "sections", id), scope, types.BOOLEAN)
    return None


def page_of_rows(load: Loading, id: str, data: Data, repeat: str) -> Page:
    """A page asked once for each row: its fields stand in the repeat, and hold its condition already."""
    path: Path = ("form", id)
    if not repeat:  # nothing can be known of its rows: that is told already
        return Page(id, Text({load.languages[0]: (id,)}))
    scope = scope_of(load, repeat)
    title = load.text(data, "title", path, scope) or Text({load.languages[0]: (id,)})
    hidden_from(load, data, path)  # its fields have it already: here a name nobody knows is told, once
    fields = mapping(data, "fields")
    return Page(
        id,
        title,
        load.text(data, "help", path, scope),
        checks=load_checks(load, data, path, scope),
        sections=sections_of(load, data, path, fields, scope),
        notes=load_notes(load, data, path, fields, scope),
        for_each=repeat,
    )


def _with_fields(load: Loading, home: Data, path: Path, page: str, more: Mapping[str, Any]) -> dict[str, Any]:
    """The page of a repeat with the fields asked elsewhere among those of its rows; one that is there already is told."""
    fields, repeat = mapping(home, "fields"), str(path[-1])
    own = mapping(fields[repeat], "fields")
    new: dict[str, Any] = {}
    for id, field in more.items():
        if id in own:
            place = load.source.key_place(row_fields(load, (*path, "fields"), (repeat,), id)[0])
            first = f"{place.line}:{place.column}"
            load.report("id_twice", ("form", page, "fields", id), at_key=True, id=id, first=first)
        else:
            new[id] = field
            load.asked_elsewhere[repeat, id] = page
    fields[repeat] = {**fields[repeat], "fields": {**own, **new}}
    return {**home, "fields": fields}


def _home(form: Data, page: str, repeat: str) -> str | None:
    """The earlier page on which this repeat is asked."""
    for id in _earlier(form, page):
        found = mapping(form[id], "fields").get(repeat)
        if isinstance(found, Mapping) and found.get("type") == "repeat":
            return id
    return None


def _earlier(form: Data, page: str) -> Iterator[str]:
    for id, data in form.items():
        if id == page:
            return
        if isinstance(data, Mapping) and data.get("for_each") is None:
            yield id


def _known(form: Data, page: str) -> tuple[str, ...]:
    return tuple(
        name
        for id in _earlier(form, page)
        for name, field in mapping(form[id], "fields").items()
        if isinstance(field, Mapping) and field.get("type") == "repeat"
    )


def _tell_not_yet(load: Loading, page: Data, path: Path) -> None:
    for key in NOT_YET:
        if page.get(key) is not None:
            load.report("not_yet", (*path, key), at_key=True, what=key)
