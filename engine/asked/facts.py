"""What is known besides the answers, as the rules see it: a fact holds only as long as the answers it was found by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.kinds import Json
from engine.kinds.kind import members
from engine.language.expressions import as_json
from engine.language.facts_model import DossiersFact, FactDeclared


@dataclass(frozen=True, slots=True)
class Known:
    """The parts of a fact, as FEEL values; `asked`: the answers it was found by (None: it was given, whatever they are)."""

    values: Mapping[str, object]
    asked: Mapping[str, Json] | None = None


Facts: TypeAlias = Mapping[str, Known]


def keys_of(fact: FactDeclared, values: Mapping[str, object]) -> Mapping[str, Json] | None:
    """What a fact is found by, as JSON; None while one of these answers is missing. Of earlier dossiers one answer is
    enough: a group of companies nobody was asked about has no members."""
    found = {name: as_json(_at(values, path)) for name, path in fact.keys.items()}
    if isinstance(fact, DossiersFact):
        return found if any(one not in (None, "", []) for one in found.values()) else None
    return None if any(one in (None, "") for one in found.values()) else found


def settled(fact: FactDeclared, known: Known | None, values: Mapping[str, object]) -> Mapping[str, object]:
    """A fact as the rules read it: every part unknown where it isn't established for these answers."""
    unknown: dict[str, object] = dict.fromkeys(fact.members)
    if known is None or (known.asked is not None and known.asked != keys_of(fact, values)):
        return unknown
    return unknown | {name: known.values[name] for name in fact.members if name in known.values}


def _at(values: Mapping[str, object], path: tuple[str, ...]) -> object:
    found: object = values
    for number, step in enumerate(path):
        if isinstance(found, list):  # the rows of a repeat
            return [_at(members(row), path[number:]) for row in found]
        found = members(found).get(step)
    return found
