"""Change `reopen`: the applicant may correct named fields, in a draft made from the last filing, until it is filed
again or the dossier moves on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from dossiers.changes import drafts
from dossiers.changes.drafts import Drafted
from dossiers.changes.filing import Named
from dossiers.changes.refusals import Refused
from dossiers.changes.sealing import seal_answers
from dossiers.database import Dossier, Draft, core, table_of
from dossiers.outside.vault import Vault
from engine.kinds import Json
from engine.language import Scheme

CLOSE = delete(table_of(Draft)).where(table_of(Draft).c.dossier_id == bindparam("dossier"))


def draft_context(dossier: Named) -> str:
    """What the sealed answers of a draft are bound to."""
    return f"draft:{dossier.public_id}"


def reopen(
    session: Session,
    vault: Vault,
    scheme: Scheme,
    dossier: Dossier,
    filed: Mapping[str, Json],
    fields: Sequence[str],
    now: datetime,
) -> None:
    """Open these fields for correction. Refuses fields the scheme doesn't have, and a request about nothing."""
    if not fields:
        raise Refused("empty")
    for id in fields:
        if id not in scheme.fields:
            raise Refused("no_such_item", item=id)
    close(session, dossier)
    plain, sealed = seal_answers(vault, scheme, filed, draft_context(dossier))
    seen = list(scheme.form)
    drafts.add(session, dossier.id, Drafted(plain, sealed, seen, 1, now, list(fields)))


def close(session: Session, dossier: Dossier) -> None:
    """End a correction: what was typed and not filed goes."""
    core(session).execute(CLOSE, {"dossier": dossier.id})
