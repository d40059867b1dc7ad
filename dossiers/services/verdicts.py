"""What the rules said of a filing, kept beside it for good; sensitive values are crossed out of the explanation."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import insert

from dossiers.changes.amounts import to_cents
from dossiers.database import VerdictRow, core, table_of
from dossiers.services import perimeters, recusals
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.masking import crossed_out
from workflows.distribution import groups_of

ADD = insert(table_of(VerdictRow))


def keep(work: Work, case: Case, amount: Decimal | None) -> None:
    """Write the verdict of a case's filing under the version it is read by, with the amount it comes to; by the same answers
    it is judged whose dossier it is then, and who steps aside."""
    assert case.verdict is not None
    shown = crossed_out(case.scheme, case.verdict)
    row = {
        "dossier_id": case.dossier.id,
        "filing_id": case.filed.id,
        "version_id": case.opened.version_id,
        "at": work.now,
        "eligible": case.verdict.eligible,
        "rules": shown.to_json(),
        "amount_cents": None if amount is None else to_cents(amount),
    }
    core(work.session).execute(ADD, row)
    if case.scheme.groups:
        perimeters.keep(work, case.dossier.id, groups_of(case.scheme, case.reading, amount))
    recusals.follow(work, case)
