"""Who steps aside from a dossier: judged anew whenever its answers, or what a member declares, change."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, insert

from dossiers.database import Recusal
from dossiers.services import polls
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from engine.language import Scheme
from workflows.votes import member_known


def asks(scheme: Scheme) -> bool:
    """Whether a vote of the scheme has members step aside by themselves."""
    return any(vote.steps_aside is not None for vote in scheme.workflow.votes.values())


def follow(work: Work, case: Case) -> None:
    """Write down which members step aside from a dossier, by its answers; what somebody said by hand stays."""
    if not asks(case.scheme):
        return
    now = set(_judged(work, case))
    mine = (Recusal.dossier_id == case.dossier.id, Recusal.by_hand.is_(False))
    work.session.execute(delete(Recusal).where(*mine))
    for account_id in sorted(now - polls.aside(work, case.dossier)):
        row = {"dossier_id": case.dossier.id, "account_id": account_id, "by_hand": False, "at": work.now}
        work.session.execute(insert(Recusal).values(row))


def _judged(work: Work, case: Case) -> Iterator[int]:
    values, zone = case.reading.values, work.office.organisation.zone
    for vote in case.scheme.workflow.votes.values():
        if vote.steps_aside is None:
            continue
        for member in polls.members(work, case.opened.slug, vote).values():
            known = member_known(member.name, member.email, member.roles, member.interests)
            if vote.steps_aside.holds({**values, "member": known}, work.now, zone):
                yield member.id
