"""Facts beside a dossier: added each time something is learnt, read as the last ones of each name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from dossiers.database import Dossier, FactRow, core, table_of
from dossiers.outside.vault import Vault
from engine import facts
from engine.facts import Kept

FACTS = table_of(FactRow)
ADD = insert(FACTS)
OF_DOSSIER = (
    select(FACTS.c.name, FACTS.c.sealed)
    .where(FACTS.c.dossier_id == bindparam("dossier"))
    .order_by(FACTS.c.id)
)
REPLACED = delete(FACTS).where(FACTS.c.dossier_id == bindparam("dossier"), FACTS.c.name == bindparam("of"))


def context(public_id: str, name: str) -> str:
    """What a sealed fact is bound to."""
    return f"fact:{public_id}:{name}"


def of_dossier(session: Session, vault: Vault, dossier: Dossier) -> dict[str, Kept]:
    """The facts of a dossier by name, the last ones."""
    rows = core(session).execute(OF_DOSSIER, {"dossier": dossier.id})
    return opened(vault, dossier.public_id, {row.name: row.sealed for row in rows})


def every(session: Session, vault: Vault, dossier: Dossier) -> tuple[Kept, ...]:
    """All that was ever kept beside a dossier, oldest first."""
    rows = core(session).execute(OF_DOSSIER, {"dossier": dossier.id})
    return tuple(opened(vault, dossier.public_id, {row.name: row.sealed})[row.name] for row in rows)


def sealed_of(session: Session, dossiers: Any) -> dict[int, dict[str, bytes]]:
    """The last facts of several dossiers (ids, or a query that gives them), as they are sealed."""
    columns = FACTS.c.dossier_id, FACTS.c.name, FACTS.c.sealed
    query = select(*columns).where(FACTS.c.dossier_id.in_(dossiers)).order_by(FACTS.c.id)
    found: dict[int, dict[str, bytes]] = {}
    for dossier_id, name, sealed in core(session).execute(query):
        found.setdefault(dossier_id, {})[name] = sealed
    return found


def opened(vault: Vault, public_id: str, sealed: Mapping[str, bytes]) -> dict[str, Kept]:
    """Facts as they were sealed, by name."""
    return {
        name: facts.from_json(json.loads(vault.open(one, context(public_id, name))))
        for name, one in sealed.items()
    }


class Beside(Protocol):
    """The dossier facts are kept beside."""

    id: Any
    public_id: Any
    filed_at: Any


def add(session: Session, vault: Vault, dossier: Beside, learnt: Iterable[Kept]) -> None:
    """Keep what was learnt; in a draft it takes the place of what was known before, which nothing was decided by."""
    for one in learnt:
        if dossier.filed_at is None:
            core(session).execute(REPLACED, {"dossier": dossier.id, "of": one.name})
        content = json.dumps(facts.to_json(one)).encode()
        row = {"dossier_id": dossier.id, "name": one.name, "source": one.source, "status": one.status}
        row |= {"at": one.at, "sealed": vault.seal(content, context(dossier.public_id, one.name))}
        core(session).execute(ADD, row)
