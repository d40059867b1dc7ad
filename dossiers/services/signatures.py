"""Signatures as they stand: who has signed what; a later change of what somebody signed makes theirs void."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from dossiers import journal
from dossiers.database import Party, Signature
from dossiers.services import correspondence
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from engine.asked import Reading
from engine.asked.parties import concerned, signed_digest
from engine.language.model import APPLICANT, Action
from workflows.lifecycle import SYSTEM
from workflows.signing import signed_in, signers


def rows(work: Work, opened: Opened) -> Mapping[str, Signature]:
    """The signatures of a dossier by party, those only begun too."""
    query = select(Signature).where(Signature.dossier_id == opened.dossier.id)
    return {row.role: row for row in work.session.scalars(query)}


def digest(opened: Opened, reading: Reading, party: str, action: Action) -> str:
    """What a party signs, in 64 signs."""
    return signed_digest(reading, party, action.signs, opened.number)


def standing(work: Work, opened: Opened, reading: Reading, action: Action) -> frozenset[str]:
    """Those whose signature of an action stands: what they signed is what is answered."""
    return frozenset(
        party for party, row in rows(work, opened).items() if _stands(row, opened, reading, action)
    )


def _stands(row: Signature, opened: Opened, reading: Reading, action: Action) -> bool:
    signed = row.signed_at is not None and row.action == action.id
    return signed and row.digest == digest(opened, reading, row.role, action)


def missing(work: Work, opened: Opened, reading: Reading, action: Action) -> tuple[str, ...]:
    """Those who have still to sign."""
    stand = standing(work, opened, reading, action)
    return tuple(who for who in signers(action, concerned(reading)) if who not in stand)


def void_changed(work: Work, opened: Opened, reading: Reading) -> None:
    """Take back the signatures whose answers have changed since, and ask those who gave them to sign again."""
    action = signed_in(opened.scheme.workflow, opened.dossier.state)
    if action is None or opened.dossier.filed_at is None:
        return
    void(
        work,
        opened,
        action,
        [
            role
            for role, row in rows(work, opened).items()
            if row.signed_at is not None and not _stands(row, opened, reading, action)
        ],
    )


def void(work: Work, opened: Opened, action: Action, parties: Collection[str]) -> None:
    """Take back these signatures, and tell who gave them."""
    known = rows(work, opened)
    for party in parties:
        row = known[party]
        row.signed_at, row.code_key = None, None
        payload = {"party": party, "signed": action.id, "digest": row.digest}
        journal.record(
            work.session,
            stream=opened.stream,
            actor=SYSTEM,
            action="signature_void",
            at=work.now,
            payload=payload,
            dossier_id=opened.dossier.id,
        )
        to, language = address(work, opened, party)
        about = int(work.now.timestamp())
        correspondence.tell(work, opened.dossier, "sign_again", about=about, to=to, language=language)


def address(work: Work, opened: Opened, party: str) -> tuple[str, str]:
    """Where a party is written to, and in which language."""
    dossier = opened.dossier
    if party == APPLICANT:
        return dossier.email, dossier.language
    query = select(Party.email, Party.language).where(Party.dossier_id == dossier.id, Party.role == party)
    row = work.session.execute(query).first()
    return ("", dossier.language) if row is None else (row.email or "", row.language or dossier.language)
