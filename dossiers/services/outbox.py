"""The mails that left and those that wait: what administrators watch, and what a dossier's page lists."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, func, select

from dossiers import jobs, journal
from dossiers.access import Viewer
from dossiers.database import Account, Dossier, Job, Mail
from dossiers.services.desk import Work
from dossiers.services.office_views import MailRow
from dossiers.services.opened import Opened
from dossiers.services.outbox_views import FailedJob, MailView, OutboxView
from dossiers.services.refusals import NotFound
from workflows.lifecycle import Actor

PER_PAGE = 50
KINDS = (
    "mail",
    "platform",
    "link",
    "resume_link",
    "party_link",
    "signature_code",
    "opinion_link",
)  # the jobs that send one


def mails(work: Work, viewer: Viewer, *, page: int = 1) -> OutboxView:
    """One page of all mails, newest first, and the jobs given up. Raises NotFound unless an administrator asks."""
    _require_administrator(viewer)
    total = int(work.session.scalar(select(func.count()).select_from(Mail)) or 0)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    query = _mails().order_by(Mail.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    rows = tuple(_mail_row(row) for row in work.session.execute(query))
    return OutboxView(rows, total, page, pages, _failed(work))


def mail(work: Work, viewer: Viewer, mail_id: int) -> MailView:
    """One mail with its text. Raises NotFound unless an administrator asks."""
    _require_administrator(viewer)
    row = work.session.execute(_mails().where(Mail.id == mail_id)).first()
    if row is None:
        raise NotFound("mail")
    return MailView(_mail_row(row), row.message_id, row.text)


def mails_of(work: Work, dossier_id: int, *, besides: str = "") -> tuple[MailRow, ...]:
    """The mails about one dossier, newest first; those of one kind of job left out."""
    query = _mails().where(Job.dossier_id == dossier_id, Job.kind != besides)
    query = query.order_by(Mail.at.desc(), Mail.id.desc())
    return tuple(_mail_row(row) for row in work.session.execute(query))


def send_again(work: Work, opened: Opened, actor: Actor, mail_id: int) -> None:
    """Queue one of a dossier's mails again, to the applicant. Raises NotFound for another's."""
    email = opened.dossier.email
    query = select(Job.kind, Job.options).join(Mail, Mail.job_id == Job.id)
    theirs = (Job.dossier_id == opened.dossier.id, (Mail.to == email) | (Job.kind == "mail"))
    row = work.session.execute(query.where(Mail.id == mail_id, *theirs)).first()
    if row is None or not email:
        raise NotFound("mail")
    key = f"again:{mail_id}:{work.now:%Y%m%d%H%M}"
    options = {**row.options, "to": email}  # the address of today: it may have been corrected since
    is_new = jobs.add(
        work.session, row.kind, key=key, dossier_id=opened.dossier.id, options=options, run_at=work.now
    )
    if not is_new:
        return  # pressed twice
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor,
        action="resend",
        at=work.now,
        payload={"mail": mail_id},
        dossier_id=opened.dossier.id,
    )


def queued(work: Work, dossier_id: int) -> int:
    """How many mails about a dossier nobody has begun to send."""
    waiting = (
        Job.dossier_id == dossier_id,
        Job.kind.in_(KINDS),
        Job.done_at.is_(None),
        Job.failed_at.is_(None),
    )
    query = select(func.count()).select_from(Job).outerjoin(Mail, Mail.job_id == Job.id)
    return int(work.session.scalar(query.where(*waiting, Mail.id.is_(None))) or 0)


def account_name(work: Work, account_id: int | None) -> str | None:
    """The name of an account; None for none."""
    return (
        None
        if account_id is None
        else work.session.scalar(select(Account.name).where(Account.id == account_id))
    )


def _require_administrator(viewer: Viewer) -> None:
    if viewer.kind != "staff" or not viewer.administrator:
        raise NotFound("page")


def _mails() -> Any:
    return (
        select(
            Mail.id,
            Mail.to,
            Mail.subject,
            Mail.at,
            Mail.state,
            Mail.message_id,
            Mail.text,
            Mail.bounced_at,
            Mail.bounce,
            Dossier.reference,
            Job.error,
        )
        .join(Job, Job.id == Mail.job_id)
        .outerjoin(Dossier, Dossier.id == Job.dossier_id)
    )


def _mail_row(row: Row[Any]) -> MailRow:
    why = row.bounce or row.error
    return MailRow(row.id, row.to, row.subject, row.at, row.state, row.reference, why, row.bounced_at)


def _failed(work: Work) -> tuple[FailedJob, ...]:
    query: Any = (
        select(Job.id, Job.kind, Dossier.reference, Job.failed_at, Job.error)
        .outerjoin(Dossier, Dossier.id == Job.dossier_id)
        .where(Job.failed_at.is_not(None))
        .order_by(Job.failed_at.desc())
        .limit(PER_PAGE)
    )
    return tuple(
        FailedJob(row.id, row.kind, row.reference, row.failed_at, row.error or "")
        for row in work.session.execute(query)
    )
