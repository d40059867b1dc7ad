"""What changes in the form: pages, fields, their options, conditions, limits and checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from authoring.difference.change import Counted, Sides, pairs, text_of
from engine.language.form_model import inner_path
from engine.language.lists import ReferenceList
from engine.language.model import Check, Field, Text
from engine.problems import Path

LISTED = ("options", "list")
FLAGS = (("sensitive", "field_sensitive", "field_plain"),)


def compare_form(sides: Sides) -> None:
    """The pages, then every field wherever it stands."""
    for old, new in pairs(sides.old.form, sides.new.form):
        if old is None and new is not None:
            sides.add("page_added", ("form", new), label=sides.new.form[new].title)
        elif old is not None and new is None:
            sides.add("page_removed", ("form", old), label=sides.old.form[old].title)
        elif old is not None and new is not None:
            _page(sides, new)
    for old, new in pairs(sides.old.fields, sides.new.fields, sides.migration.renamed):
        _one(sides, sides.old.fields.get(old or ""), sides.new.fields.get(new or ""))


def _page(sides: Sides, id: str) -> None:
    was, now, path = sides.old.form[id], sides.new.form[id], ("form", id)
    sides.says("page_title", (*path, "title"), (*path, "title"), was.title, now.title)
    told: dict[str, Any] = {"label": now.title}
    sides.says("page_when", (*path, "when"), (*path, "when"), text_of(was.when), text_of(now.when), **told)
    sides.says("help", (*path, "help"), (*path, "help"), was.help, now.help, **told)
    compare_checks(sides, was.checks, now.checks, (*path, "check"), (*path, "check"), now.title)


def _one(sides: Sides, was: Field | None, now: Field | None) -> None:
    """A field of the form that is added, gone, or there in both."""
    if was is None and now is not None:
        code = "field_added_optional" if now.optional else "field_added"
        page = sides.new.page_of(now.id).title
        sides.add(code, _path(now), counted=_lack(now, now), label=now.label, page=page)
    elif was is not None and now is None:
        sides.add("field_removed", _path(was), counted=Counted("answered", was.id), label=was.label)
    elif was is not None and now is not None:
        _both(sides, was, now)
        _moved(sides, was, now, _path(now), _path(was))


def _moved(sides: Sides, was: Field, now: Field, path: Path, older: Path) -> None:
    """A field that is asked on another page."""
    if was.page != now.page:
        sides.add("field_moved", path, older, label=now.label, page=sides.new.form[now.page].title)


def _path(field: Field) -> Path:
    return ("form", field.page, "fields", field.id)


def _lack(field: Field, now: Field) -> Counted | None:
    """Who lacks an answer that is asked of everybody."""
    return None if now.optional or field.parent else Counted("lack", field.id, new=now.id)


def _both(sides: Sides, was: Field, now: Field, path: Path = (), older: Path = ()) -> None:
    """A field there in both versions, a row's one at the paths given."""
    path, older = path or _path(now), older or _path(was)
    told: dict[str, Any] = {"label": now.label}
    if was.id != now.id:
        sides.add("field_renamed", path, older, was=was.id, now=now.id, **told)
    sides.says("field_label", (*path, "label"), (*older, "label"), was.label, now.label)
    sides.says("help", (*path, "help"), (*older, "help"), was.help, now.help, **told)
    if was.kind != now.kind:
        counted = None if was.parent else Counted("answered", was.id, new=now.id)
        sides.add(
            "field_kind", (*path, "type"), (*older, "type"), counted, was=was.kind, now=now.kind, **told
        )
    if was.optional != now.optional:
        code = "field_optional" if now.optional else "field_required"
        sides.add(code, path, older, _lack(was, now), **told)
    condition = text_of(was.when), text_of(now.when)
    sides.says("field_when", (*path, "when"), (*older, "when"), *condition, **told)
    value = text_of(was.value), text_of(now.value)
    sides.says("field_value", (*path, "value"), (*older, "value"), *value, **told)
    _privacy(sides, was, now, path, older)
    _messages(sides, was, now, path, older)
    compare_options(sides, was, now, path, older)
    _limits(sides, was, now, path, older)
    compare_checks(sides, was.checks, now.checks, (*path, "check"), (*older, "check"), now.label)
    _lines(sides, was, now, path, older)
    _rows(sides, was, now, path, older)


def _messages(sides: Sides, was: Field, now: Field, path: Path, older: Path) -> None:
    """The sentences of its own: what people read instead, `None` for the engine's."""
    for code in dict.fromkeys((*was.messages, *now.messages)):
        here, there = (*path, "messages", code), (*older, "messages", code)
        said = was.messages.get(code), now.messages.get(code)
        sides.says("field_message", here, there, *said, key=code, label=now.label)


def _privacy(sides: Sides, was: Field, now: Field, path: Path, older: Path) -> None:
    told: dict[str, Any] = {"label": now.label}
    if was.sensitive != now.sensitive:
        sides.add("field_sensitive" if now.sensitive else "field_plain", path, older, **told)
    hidden = tuple(sorted(was.hide_from)), tuple(sorted(now.hide_from))
    sides.says("field_hidden", (*path, "hide_from"), (*older, "hide_from"), *hidden, **told)
    filled = tuple(".".join(one.filled_by) if one.filled_by else None for one in (was, now))
    sides.says("field_filled_by", (*path, "filled_by"), (*older, "filled_by"), *filled, **told)
    if (was.once is None) != (now.once is None):
        sides.add("field_once" if now.once else "field_not_once", path, older, **told)


