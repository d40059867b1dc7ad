"""How a page is laid out: its sections, and what is said among its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine import feel
from engine.feel import types
from engine.language.expressions import Expression, Text
from engine.language.form_model import Field, Note, Section
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping
from engine.problems import Path

SORTS = ("info", "warning", "shows")


def load_sections(
    load: Loading, data: Data, path: Path, fields: Mapping[str, Field]
) -> tuple[dict[str, Section], dict[str, Field]]:
    """The sections of a page, and its fields as they stand: those of a section together, asked only when it is."""
    sections = sections_of(load, data, path, fields, load.scope)
    return sections, _together(fields, sections)


def sections_of(
    load: Loading, data: Data, path: Path, fields: Mapping[str, object], scope: Scope
) -> dict[str, Section]:
    """The sections of a page whose fields these are; `scope` is what their conditions know."""
    sections: dict[str, Section] = {}
    taken: set[str] = set()
    for id, found in mapping(data, "sections").items():
        here = (*path, "sections", id)
        names = _names(load, found, here, fields, taken)
        title = load.text(found, "title", here)
        if title is None or not names:
            continue
        when = load.expression(found, "when", here, scope, types.BOOLEAN)
        sections[id] = Section(id, title, load.text(found, "help", here), tuple(names), when)
    return sections


def _names(load: Loading, data: Data, here: Path, fields: Mapping[str, object], taken: set[str]) -> list[str]:
    found: list[str] = []
    for number, name in enumerate(data.get("fields") or ()):
        spot = (*here, "fields", number)
        if name is None or not load.known("unknown_field", spot, name, fields):
            continue
        if name in taken:
            load.report("said_twice", spot, key="fields")
            continue
        taken.add(name)
        found.append(name)
    return found


def _together(fields: Mapping[str, Field], sections: Mapping[str, Section]) -> dict[str, Field]:
    """The fields in the order they are shown: a section's own at the place of its first one."""
    of = {name: section for section in sections.values() for name in section.fields}
    found: dict[str, Field] = {}
    for id, field in fields.items():
        section = of.get(id)
        for name in section.fields if section else (id,):
            if name not in found:
                when = both(section.when, fields[name].when) if section else field.when
                found[name] = replace(fields[name], when=when)
    return found


def both(one: Expression | None, other: Expression | None) -> Expression | None:
    """A condition that holds when two do; None when there is neither."""
    if one is None or other is None:
        return one or other
    text = f"({one.text}\n) and ({other.text}\n)"  # a comment may end a line
    tree = feel.check(text, dict.fromkeys((path[0] for path in one.names | other.names), types.ANY)).tree
    assert tree is not None  # both were checked alone
    clock = one.reads_clock or other.reads_clock
    return Expression(text, feel.compile(tree), types.BOOLEAN, other.place, reads_clock=clock)


def load_notes(
    load: Loading, data: Data, path: Path, fields: Mapping[str, object], scope: Scope
) -> dict[str, Note]:
    """What is said among the fields of a page; `scope` is what it knows."""
    found: dict[str, Note] = {}
    for id, note in mapping(data, "notes").items():
        here = (*path, "notes", id)
        made = _note(load, id, note, here, scope)
        before = str(note.get("before") or "")
        if before and not load.known("unknown_field", (*here, "before"), before, fields):
            continue
        if made is not None:
            found[id] = replace(made, before=before)
    return found


def _note(load: Loading, id: str, data: Data, here: Path, scope: Scope) -> Note | None:
    sorts = [sort for sort in SORTS if data.get(sort) is not None]
    if len(sorts) != 1:
        load.report(
            "one_key_only" if sorts else "missing_key", here, at_key=True, key=id if sorts else "info"
        )
        return None
    when = load.expression(data, "when", here, scope, types.BOOLEAN)
    if sorts != ["shows"]:
        text = load.text(data, sorts[0], here, scope)
        return Note(id, sorts[0], text, when) if text else None
    value = load.expression(data, "shows", here, scope)
    text = load.text(data, "label", here, scope) or _label(load, str(data["shows"]))
    if text is None:
        load.report("missing_key", here, at_key=True, key="label")
    return Note(id, "shows", text, when, value) if text and value else None


def _label(load: Loading, name: str) -> Text | None:
    """The label of the computed value of this name."""
    one = mapping(load.data, "computed").get(name)
    return load.text(one, "label", ("computed", name)) if isinstance(one, Mapping) else None
