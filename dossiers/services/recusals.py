"""Who steps aside from a dossier: judged anew whenever its answers, or what a member declares, change."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, insert, select

from dossiers import journal
from dossiers.database import Dossier, Recusal, RoleGrant, SchemeRow
from dossiers.services import polls, publication
from dossiers.services.cases import Case, load
from dossiers.services.desk import Work
from dossiers.services.opened import by_id
from engine.language import Scheme
from workflows.lifecycle import SYSTEM
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
    before = polls.aside(work, case.dossier)
    work.session.execute(delete(Recusal).where(*mine))
    fresh = sorted(now - polls.aside(work, case.dossier))
    for account_id in fresh:
        row = {"dossier_id": case.dossier.id, "account_id": account_id, "by_hand": False, "at": work.now}
        work.session.execute(insert(Recusal).values(row))
    if told := sorted(now - before):
        polls.withdraw(work, case.dossier, told)
        journal.record(
            work.session,
            stream=case.opened.stream,
            actor=SYSTEM,
            action="recused",
            at=work.now,
            payload={"accounts": told},
            dossier_id=case.dossier.id,
        )


def _judged(work: Work, case: Case) -> Iterator[int]:
    values, zone = case.reading.values, work.office.organisation.zone
    for vote in case.scheme.workflow.votes.values():
        if vote.steps_aside is None:
            continue
        for member in polls.members(work, case.opened.slug, vote).values():
            known = member_known(member.name, member.email, member.roles, member.interests)
            if vote.steps_aside.holds({**values, "member": known}, work.now, zone):
                yield member.id


def again(work: Work, account_id: int) -> None:
    """Judge anew the dossiers at work in the schemes in which an account may have to step aside."""
    held = select(RoleGrant.scheme_slug).where(RoleGrant.account_id == account_id).distinct()
    slugs = set(work.session.scalars(held))
    for slug in sorted(slugs):
        if asks(publication.current(work, slug).scheme):
            for id in _at_work(work, slug):
                opened = by_id(work, id, lock=False)
                if opened is not None:
                    follow(work, load(work, opened))


def _at_work(work: Work, slug: str) -> list[int]:
    query = (
        select(Dossier.id)
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(
            SchemeRow.slug == slug,
            Dossier.filed_at.is_not(None),
            Dossier.purged_at.is_(None),
            Dossier.ended_at.is_(None),
        )
    )
    return list(work.session.scalars(query.order_by(Dossier.id)))
