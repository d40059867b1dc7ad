"""The parties of a scheme, which pages are asked of each, and from whom answers are hidden."""

from __future__ import annotations

from collections.abc import Mapping

from engine.feel import types
from engine.language.expressions import Expression
from engine.language.form_model import APPLICANT
from engine.language.loader.later_forms import once_open
from engine.language.loader.layout import both
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping
from engine.language.party_model import Party, Representative
from engine.problems import Path

SYSTEM = "system"


def party_names(load: Loading) -> tuple[str, ...]:
    """Who may be asked, sign and be kept from reading: the applicant and the parties declared, faulty ones included."""
    return (APPLICANT, *mapping(load.source.data, "parties"))


def load_parties(load: Loading) -> dict[str, Party]:
    """Every party, in order."""
    return {
        id: _party(load, id, data)
        for id, data in mapping(load.data, "parties").items()
        if isinstance(data, Mapping)
    }


def _party(load: Loading, id: str, data: Data) -> Party:
    path: Path = ("parties", id)
    taken = {*mapping(load.source.data, "roles"), APPLICANT, SYSTEM}
    if id in taken:
        load.report("party_is_role", path, at_key=True, id=id)
    fields = load.field_names()
    email, name = str(data.get("email", "")), data.get("name")
    if email:
        load.known("unknown_field", (*path, "email"), email, fields)
    if name is not None:
        load.known("unknown_field", (*path, "name"), str(name), fields)
    when = load.expression(data, "when", path, load.scope, types.BOOLEAN)
    return Party(id, load.label(data, path, id), email, None if name is None else str(name), when)


def load_representative(load: Loading) -> Representative | None:
    """Who may apply in the applicant's place; None where nobody does."""
    data, path = mapping(load.data, "representative"), ("representative",)
    named = {key: data.get(key) for key in ("name", "represents", "mandate")}
    for key, name in named.items():
        if name is not None and not load.known("unknown_field", (*path, key), str(name), load.field_names()):
            named[key] = None
    if any(name is None for name in named.values()):
        return None
    actions = mapping(mapping(load.source.data, "workflow"), "actions")
    may_not = [str(one) for one in data.get("may_not") or () if one is not None]
    for number, action in enumerate(may_not):
        load.known("unknown_action", (*path, "may_not", number), action, actions)
    when = load.expression(data, "when", path, load.scope, types.BOOLEAN)
    label = load.label(data, path, "representative")
    return Representative(
        label, **{key: str(name) for key, name in named.items()}, when=when, may_not=tuple(may_not)
    )


def asked_of(load: Loading, data: Data, path: Path) -> str:
    """The party a page is asked of; one of a form asked later is the applicant's (see `later_uses`)."""
    said = data.get("asked_of")
    if (
        path[-1] in load.later
        or said is None
        or not load.known("unknown_party", (*path, "asked_of"), str(said), party_names(load))
    ):
        return APPLICANT
    return str(said)


def asked_when(load: Loading, data: Data, path: Path, parties: Mapping[str, Party]) -> Expression | None:
    """When a page is asked: when its own condition holds, there is somebody to ask, and, in a form asked later, it is time."""
    return both(once_open(load, str(path[-1])), _asked_when(load, data, path, parties))


def _asked_when(load: Loading, data: Data, path: Path, parties: Mapping[str, Party]) -> Expression | None:
    own = load.expression(data, "when", path, load.scope, types.BOOLEAN)
    party = parties.get(str(data.get("asked_of")))
    there = party.when if party else None
    if own is None or there is None:
        return own or there
    joined = {"when": f"({there.text}) and ({own.text})"}
    return load.expression(joined, "when", path, load.scope, types.BOOLEAN)


def hidden_from(load: Loading, data: Data, path: Path) -> frozenset[str]:
    """Who doesn't see a field or a page: roles, and parties."""
    who = list(data.get("hide_from", ()))
    known = (*mapping(load.source.data, "roles"), *party_names(load))
    for number, one in enumerate(who):
        if one is not None:
            load.known("unknown_role", (*path, "hide_from", number), one, known)
    return frozenset(str(one) for one in who if one is not None)
