"""What leaves as files: the exports declared, and open data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from stdnum.fr import siret

from engine.feel import types
from engine.language.export_model import ABOUT, ANSWERS, Beneficiary, Column, Export, OpenData
from engine.language.expressions import Expression, Text
from engine.language.form_model import Field
from engine.language.leaves import Leaf, leaves
from engine.language.loader.dashboard import figure_scope
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping, rule_scope
from engine.language.loader.rules import words
from engine.language.loader.sub_states import in_parts, with_parts
from engine.problems import Path

Fields = Mapping[str, Field]
THRESHOLD = Decimal(23_000)


def load_exports(load: Loading, fields: Fields) -> dict[str, Export]:
    """Every export, in order."""
    found = mapping(load.data, "exports")
    return {id: _export(load, id, data, fields) for id, data in found.items() if isinstance(data, Mapping)}


def _export(load: Loading, id: str, data: Data, fields: Fields) -> Export:
    path: Path = ("exports", id)
    each = str(data.get("each") or "")
    if each:
        repeats = [one.id for one in fields.values() if one.kind == "repeat"]
        each = each if load.known("unknown_repeat", (*path, "each"), each, repeats) else ""
    columns = tuple(_columns(load, (*path, "columns"), data.get("columns"), fields))
    for column in columns:
        if each and column.repeat not in ("", each):
            load.report("column_of_other_rows", (*path, "columns"), column=column.heading, each=each)
    where = in_parts(load, load.expression(data, "where", path, figure_scope(load.scope), types.BOOLEAN))
    return Export(id, load.label(data, path, id), columns, _states(load, path, data), each, where)


def _columns(load: Loading, path: Path, said: Any, fields: Fields) -> Iterable[Column]:
    """The columns as they are written: a list of names, or headings with what stands under them."""
    pairs = said.items() if isinstance(said, Mapping) else [(None, name) for name in said or ()]
    seen: set[str] = set()
    for number, (heading, name) in enumerate(pairs):
        if name is None:
            continue
        here: Path = (*path, number if heading is None else str(heading))
        for column in _column(load, here, str(name), fields, heading):
            if column.heading in seen:
                load.report("column_twice", here, column=column.heading)
            seen.add(column.heading)
            yield column


def _column(load: Loading, path: Path, name: str, fields: Fields, heading: Any) -> Iterable[Column]:
    if name in ABOUT:
        return [Column(str(heading or name), about=name, is_worded=heading is not None)]
    bare = name.removeprefix(ANSWERS)
    found = _leaves(fields, bare)
    if not found:
        known = [*ABOUT, *(leaf.name for field in fields.values() for leaf in leaves(field)), *fields]
        load.known("no_such_column", path, name, known)
        if bare in fields:
            load.report("column_of_nothing", path, name=name)
    if heading is None:
        return [Column(leaf.name, leaf=leaf) for leaf in found]
    inside = [leaf.name.removeprefix(bare).strip(".") for leaf in found]
    return [
        Column(f"{heading} ({rest})" if rest else str(heading), leaf=leaf, is_worded=True)
        for leaf, rest in zip(found, inside, strict=True)
    ]


def _leaves(fields: Fields, name: str) -> list[Leaf]:
    field = fields.get(name.partition(".")[0])
    found = leaves(field) if field is not None else ()
    return [leaf for leaf in found if leaf.name == name or leaf.name.startswith(f"{name}.")]


def _states(load: Loading, path: Path, data: Data) -> frozenset[str]:
    declared = mapping(mapping(load.source.data, "workflow"), "states")
    states = words(data.get("states"))
    listed = isinstance(data.get("states"), list)
    for number, name in enumerate(states):
        here = (*path, "states", number) if listed else (*path, "states")
        load.known("unknown_state", here, name, declared)
    return frozenset(with_parts(load, states))


def load_open_data(load: Loading, fields: Fields) -> OpenData | None:
    """What is published; None when nothing is."""
    data, path = mapping(load.data, "open_data"), ("open_data",)
    if not data:
        return None
    scope = rule_scope(load.scope)
    about = load.text(data, "object", path, scope) or Text({load.languages[0]: ("",)})
    except_ = load.expression(data, "except", path, scope, types.BOOLEAN)
    granter = mapping(data, "granted_by")
    number = str(granter.get("siret", "")).replace(" ", "")
    if number and not siret.is_valid(number):
        load.report("bad_siret", ("open_data", "granted_by", "siret"), found=number)
    whom = _beneficiary(load, mapping(data, "beneficiary"), fields)
    agreed_on = _field(load, ("open_data", "agreed_on"), data.get("agreed_on"), fields, ("date",))
    _keep_secrets(load, fields, about, (whom.name, whom.siret, whom.rna, agreed_on))
    return OpenData(
        str(granter.get("name", "")),
        number,
        _states(load, path, data),
        whom,
        about,
        Decimal(str(data.get("granted_over", THRESHOLD))),
        except_,
        agreed_on,
        data.get("de_minimis") is True,
        data.get("public") is True,
    )


def _beneficiary(load: Loading, data: Data, fields: Fields) -> Beneficiary:
    path: Path = ("open_data", "beneficiary")
    if data and not ("siret" in data or "rna" in data):
        load.report("siret_or_rna", path, at_key=True)
    name = _field(load, (*path, "name"), data.get("name"), fields, ("text", "choice"))
    number = _field(load, (*path, "siret"), data.get("siret"), fields, ("siret",))
    return Beneficiary(name, number, _field(load, (*path, "rna"), data.get("rna"), fields, ("rna",)))


def _field(load: Loading, path: Path, name: object, fields: Fields, kinds: tuple[str, ...]) -> str:
    if name is None:
        return ""
    fit = [one.id for one in fields.values() if one.kind in kinds]
    load.known("unknown_field_of_kind", path, str(name), fit, of=", ".join(kinds))
    return str(name)


def _keep_secrets(load: Loading, fields: Fields, about: Text, named: Iterable[str]) -> None:
    """Nothing sensitive is published, in a text neither."""
    said = (part for parts in about.versions.values() for part in parts if isinstance(part, Expression))
    read = {*named, *(path[0] for one in said for path in one.names)}
    for id in sorted(read & {one.id for one in fields.values() if one.is_secret}):
        load.report("published_secret", ("open_data",), at_key=True, field=id)
