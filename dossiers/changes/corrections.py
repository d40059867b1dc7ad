"""Change `reopen`: the applicant may correct named fields, in a draft made from the last filing, until it is filed
again or the dossier moves on. So is what the applicant changes of their own will, where the scheme lets them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlalchemy.orm import Session

from dossiers.changes import drafts
from dossiers.changes.drafts import Drafted
from dossiers.changes.filing import Named
from dossiers.changes.refusals import Refused
from dossiers.changes.sealing import open_answers, seal_answers
from dossiers.database import Dossier, Draft, core, table_of
from dossiers.outside.vault import Vault
from engine.asked.cells import head_of
from engine.kinds import Json
from engine.language import Scheme

DRAFTS = table_of(Draft)
CLOSE = delete(DRAFTS).where(DRAFTS.c.dossier_id == bindparam("dossier"))
CLOSE_CORRECTION = CLOSE.where(DRAFTS.c.reopened.is_not(None))


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
    """Open these fields for correction: none, when documents alone are asked. Refuses fields the scheme doesn't have."""
    heads = {head_of(id) for id in fields}
    for id in fields:
        if head_of(id) not in scheme.fields:
            raise Refused("no_such_item", item=id)
    changed = _edited(session, vault, dossier, filed)
    close(session, dossier)
    asked = {id: answer for id, answer in changed.items() if id in heads}
    plain, sealed = seal_answers(vault, scheme, {**filed, **asked}, draft_context(dossier))
    rest = {id: answer for id, answer in changed.items() if id not in heads}
    aside = vault.seal(json.dumps(rest).encode(), aside_context(dossier)) if rest else None
    draft = Drafted(plain, sealed, list(scheme.form), 1, now, list(fields), set_aside=aside)
    drafts.add(session, dossier.id, draft)


def close(session: Session, dossier: Dossier) -> None:
    """End what is being answered: it has just been filed, or is given up."""
    core(session).execute(CLOSE, {"dossier": dossier.id})


def close_correction(session: Session, dossier: Dossier) -> None:
    """End a correction nobody finished. What the applicant changes of their own will stays: the office was only faster."""
    core(session).execute(CLOSE_CORRECTION, {"dossier": dossier.id})


def begin_edit(
    session: Session,
    vault: Vault,
    scheme: Scheme,
    dossier: Dossier,
    filed: Mapping[str, Json],
    now: datetime,
) -> None:
    """Let the applicant change what was filed, in a draft of its own."""
    plain, sealed = seal_answers(vault, scheme, filed, draft_context(dossier))
    drafts.add(session, dossier.id, Drafted(plain, sealed, list(scheme.form), 1, now, None))


def _edited(session: Session, vault: Vault, dossier: Dossier, filed: Mapping[str, Json]) -> dict[str, Json]:
    """What the applicant was changing of their own will when the office asked for a correction."""
    draft = drafts.find(session, dossier.id)
    if draft is None or draft.reopened is not None:
        return {}
    return changed(filed, open_answers(vault, draft.answers, draft.sealed, draft_context(dossier)))


def changed(before: Mapping[str, Json], after: Mapping[str, Json]) -> dict[str, Json]:
    """The answers that differ, as they are afterwards."""
    ids = (*before, *(id for id in after if id not in before))
    return {id: after.get(id) for id in ids if _given(before.get(id)) != _given(after.get(id))}


def _given(answer: Json | None) -> Json | None:
    return None if answer == [] else answer


def set_aside(vault: Vault, draft: Drafted, dossier: Dossier) -> dict[str, Json]:
    """The changes the office was faster than, kept beside a correction."""
    return {} if draft.set_aside is None else json.loads(vault.open(draft.set_aside, aside_context(dossier)))


def aside_context(dossier: Dossier) -> str:
    """What the changes set aside are bound to."""
    return f"set aside:{dossier.public_id}"
