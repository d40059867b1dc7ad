"""Mails that came back, noted by the post's own notification or by the hand of who was told, and what staff do then."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update

from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import Dossier, Job, Mail, Party
from dossiers.outside.bounces import Bounced
from dossiers.services.desk import Work
from dossiers.services.mail_views import Unreachable
from dossiers.services.office_views import MailRow
from dossiers.services.opened import Opened, by_id
from dossiers.services.parties import APPLICANT
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of, permitted
from engine.kinds.phone import shown
from workflows.lifecycle import SYSTEM, Actor

BOUNCED = "bounced"
RESEND = "resend"  # the verb of who looks after mails
LONGEST = 300  # characters
SETTLED = ("sent", "repeated", "failed", BOUNCED)
LOST = ("failed", BOUNCED)


def note(work: Work, found: Bounced) -> bool:
    """Note a mail that came back, once; False when it is none of ours, or was noted already."""
    query = select(Mail.id, Mail.job_id, Mail.state, Mail.to).where(Mail.message_id == found.message_id)
    row = work.session.execute(query).first()
    if row is None or row.state == BOUNCED or (found.to and found.to != row.to.casefold()):
        return False
    dossier_id = work.session.scalar(select(Job.dossier_id).where(Job.id == row.job_id))
    opened = None if dossier_id is None else by_id(work, dossier_id)
    _write(work, row.id, found.reason)
    if opened is not None:
        _journal(work, opened, SYSTEM, row.id, found.reason)
    return True


def note_by_hand(work: Work, viewer: Viewer, public_id: str, mail_id: int, *, why: str) -> None:
    """Note that a mail of the dossier came back, as somebody was told. Raises NotFound, Refused: not_allowed, too_long."""
    opened = permitted(work, viewer, public_id, RESEND)
    said = " ".join(why.split())
    if len(said) > LONGEST:
        raise Refused("too_long", max=LONGEST)
    theirs = (Mail.id == mail_id, Job.dossier_id == opened.dossier.id)
    state = work.session.scalar(select(Mail.state).join(Job, Job.id == Mail.job_id).where(*theirs))
    if state is None:
        raise NotFound("mail")
    if state == BOUNCED:
        return
    _write(work, mail_id, said)
    _journal(work, opened, actor_of(viewer, opened.slug), mail_id, said)


def any_lost(mails: Iterable[MailRow]) -> bool:
    """Whether one of these mails was lost: where none is, everybody can be reached."""
    return any(one.state in LOST for one in mails)


def unreachable(work: Work, dossier: Dossier) -> Unreachable | None:
    """Whether the last mail to the applicant's present address was lost, and how to reach them instead."""
    theirs = (Job.dossier_id == dossier.id, Mail.to == dossier.email, Mail.state.in_(SETTLED))
    query = select(Mail.state, Mail.at, Mail.bounced_at, Mail.bounce, Job.error)
    query = query.join(Job, Job.id == Mail.job_id).where(*theirs).order_by(Mail.id.desc()).limit(1)
    row = work.session.execute(query).first()
    if row is None or row.state not in LOST:
        return None
    mine = (Party.dossier_id == dossier.id, Party.role == APPLICANT)
    phone = work.session.scalar(select(Party.phone).where(*mine))
    return Unreachable(
        dossier.email, row.bounced_at or row.at, row.bounce or row.error or "", shown(phone or "")
    )


def _write(work: Work, mail_id: int, why: str) -> None:
    written = update(Mail).where(Mail.id == mail_id).values(state=BOUNCED, bounced_at=work.now, bounce=why)
    work.session.execute(written.execution_options(synchronize_session=False))


def _journal(work: Work, opened: Opened, actor: Actor, mail_id: int, why: str) -> None:
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor,
        action=BOUNCED,
        at=work.now,
        payload={"mail": mail_id, "why": why},
        dossier_id=opened.dossier.id,
    )
