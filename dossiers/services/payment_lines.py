"""The lines of a payment batch: who is paid on which account, and the dossiers that are not ready to be paid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dossiers.database import PaymentRow
from dossiers.services.cases import Case, load, situation
from dossiers.services.desk import Work
from dossiers.services.opened import by_id
from dossiers.services.payment_batch_views import Line
from dossiers.services.snapshot import applicant_name
from engine.language.model import APPLICANT
from workflows import lifecycle
from workflows.lifecycle import Actor


def lines_of(work: Work, actor: Actor, rows: Iterable[PaymentRow]) -> tuple[Line, ...]:
    """A line for each payment that this actor could note as made now; the others wait: a document is awaited, the
    dossier is suspended, nobody knows the account."""
    by_dossier: dict[int, list[PaymentRow]] = {}
    for row in rows:
        by_dossier.setdefault(row.dossier_id, []).append(row)
    found: list[Line] = []
    for dossier_id, mine in by_dossier.items():
        opened = by_id(work, dossier_id, lock=False)
        if opened is None or opened.dossier.purged_at is not None:
            continue
        case = load(work, opened)
        if paying_action(work, case, actor) is not None:
            found += [line for row in mine if (line := _line(case, row)) is not None]
    return tuple(found)


def paying_action(work: Work, case: Case, actor: Actor) -> str | None:
    """The action done by batches that this actor may do on a dossier now."""
    offers = lifecycle.offers(situation(work, case), actor)
    return next((one.action.id for one in offers if one.action.batch and one.refusal is None), None)


def _line(case: Case, row: PaymentRow) -> Line | None:
    award = case.scheme.award
    parts = award.paid_to.get(row.payee) if award else None
    iban = case.reading.answers.get(parts["iban"]) if parts else None
    if not iban:
        return None
    return Line(
        payment=row.id,
        dossier=case.dossier.public_id,
        reference=case.dossier.reference or "",
        name=_name(case, row.payee),
        iban=str(iban).replace(" ", ""),
        cents=row.cents,
        instalment=row.instalment,
    )


def _name(case: Case, payee: str) -> str:
    """The applicant, or the name a party bears in the answers."""
    party = case.scheme.parties.get(payee)
    found: Any = case.reading.answers.get(party.name) if party is not None and party.name else None
    if payee == APPLICANT or not found:
        return applicant_name(case)
    return f"{found['first_name']} {found['last_name']}" if isinstance(found, dict) else str(found)
