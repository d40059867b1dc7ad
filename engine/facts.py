"""Facts from outside: what to ask a connector, what its response says, and how a fact is kept with its source and time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal, TypeAlias, cast
from urllib.parse import quote

from engine.asked import Facts, Known
from engine.kinds import Json, Slips, kind_of
from engine.kinds.kind import members
from engine.language import Scheme
from engine.language.expressions import Expression, as_json
from engine.language.facts_model import FOUND, PARTS, Connector, ConnectorFact, FactDeclared, feel_value
from engine.language.model import Field

# found: it is there; missing: the source knows none such; down: the source gave no answer; wrong: an answer nobody can read
Status: TypeAlias = Literal["found", "missing", "down", "wrong"]
ESTABLISHED = frozenset({"found", "missing"})
LONGEST_TEXT = 2000
OTHERS = "dossiers"  # beside what earlier dossiers come to, which ones they were (the first of them)
_NEVER, _ZONE = datetime(2000, 1, 1, tzinfo=UTC), UTC  # what a connector says depends on no clock


@dataclass(frozen=True, slots=True)
class Request:
    """What to get: the address without its query, what follows it, the headers."""

    url: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact as it is kept: what was asked, of whom (a connector's id; "" for earlier dossiers), when, what came of it.

    `values` is JSON, by part; empty unless it was found. What earlier dossiers come to says which ones (OTHERS).
    """

    name: str
    source: str
    status: Status
    at: datetime
    asked: Mapping[str, Json]
    values: Mapping[str, Json]


def request_of(connector: Connector, asked: Mapping[str, Json]) -> Request:
    """How a connector is asked about these answers."""
    scope = {"asked": {name: feel_value(kind, asked.get(name)) for name, kind in connector.asks.items()}}
    parts = connector.call.url.parts("")
    url = "".join(
        part if isinstance(part, str) else quote(_text(_run(part, scope)), safe="") for part in parts
    )
    query = tuple(
        (name, text) for name, value in connector.call.query.items() for text in _texts(_run(value, scope))
    )
    return Request(url, query, connector.call.headers)


def read_response(
    connector: Connector, asked: Mapping[str, Json], response: object
) -> Mapping[str, Json] | None:
    """What a response says, by part; None when there is no such thing. Numbers of `response` are Decimals."""
    told = {name: feel_value(kind, asked.get(name)) for name, kind in connector.asks.items()}
    scope: dict[str, object] = {"asked": told, "response": response}
    scope[FOUND] = _run(connector.found, scope)
    if scope[FOUND] is None:
        return None
    return {name: _fitting(one.kind, _run(one.value, scope)) for name, one in connector.gives.items()}


def _run(expression: Expression, scope: Mapping[str, object]) -> object:
    return expression.value(scope, _NEVER, _ZONE)


def _texts(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if one is not None:
            yield _text(one)


def _text(value: object) -> str:
    found = as_json(value)
    return (
        ""
        if found is None
        else {True: "true", False: "false"}[found]
        if isinstance(found, bool)
        else str(found)
    )


# -- values -------------------------------------------------------------------------------------------------


def _fitting(kind: str, value: object) -> Json:
    """A value of a response as its kind is kept; None for what is none of that kind: a source may change its mind."""
    found = as_json(value)
    if kind == "address":
        return _address(found)
    if kind == "text" and isinstance(value, Decimal):
        return str(found)
    if kind == "text":
        return found.strip()[:LONGEST_TEXT] or None if isinstance(found, str) else None
    return found if feel_value(kind, found) is not None else None


def _address(found: Json) -> Json:
    parts = {part: str(text)[:120] for part in PARTS if (text := members(found).get(part))}
    return parts or None


def known(scheme: Scheme, kept: Mapping[str, Kept]) -> Facts:
    """The facts kept, as a reading wants them; one that was not established is not known."""
    return {
        name: Known(_feel_values(scheme.facts[name], one), one.asked)
        for name, one in kept.items()
        if name in scheme.facts and one.status in ESTABLISHED
    }


def _feel_values(fact: FactDeclared, kept: Kept) -> dict[str, object]:
    found: dict[str, object] = {}
    if isinstance(fact, ConnectorFact):
        found[FOUND] = kept.status == "found"
    for name, value in kept.values.items():
        if name in fact.members and name != FOUND:
            found[name] = feel_value(fact.kind(name), value)
    return found


# -- fields filled in ---------------------------------------------------------------------------------------


def suggestion(field: Field, kept: Mapping[str, Kept]) -> Json:
    """What a fact would put into a field, as its answer is stored; None when it is not known, or doesn't fit the field."""
    if field.filled_by is None or (one := kept.get(field.filled_by[0])) is None or one.status != "found":
        return None
    return fitted(field, one.values.get(field.filled_by[1]))


def fitted(field: Field, value: Json) -> Json:
    """A value as the field stores it, as if it had been typed; None when the field would refuse it."""
    if value is None:
        return None
    kind = kind_of(field)
    try:
        read = kind.read(field, kind.raw(field, value))
    except (KeyError, ValueError, TypeError, ArithmeticError):
        return None
    return None if isinstance(read, Slips) else read


# -- keeping ------------------------------------------------------------------------------------------------


def to_json(kept: Kept) -> dict[str, Json]:
    """As plain JSON."""
    return {
        "name": kept.name,
        "source": kept.source,
        "status": kept.status,
        "at": kept.at.isoformat(),
        "asked": dict(kept.asked),
        "values": dict(kept.values),
    }


def from_json(data: object) -> Kept:
    """The fact written by `to_json`."""
    found = members(data)
    return Kept(
        str(found["name"]),
        str(found["source"]),
        cast("Status", str(found["status"])),
        datetime.fromisoformat(str(found["at"])),
        members(found["asked"]),
        members(found["values"]),
    )
