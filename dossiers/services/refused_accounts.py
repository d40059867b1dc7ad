"""Whether an account given for a payment that came back is one on which the bank took no money before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from dossiers.database import PaymentRow
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from dossiers.services.payment_lines import account_digest
from engine.kinds import Json
from engine.language import Scheme
from engine.problems import AnswerProblem


def refused_again(
    work: Work, opened: Opened, asked: Iterable[str], answers: Mapping[str, Json]
) -> tuple[AnswerProblem, ...]:
    """One problem for each of the accounts asked for whose answer is one the bank refused for this dossier."""
    wanted = accounts(opened.scheme) & set(asked)
    given = {id: answer for id in sorted(wanted) if isinstance(answer := answers.get(id), str)}
    if not given or opened.dossier.filed_at is None:
        return ()
    refused = (PaymentRow.dossier_id == opened.dossier.id, PaymentRow.refused_account.is_not(None))
    known = set(work.session.scalars(select(PaymentRow.refused_account).where(*refused)))
    return tuple(
        AnswerProblem((id,), "account_refused", {})
        for id, iban in given.items()
        if known and account_digest(work, iban) in known
    )


def accounts(scheme: Scheme) -> frozenset[str]:
    """The fields that ask for an account to be paid on."""
    return (
        frozenset(parts["iban"] for parts in scheme.award.paid_to.values()) if scheme.award else frozenset()
    )
