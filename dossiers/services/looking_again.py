"""Looking again, after a deposit, for what no source had said by then; the rules are then judged by it, as they are by a
document that came later."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dossiers import journal
from dossiers.changes import amounts
from dossiers.changes import facts as rows
from dossiers.office import Office
from dossiers.services import verdicts
from dossiers.services.cases import Case, load
from dossiers.services.desk import Desk, Work, preceded_by
from dossiers.services.facts import LONGEST, Learnt, as_kept, ask, still_asked, wanted
from dossiers.services.filling import read
from dossiers.services.opened import by_id
from dossiers.services.progress import follow_automatic
from dossiers.services.snapshot import currency
from dossiers.services.source_views import Wanted
from engine.award import compute
from engine.eligibility import judge
from engine.facts import ESTABLISHED
from workflows.lifecycle import SYSTEM

FOUND_OUT = "verified"


def missing(work: Work, dossier_id: int) -> tuple[Wanted, ...]:
    """What is still to be looked up of a filed dossier; nothing once it is anonymised."""
    opened = by_id(work, dossier_id, lock=False)
    if opened is None or opened.dossier.purged_at is not None or opened.dossier.filed_at is None:
        return ()
    case = load(work, opened)
    return wanted(work, case.reading, case.kept)


def _asked(office: Office, now: datetime, dossier_id: int) -> tuple[Learnt, ...]:
    return ask(office, Desk(office).read(missing, dossier_id), LONGEST)


@preceded_by(_asked)
def look_again(work: Work, dossier_id: int) -> tuple[str, ...]:
    """Keep what the sources say now, judge the dossier by it unless it is decided, and let the system go on from there.

    Returns why there is still no answer, by source. The sources are asked before, without a transaction.
    """
    learnt: tuple[Learnt, ...] = work.prepared
    opened = by_id(work, dossier_id)
    if not learnt or opened is None or opened.dossier.purged_at is not None:
        return ()
    case = load(work, opened)
    now_known = [one for one in still_asked(case.reading, learnt) if one.answer.status in ESTABLISHED]
    if now_known:
        _take(work, case, now_known)
    return tuple(
        f"{one.wanted.connector.id}: {one.answer.reason}"
        for one in learnt
        if one.answer.status not in ESTABLISHED
    )


def _take(work: Work, case: Case, learnt: list[Learnt]) -> None:
    kept = {one.wanted.name: as_kept(one, work.now) for one in learnt}
    rows.add(work.session, work.office.vault, case.dossier, kept.values())
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=SYSTEM,
        action=FOUND_OUT,
        at=work.now,
        payload={"facts": {name: one.status for name, one in kept.items()}},
        dossier_id=case.dossier.id,
    )
    known = {**case.kept, **kept}
    judge_again(
        work, replace(case, reading=read(work, case.opened, case.filed.answers, known), kept=known), FOUND_OUT
    )


def judge_again(work: Work, case: Case, why: str) -> None:
    """Judge by what is known now, unless the dossier is decided, and let the system go on from there."""
    state = case.scheme.workflow.states[case.dossier.state]
    if case.dossier.decided_at is not None or state.decision is not None or state.kind == "end":
        return
    judged = replace(case, verdict=judge(case.reading))
    _keep(work, judged, why)
    follow_automatic(work, judged)


def _keep(work: Work, case: Case, why: str) -> None:
    """The verdict and the amount beside those of the deposit; who has the dossier open is told that it changed."""
    assert case.verdict is not None
    computation = compute(case.reading, case.verdict)
    verdicts.keep(work, case, computation.amount)
    case.dossier.revision += 1
    work.session.flush()
    link = amounts.Link(by="system", why=why, at=work.now, currency=currency(case))
    amounts.record_computed_anew(work.session, case.dossier, computation.amount, link)
