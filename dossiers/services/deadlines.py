"""What time brings: a deadline fired by the worker. Everything is read again; what is no longer due does nothing."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.database import DeadlineRow
from dossiers.services import handing_over, noting, signatures, voting
from dossiers.services.cases import Case, load, situation
from dossiers.services.correspondence import tell
from dossiers.services.desk import Work
from dossiers.services.filling import filling
from dossiers.services.opened import Opened, by_id
from dossiers.services.progress import advance
from dossiers.services.snapshot import Act
from engine.language.model import APPLICANT, Deadline
from workflows import lifecycle
from workflows.lifecycle import SYSTEM, Refusal
from workflows.signing import signed_in


def fire(work: Work, deadline_id: int) -> bool:
    """Fire one deadline; False when it was done, called off or put off meanwhile."""
    dossier_id = work.session.scalar(select(DeadlineRow.dossier_id).where(DeadlineRow.id == deadline_id))
    opened = None if dossier_id is None else by_id(work, dossier_id, lock=True)
    if opened is None:
        return False
    row = work.session.get(DeadlineRow, deadline_id, populate_existing=True)
    if row is None or row.done_at is not None or row.cancelled_at is not None or row.due_at > work.now:
        return False
    row.done_at = work.now
    work.session.flush()
    if opened.dossier.filed_at is not None and opened.dossier.purged_at is None:
        _bring(work, opened, row)
    return True


def _bring(work: Work, opened: Opened, row: DeadlineRow) -> None:
    case = load(work, opened)
    declared = opened.scheme.workflow.deadlines.get(row.name)
    if row.kind == "do" and declared is not None and declared.do is not None:
        _act(work, case, declared.do)
    elif row.kind == "remind":
        _remind(work, case, row)
    elif row.kind in ("warn", "silence"):
        _warn(work, case, row, declared)
    elif row.kind == "close":
        voting.close_by_time(work, case, row.name)
    # "due" asks nothing of the system: the dossier is overdue, and lists say so


def _act(work: Work, case: Case, action: str) -> None:
    """Do the system's action; when the workflow refuses it, say so in the journal, where staff read it."""
    found = lifecycle.fire(situation(work, case), action, SYSTEM)
    if isinstance(found, Refusal):
        noting.note(work, case.opened, SYSTEM, "deadline_refused", {"action": action, "code": found.code})
        return
    advance(work, case, found, Act(SYSTEM))


def _remind(work: Work, case: Case, row: DeadlineRow) -> None:
    """Remind the applicant, and who else is awaited, of what they must do, and by when."""
    last = select(DeadlineRow.local_date).where(
        DeadlineRow.dossier_id == case.dossier.id,
        DeadlineRow.name == row.name,
        DeadlineRow.kind == "do",
        DeadlineRow.cancelled_at.is_(None),
    )
    until = work.session.scalar(last.order_by(DeadlineRow.id.desc()).limit(1))
    for to, language in _reminded(work, case):
        tell(
            work,
            case.dossier,
            "reminder",
            about=row.id,
            to=to,
            language=language,
            deadline_on=until.isoformat() if until else None,
            on=row.local_date.isoformat(),
        )
    noting.note(work, case.opened, SYSTEM, "reminded", {"deadline": row.name})


def _reminded(work: Work, case: Case) -> list[tuple[str, str]]:
    """The applicant, and where signatures are awaited each party who has still to sign."""
    action = signed_in(case.scheme.workflow, case.dossier.state)
    found = [(case.dossier.email, case.dossier.language)]
    if action is None:
        return found
    others = signatures.missing(work, case.opened, filling(work, case.opened).reading, action)
    told = (signatures.address(work, case.opened, who) for who in others if who != APPLICANT)
    return found + [(to, language) for to, language in told if to]


def _warn(work: Work, case: Case, row: DeadlineRow, declared: Deadline | None) -> None:
    """Note that a day is near, or that silence has spoken, and tell those whose role it is."""
    action = "silence" if row.kind == "silence" else "deadline_near"
    noting.note(work, case.opened, SYSTEM, action, {"deadline": row.name, "on": row.local_date.isoformat()})
    for email, language in _accounts(work, case.opened, declared.warn if declared else ()):
        tell(
            work,
            case.dossier,
            "silence" if row.kind == "silence" else "warning",
            about=row.id,
            to=email,
            language=language,
            deadline=row.name,
            on=row.local_date.isoformat(),
        )


def _accounts(work: Work, opened: Opened, roles: tuple[str, ...]) -> list[tuple[str, str]]:
    """The addresses and languages of those who bear one of these roles in the scheme and see the dossier, each once."""
    if not roles:
        return []
    return [
        (one.email, one.language) for one in handing_over.seeing(work, opened) if one.agent.roles & set(roles)
    ]
