"""What a draft holds of typing that can't be read yet, sealed, and which tab changed which field last."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from dossiers.changes.drafts import Drafted
from dossiers.database import Dossier
from dossiers.outside.vault import Vault
from engine.kinds import Json
from engine.kinds.kind import Controls, items

Typed = Mapping[str, Controls]
State = tuple[Mapping[str, Json], Typed]


@dataclass(frozen=True, slots=True)
class Touch:
    """When a field was last changed, and by which tab ("" for one without a script)."""

    revision: int
    at: datetime
    tab: str


def seal_typed(vault: Vault, typed: Typed, dossier: Dossier) -> bytes | None:
    """The controls by field, as they are kept: whatever they are about, somebody typed them in private."""
    return vault.seal(json.dumps(typed).encode(), _context(dossier)) if typed else None


def open_typed(vault: Vault, sealed: bytes | None, dossier: Dossier) -> dict[str, Controls]:
    """The controls by field."""
    return {} if sealed is None else json.loads(vault.open(sealed, _context(dossier)))


def touched(
    draft: Drafted, before: State, after: State, now: datetime, tab: str, rows_of: Collection[str] = ()
) -> dict[str, Any]:
    """Which fields were changed when and from where, after one change more; an answer and what is typed both count. Of the
    repeats `rows_of`, each row is known apart, as `children/1`."""
    known = dict(draft.touched or {})
    for id in {*before[0], *after[0], *before[1], *after[1]}:
        if any(old.get(id) != new.get(id) for old, new in zip(before, after, strict=True)):
            names = [id, *(_rows_changed(id, before[0].get(id), after[0].get(id)) if id in rows_of else ())]
            known |= {name: [draft.revision + 1, now.isoformat(), tab] for name in names}
    return known


def _rows_changed(id: str, old: Json, new: Json) -> Iterator[str]:
    for number, (was, now) in enumerate(zip_longest(items(old), items(new))):
        if was != now:
            yield f"{id}/{number}"


def touch(draft: Drafted, id: str) -> Touch | None:
    """The last change of a field; None when it was never changed."""
    found = (draft.touched or {}).get(id)
    return None if found is None else Touch(found[0], datetime.fromisoformat(found[1]), found[2])


def _context(dossier: Dossier) -> str:
    return f"typed:{dossier.public_id}"