def compare_options(sides: Sides, was: Field, now: Field, path: Path, older: Path) -> None:
    """The options of a choice: those written in the scheme, or those of its list."""
    old, new = _options(was), _options(now)
    if old is None or new is None:
        return
    here, there = (*path, "options"), (*older, "options")
    for before, after in pairs(old, new, sides.migration.options.get(now.id)):
        if before is None and after is not None:
            sides.add("option_added", (*here, after), option=new[after], label=now.label)
        elif before is not None and after is None:
            counted = None if was.parent else Counted("chose", was.id, before, now.id)
            sides.add("option_removed", (*there, before), None, counted, option=old[before], label=now.label)
        elif before is not None and after is not None:
            if before != after:
                sides.add("option_renamed", (*here, after), (*there, before), option=new[after], was=before, now=after, label=now.label)  # fmt: skip
            sides.says(
                "option_label", (*here, after), (*there, before), old[before], new[after], label=now.label
            )


def _options(field: Field) -> Mapping[str, object] | None:
    """What one may choose, each code with what people read; None for a field that offers no choice."""
    reference = field.options.get("list")
    if isinstance(reference, ReferenceList):
        return None  # told once, with the list itself
    found = field.options.get("options")
    return found if isinstance(found, Mapping) else None


def _limits(sides: Sides, was: Field, now: Field, path: Path, older: Path) -> None:
    """The kind's own keys: bounds, lengths, accepted formats, the list chosen from."""
    if was.kind != now.kind:
        return
    for key in dict.fromkeys((*was.options, *now.options)):
        if key == "options":
            continue
        before, after = (_limit(key, one.options.get(key)) for one in (was, now))
        counted = None if was.parent else Counted("answered", was.id, new=now.id)
        if before != after:
            sides.add("field_limit", (*path, key), (*older, key), counted, key=key, was=before, now=after, label=now.label)  # fmt: skip


def _limit(key: str, value: object) -> object:
    if key == "max_size" and isinstance(value, int):
        return f"{value / 1_000_000:g} MB"
    if isinstance(value, ReferenceList):
        return value.id
    if isinstance(value, Mapping):
        return tuple(str(one) for one in value)
    found = text_of(value)
    if found is not None:
        return found
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(str(one) for one in value)
    return None if value is None else str(value)


def compare_checks(
    sides: Sides, was: Sequence[Check], now: Sequence[Check], path: Path, older: Path, label: Text
) -> None:
    """The checks of a page or a field: added, gone, asking something else, said otherwise."""
    old, new = {one.id: one for one in was}, {one.id: one for one in now}
    for before, after in pairs(old, new):
        if before is None and after is not None:
            sides.add("check_added", (*path, after), text=new[after].otherwise, label=label)
        elif before is not None and after is None:
            sides.add("check_removed", (*older, before), text=old[before].otherwise, label=label)
        elif before is not None and after is not None:
            asked = text_of(old[before].require), text_of(new[after].require)
            sides.says("check_require", (*path, after), (*older, before), *asked, label=label)
            said = old[before].otherwise, new[after].otherwise
            sides.says("check_otherwise", (*path, after), (*older, before), *said, label=label)


def _lines(sides: Sides, was: Field, now: Field, path: Path, older: Path) -> None:
    """The lines of a matrix: added, gone, called or computed otherwise."""
    for before, after in pairs(was.lines, now.lines):
        here, there = (*path, "rows", after or ""), (*older, "rows", before or "")
        old, new = was.lines.get(before or ""), now.lines.get(after or "")
        if old is None and new is not None:
            sides.add("line_added", here, label=new.label, table=now.label)
        elif old is not None and new is None:
            sides.add("line_removed", there, label=old.label, table=now.label)
        elif old is not None and new is not None:
            sides.says("line_label", here, there, old.label, new.label, table=now.label)
            if (old.heading, text_of(old.value)) != (new.heading, text_of(new.value)):
                sides.add("line_value", here, there, label=new.label, table=now.label)


def _row_path(path: Path, repeat: Field, id: str | None) -> Path:
    return inner_path(path, repeat, repeat.fields[id]) if id and id in repeat.fields else path


def _rows(sides: Sides, was: Field, now: Field, path: Path, older: Path) -> None:
    """The fields of a repeat's rows, and its totals."""
    renamed = sides.migration.rows.get(now.place.replace("/", "."))
    for before, after in pairs(was.fields, now.fields, renamed):
        here, there = _row_path(path, now, after), _row_path(older, was, before)
        if before is None and after is not None:
            sides.add("row_field_added", here, label=now.fields[after].label, repeat=now.label)
        elif before is not None and after is None:
            sides.add("row_field_removed", there, label=was.fields[before].label, repeat=now.label)
        elif before is not None and after is not None:
            _both(sides, was.fields[before], now.fields[after], here, there)
            _moved(sides, was.fields[before], now.fields[after], here, there)
    for before, after in pairs(was.totals, now.totals):
        old, new = was.totals.get(before or ""), now.totals.get(after or "")
        asked = (old.sum, text_of(old.where)) if old else None, (new.sum, text_of(new.where)) if new else None
        if asked[0] != asked[1]:
            sides.add("total", (*path, "totals", after or before or ""), (*older, "totals", before or after or ""), name=after or before, label=now.label)  # fmt: skip
