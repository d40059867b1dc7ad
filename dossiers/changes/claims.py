"""What may be asked for once only (`once`): a claim on the value, which the database holds unique."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dossiers.changes.refusals import Refused
from dossiers.database import Dossier, OnceClaim
from dossiers.outside.vault import Vault
from engine.kinds import Json
from engine.language import Scheme


def claim(session: Session, vault: Vault, scheme: Scheme, dossier: Dossier, kept: Mapping[str, Json]) -> None:
    """Claim the values of the fields asked once, for this dossier; after `release` when it claimed some before.

    Only a keyed digest is kept (a blind index), so the table tells nothing of an IBAN. Raises Refused("duplicate",
    text, field) when another dossier of the scheme holds one.
    """
    for field in scheme.fields.values():
        if field.once is None or kept.get(field.id) is None:
            continue
        digest = vault.blind_index(f"{scheme.id}/{field.id}/{_canonical(kept[field.id])}")
        row = insert(OnceClaim).values(
            scheme_id=dossier.scheme_id, field=field.id, digest=digest, dossier_id=dossier.id
        )
        try:
            with session.begin_nested():
                session.execute(row)
        except IntegrityError as error:
            raise Refused("duplicate", text=field.once.otherwise, field=field.id) from error


def release(session: Session, dossier: Dossier) -> None:
    """Let others claim what this dossier claimed: it ended without a decision, or claims anew."""
    session.execute(delete(OnceClaim).where(OnceClaim.dossier_id == dossier.id))


def _canonical(answer: Json) -> str:
    return json.dumps(answer, sort_keys=True, ensure_ascii=False).casefold()
