"""The facts a test is given: never taken from the world."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.facts_model import FOUND, ConnectorFact, FactDeclared, feel_value
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping
from engine.language.scenario_model import Facts
from engine.problems import Path, near

ADDED_UP = frozenset({"count", "sum"})  # nothing to add up comes to 0; of no dossier nothing is known


def load_given_facts(load: Loading, data: Data, path: Path) -> Facts:
    """The facts of a test by name and part. A source that says something has found it; earlier dossiers nobody speaks of
    are none."""
    given = mapping(data, "facts")
    found = {name: _given(load, name, parts, (*path, "facts", name)) for name, parts in given.items()}
    return {
        name: nothing_said(fact) | found.get(name, {})
        for name, fact in load.facts.items()
        if _says(fact, found)
    }


def nothing_said(fact: FactDeclared) -> dict[str, object]:
    """What a fact is as long as a test says nothing of a part."""
    if isinstance(fact, ConnectorFact):
        return {FOUND: True}
    return {name: feel_value(fact.kind(name), "0" if name in ADDED_UP else None) for name in fact.members}


def _says(fact: FactDeclared, found: Mapping[str, object]) -> bool:
    return fact.id in found or not isinstance(fact, ConnectorFact)


def _given(load: Loading, name: str, parts: object, path: Path) -> dict[str, object]:
    if name not in load.facts:
        if name not in mapping(load.source.data, "facts"):
            load.report("unknown_fact", path, at_key=True, suggestion=near(name, load.facts), name=name)
        return {}
    found = {}
    for part, value in (parts if isinstance(parts, Mapping) else {}).items():
        known = given_fact(load, (name, str(part)), value, (*path, part))
        if value is not None and known is not None:
            found[str(part)] = known
    return found


def given_fact(load: Loading, of: tuple[str, str], value: object, path: Path) -> object:
    """One part of a fact as FEEL sees it; None, with a problem, for an unknown part or a value that isn't of its kind."""
    name, part = of
    fact = load.facts[name]
    if not load.known("unknown_fact_part", path, part, fact.members, at_key=True, of=name):
        return None
    found = feel_value(fact.kind(part), value)
    if found is None and value is not None:
        load.report("fact_value", path, name=f"{name}.{part}", kind=fact.kind(part), found=str(value))
    return found
