"""The lines of a payment batch: who is paid on which account, and the dossiers that are not ready to be paid."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from dossiers.database import PaymentBatch, PaymentRow
from dossiers.services.cases import Case, load, situation
from dossiers.services.desk import Work
from dossiers.services.opened import by_id
from dossiers.services.payment_batch_views import Line
from dossiers.services.snapshot import applicant_name
from engine.language.model import APPLICANT
from workflows import lifecycle
from workflows.lifecycle import Actor


def lines_of(
    work: Work,
    actor: Actor,
    rows: Iterable[PaymentRow],
    finished: Callable[[Case, Line], Line] = lambda case, line: line,
) -> tuple[Line, ...]:
    """A line for each payment that this actor could note as made now; the others wait: a document is awaited, the
    dossier is suspended, nobody knows the account, or the bank has refused it before. `finished` has the last word on each."""
    by_dossier: dict[int, list[PaymentRow]] = {}
    for row in rows:
        by_dossier.setdefault(row.dossier_id, []).append(row)
    refused = _refused(work, by_dossier)
    found: list[Line] = []
    for dossier_id, mine in by_dossier.items():
        opened = by_id(work, dossier_id, lock=False)
        if opened is None or opened.dossier.purged_at is not None:
            continue
        case = load(work, opened)
        ready = (
            mine
            if paying_action(work, case, actor) is not None
            else [row for row in mine if _apart(case, row)]
        )
        found += [
            finished(case, line)
            for row in ready
            if (line := _line(case, row)) is not None
            and (dossier_id, account_digest(work, line.iban)) not in refused
        ]
    return tuple(found)


def paying_action(work: Work, case: Case, actor: Actor) -> str | None:
    """The action done by batches that this actor may do on a dossier now."""
    offers = lifecycle.offers(situation(work, case), actor)
    return next((one.action.id for one in offers if one.action.batch and one.refusal is None), None)


def account_digest(work: Work, iban: str) -> str:
    """What is kept of an account to know it again."""
    return work.office.vault.blind_index(f"account/{iban}")


def sealed(work: Work, public_id: str, lines: Iterable[Line]) -> bytes:
    """The lines of a batch as they are kept, encrypted."""
    text = json.dumps([asdict(line) for line in lines], ensure_ascii=False)
    return work.office.vault.seal(text.encode(), f"batch/{public_id}")


def frozen(work: Work, row: PaymentBatch) -> tuple[Line, ...]:
    """The lines of a batch as they were kept."""
    content = work.office.vault.open(row.frozen or b"", f"batch/{row.public_id}")
    return tuple(Line(**{**one, "cells": tuple(one.get("cells", ()))}) for one in json.loads(content))


def _refused(work: Work, dossiers: Iterable[int]) -> frozenset[tuple[int, str]]:
    """The accounts on which the bank took no money for these dossiers."""
    query = select(PaymentRow.dossier_id, PaymentRow.refused_account).where(
        PaymentRow.state == "rejected", PaymentRow.refused_account.is_not(None)
    )
    wanted = set(dossiers)
    rows = work.session.execute(query).all() if wanted else ()
    return frozenset((id, account) for id, account in rows if id in wanted and account is not None)


def _apart(case: Case, row: PaymentRow) -> bool:
    """Whether a payment that came back is made again without moving the dossier: its payment was noted before."""
    actions = case.scheme.workflow.actions.values()
    return row.instead_of is not None and any(one.batch and one.to == case.dossier.state for one in actions)


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
