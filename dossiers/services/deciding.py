"""What a decision rests on besides the answers, kept beside it: what other dossiers came to, and what the rules said by it."""

from __future__ import annotations

from dossiers.changes import amounts
from dossiers.services import earlier, facts, likeness, verdicts
from dossiers.services.cases import Case, kept_verdict
from dossiers.services.desk import Work
from dossiers.services.masking import crossed_out
from dossiers.services.snapshot import currency
from engine.award import compute


def keep(work: Work, case: Case, decision: str) -> None:
    """Keep it when a dossier is decided ("granted", "refused"); nothing where no rule rests on other dossiers. The verdict and
    the amount are kept anew only where they are no longer what they were. Called after the dossier's revision was raised."""
    if decision == "granted":
        likeness.write_if_missing(work, case)  # what is granted counts for other schemes from now on
    if not earlier.of_scheme(case.scheme):
        return
    facts.keep_earlier(work, case.opened, case.reading)
    verdict = case.verdict
    if verdict is None or crossed_out(case.scheme, verdict) == kept_verdict(work, case.dossier):
        return
    amount = compute(case.reading, verdict).amount
    verdicts.keep(work, case, amount)
    link = amounts.Link(by="system", why="decided", at=work.now, currency=currency(case))
    amounts.record_computed_anew(work.session, case.dossier, amount, link)
