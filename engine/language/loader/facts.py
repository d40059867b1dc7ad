"""Facts: what the rules may know besides the answers, and the fields a fact fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel import types
from engine.language.facts_model import KINDS, Connector, ConnectorFact, FactDeclared, fills
from engine.language.loader.connectors import load_connector
from engine.language.loader.earlier import OF_DOSSIERS, of_dossiers
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping, sketch
from engine.language.loader.wanted import type_word
from engine.language.model import Prefill
from engine.language.sharing import CONNECTORS, is_connector, name_of, places_of
from engine.problems import Path, near

Fields = Mapping[str, Data]
NEVER_GIVEN = frozenset({"file", "consent", "fields"})  # a document, a signature: for the applicant alone


def load_facts(load: Loading, fields: Fields) -> dict[str, FactDeclared]:
    """Every fact that can be used, in order; `fields` are the plain data of the top-level fields."""
    fields = {name: one for name, one in fields.items() if isinstance(one, Mapping)}
    found: dict[str, FactDeclared] = {}
    for id, data in mapping(load.data, "facts").items():
        fact = _fact(load, id, data, fields) if isinstance(data, Mapping) else None
        if fact is not None:
            found[id] = fact
    return found


def _fact(load: Loading, id: str, data: Data, fields: Fields) -> FactDeclared | None:
    path: Path = ("facts", id)
    if ("connector" in data) == ("dossiers" in data):
        load.report("fact_of_what", path, at_key=True, id=id)
        return None
    wrong = OF_DOSSIERS if "connector" in data else {"with"}
    for key in sorted(wrong & data.keys()):
        load.report("fact_key_elsewhere", (*path, key), at_key=True, key=key)
    hidden = frozenset(str(role) for role in data.get("hide_from") or () if role)
    for number, role in enumerate(data.get("hide_from") or ()):
        load.known("unknown_role", (*path, "hide_from", number), str(role), mapping(load.data, "roles"))
    if "connector" in data:
        return _of_connector(load, id, data, path, fields, hidden)
    return of_dossiers(load, id, data, fields, hidden)


def _of_connector(
    load: Loading, id: str, data: Data, path: Path, fields: Fields, hidden: frozenset[str]
) -> ConnectorFact | None:
    connector = _connector(load, str(data["connector"]), (*path, "connector"))
    if connector is None:
        return None
    keys = _keys(load, data.get("with"), (*path, "with"), connector, fields)
    if load.data["facts"][id].get("label") is not None:
        load.report("fact_key_elsewhere", (*path, "label"), at_key=True, key="label")
    return None if keys is None else ConnectorFact(id, connector, keys, hidden)


def _connector(load: Loading, name: str, path: Path) -> Connector | None:
    files = [file for file in places_of(CONNECTORS, name) if file in load.bundle.files]
    if not files:
        known = tuple(sorted({name_of(one) for one in load.bundle.shelf if is_connector(one)}))
        load.report(
            "unknown_connector", path, suggestion=near(name, known), name=name, known=known,
            file=places_of(CONNECTORS, name)[0],
        )  # fmt: skip
        return None
    if len(files) > 1:
        load.report("shared_twice", path, name=name, files=tuple(map(load.bundle.name_of, files)))
    return load_connector(load, files[0])


def _keys(
    load: Loading, given: Any, path: Path, connector: Connector, fields: Fields
) -> dict[str, tuple[str, ...]] | None:
    """The path of each thing the connector asks; None when one is missing or unfit."""
    if given is None:
        load.report("missing_key", path[:-1], at_key=True, key="with")
        return None
    if not isinstance(given, Mapping):
        if len(connector.asks) > 1:
            load.report("connector_asks", path, connector=connector.id, asks=tuple(connector.asks))
            return None
        given = {next(iter(connector.asks)): given}
    else:
        for name in given:
            load.known("connector_asks_no", (*path, name), str(name), connector.asks, at_key=True)
        if missing := [name for name in connector.asks if name not in given]:
            load.report("connector_asks", path, connector=connector.id, asks=tuple(missing))
            return None
    found = {
        name: _key(load, str(given[name]), path, fields, KINDS[kind]) for name, kind in connector.asks.items()
    }
    return {name: key for name, key in found.items() if key} if all(found.values()) else None


def _key(load: Loading, text: str, path: Path, fields: Fields, wanted: types.Type) -> tuple[str, ...] | None:
    """`siret`, `person.last_name`: the path of an answer."""
    first, *rest = text.split(".")
    if not load.known("unknown_field", path, first, fields):
        return None
    of = sketch(load, first, fields[first]).type
    for part in rest:
        of = of.members.get(part, types.NULL) if isinstance(of, types.Context) else types.NULL
    if isinstance(of, types.Null | types.Context | types.List) or not types.fits(of, wanted):
        load.report("fact_key_unfit", path, name=text, wanted=type_word(wanted))
        return None
    return (first, *rest)


def load_prefill(load: Loading, fields: Fields) -> Prefill | None:
    """The earlier scheme one may start again from; its fields stand in another file, and are looked at when it is used."""
    data, path = mapping(load.data, "prefill"), ("prefill", "fields")
    taken: dict[str, str] = {}
    for into, source in mapping(data, "fields").items():
        if not load.known("unknown_field", (*path, into), into, fields, at_key=True):
            continue
        if fields[into].get("type") in NEVER_GIVEN:
            load.report("never_given", (*path, into), at_key=True, field=into)
        taken[into] = str(source)
    return Prefill(str(data["from"]), taken) if data.get("from") else None


# -- fields filled in ---------------------------------------------------------------------------------------


def filled_by(load: Loading, data: Data, path: Path, parent: str | None) -> tuple[str, str] | None:
    """The part of a fact that fills a field in: (fact, part)."""
    said = data.get("filled_by")
    if said is None:
        return None
    here = (*path, "filled_by")
    if parent is not None or path[0] != "form":
        load.report("not_yet", here, at_key=True, what="filled_by")
        return None
    name, _, member = str(said).partition(".")
    if name not in load.facts:
        declared = mapping(load.source.data, "facts")
        if name not in declared:  # what is declared and faulty has been told
            load.report("unknown_fact", here, suggestion=near(name, declared), name=name)
        return None
    fact = load.facts[name]
    if not isinstance(fact, ConnectorFact):
        load.report("filled_by_dossiers", here, name=name)
        return None
    if not load.known("unknown_fact_part", here, member, fact.members, of=name):
        return None
    kind, of = str(data["type"]), sketch(load, str(path[-1]), data).type
    if not fills(fact.kind(member), kind, of):
        load.report("fills_unfit", here, part=str(said), kind=fact.kind(member), field=kind)
        return None
    return name, member
