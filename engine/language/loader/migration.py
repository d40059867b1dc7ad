"""What became of the older versions: every name said there that this version has, and every one it must no longer have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.feel import types
from engine.language.expressions import Expression
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import Sketch, action_scope, form_fields, mapping, sketch
from engine.language.loader.sub_states import in_parts
from engine.language.model import Migration, MigrationLine
from engine.language.scalars import read_whole
from engine.problems import Path

BEFORE = types.Context(
    {"eligible": types.BOOLEAN, "amount": types.Number("money"), "version": types.Number("integer")}
)
HERE = "migration"
ASKED_ANEW = ("file", "repeat", "matrix")  # no answer of theirs can be made up


def load_migration(load: Loading) -> Migration | None:
    """What the version says of the older ones; None when it says nothing."""
    data = mapping(load.data, HERE)
    if not data:
        return None
    fields = {id: sketch(load, id, found) for id, found in form_fields(load)}
    outer, rows = _renamed(load, mapping(data, "renamed"), fields)
    return Migration(
        _from(load, data),
        outer,
        rows,
        _options(load, mapping(data, "options"), fields),
        _names(
            load,
            mapping(data, "states"),
            (HERE, "states"),
            _workflow(load, "states"),
            "unknown_state",
            joined=True,
        ),
        _defaults(load, mapping(data, "defaults"), fields),
        _lines(load, mapping(data, "dossiers"), fields),
    )


def _workflow(load: Loading, key: str) -> dict[str, Any]:
    return mapping(mapping(load.source.data, "workflow"), key)


def _from(load: Loading, data: Data) -> tuple[int, ...]:
    version = read_whole(load.data.get("version"))
    found: list[int] = []
    for place, text in enumerate(data.get("from") or ()):
        number = read_whole(text)
        if number is not None and version is not None and number >= version:
            load.report("migration_from_later", (HERE, "from", place), found=number, version=version)
        elif number is not None:
            found.append(number)
    return tuple(found)


def _renamed(
    load: Loading, data: Mapping[str, Any], fields: Mapping[str, Sketch]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The fields, and those of rows by the way to their repeat as it is called now: `children.age: years` stands under
    `children`, `projects.lines.price: cost` under `projects.lines`, each step old or new."""
    outer = {old: new for old, new in data.items() if "." not in old}
    found = _names(load, outer, (HERE, "renamed"), fields, "unknown_field")
    rows: dict[str, dict[str, str]] = {}
    for old, new in sorted(data.items(), key=lambda pair: pair[0].count(".")):
        *above, name = old.split(".")
        if not above or new is None:
            continue
        way, known = _way(above, found, rows), fields
        path: Path = (HERE, "renamed", old)
        for step in way:
            if not load.known("unknown_field", path, step, known, at_key=True):
                break
            known = known[step].fields
        else:
            before = old[: -len(name)]
            kept = _names(load, {name: new}, (HERE, "renamed"), known, "unknown_field", before)
            rows.setdefault(".".join(way), {}).update(kept)
    return found, rows


def _way(above: list[str], found: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The repeats on the way to a field of rows, as they are called now."""
    way: list[str] = []
    for step in above:
        names = rows.get(".".join(way), {}) if way else found
        way.append(names.get(step, step))
    return way


def _options(
    load: Loading, data: Mapping[str, Any], fields: Mapping[str, Sketch]
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for field, codes in data.items():
        path: Path = (HERE, "options", field)
        if not isinstance(codes, Mapping) or not load.known(
            "unknown_field", path, field, fields, at_key=True
        ):
            continue
        found[field] = _names(load, codes, path, _codes(fields[field]), "unknown_option", of=field)
    return found


def _codes(field: Sketch) -> list[str]:
    """The codes of a choice, written in the scheme or in a list."""
    reference: Any = field.options.get("list")
    return [*(reference.rows if reference is not None else ()), *mapping(field.options, "options")]


def _names(
    load: Loading,
    data: Mapping[str, Any],
    path: Path,
    known: Iterable[str],
    code: str,
    before: str = "",
    of: str | None = None,
    *,
    joined: bool = False,
) -> dict[str, str]:
    """Old → new names: the new one stands in this version, the old one no longer does, and no two become one unless they may
    be `joined`."""
    names = list(known)
    found: dict[str, str] = {}
    for old, new in data.items():
        here = (*path, f"{before}{old}")
        if new is None or not load.known(code, here, str(new), names, of=of):
            continue
        if old in names:
            load.report("renamed_still_here", here, at_key=True, name=old)
        elif str(new) in found.values() and not joined:
            load.report("renamed_into_one", here, name=str(new))
        else:
            found[old] = str(new)
    return found


def _defaults(load: Loading, data: Mapping[str, Any], fields: Mapping[str, Sketch]) -> dict[str, Expression]:
    found: dict[str, Expression] = {}
    for id in data:
        path: Path = (HERE, "defaults", id)
        if not load.known("unknown_field", path, id, fields, at_key=True):
            continue
        if fields[id].kind in ASKED_ANEW:
            load.report("no_default", path, at_key=True, field=id, kind=fields[id].kind)
        elif (value := load.at(data[id], path, load.scope, fields[id].type)) is not None:
            found[id] = value
    return found


def _lines(load: Loading, data: Mapping[str, Any], fields: Mapping[str, Sketch]) -> dict[str, MigrationLine]:
    scope = _scope(load)
    found: dict[str, MigrationLine] = {}
    for id, line in data.items():
        path: Path = (HERE, "dossiers", id)
        if not isinstance(line, Mapping):
            continue
        where = in_parts(load, load.expression(line, "where", path, scope, types.BOOLEAN))
        do, ask = line.get("do"), tuple(name for name in line.get("ask") or () if name)
        if do is not None:
            load.known("unknown_action", (*path, "do"), str(do), _workflow(load, "actions"))
        for place, name in enumerate(ask):
            load.known("unknown_field", (*path, "ask", place), name, fields)
        if line.get("take") == "old" and (do or ask):
            load.report("old_does_nothing", (*path, "do" if do else "ask"), at_key=True)
        elif where is not None and line.get("take") in ("new", "old"):
            found[id] = MigrationLine(id, where, line["take"], None if do is None else str(do), ask)
    return found


def _scope(load: Loading) -> Scope:
    """What a line knows: what the `if` of an action does, and the dossier as the older version judged it."""
    items = {item for state in _workflow(load, "states").values() for item in mapping(state, "checklist")}
    scope = action_scope(load.scope, mapping(load.source.data, "eligibility"), items)
    return scope.with_names({"before": BEFORE})
