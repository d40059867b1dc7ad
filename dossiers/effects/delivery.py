"""Handing a mail to the post: the row that tells of it, the message itself, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.database import Mail, insert_or_ignore
from dossiers.effects.outcome import Done, GiveUp, Outcome, Retry
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.outside.post import Parcel, PostError, Undeliverable
from renderers.mails import Mail as Written

SENDING, WAITING, SENT, REPEATED, FAILED = "sending", "waiting", "sent", "repeated", "failed"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document that goes with a mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands on a mail besides its words. `kept`: the text our own outbox shows, when it isn't the whole."""

    to: str
    language: str
    reply_to: str = ""
    attachments: Sequence[Attachment] = ()
    kept: str | None = None


def deliver(job: Claimed, office: Office, written: Written, head: Letterhead) -> Outcome:
    """Send a mail: at least once, at most once more for each death within the sending; the outbox folder: once."""
    if not head.to:
        return GiveUp("there is no address to write to")
    died = _begin(job, office, written, head)
    content = message(job, office, written, head).as_bytes()
    try:
        office.post.send(Parcel(job.key, office.settings.mail_from, head.to, content))
    except PostError as error:
        _note(office, job, WAITING)
        return Retry(str(error))
    except Undeliverable as error:
        _note(office, job, FAILED)
        return GiveUp(str(error))
    state = REPEATED if died and not office.post.exactly_once else SENT
    return Done(lambda session: _set(session, job, state))


def message(job: Claimed, office: Office, written: Written, head: Letterhead) -> EmailMessage:
    """The message (RFC 5322), marked as written by a machine (RFC 3834); its Message-ID comes from the job's key."""
    ascii_only = head.to.isascii()
    found = EmailMessage(policy=policy.SMTP if ascii_only else policy.SMTPUTF8)
    settings = office.settings
    user, _, domain = settings.mail_from.rpartition("@")
    found["From"] = Address(" ".join(office.organisation.name.split()), user, domain)
    to_user, _, to_domain = head.to.rpartition("@")
    found["To"] = Address("", to_user, to_domain)
    if head.reply_to:
        found["Reply-To"] = head.reply_to
    found["Subject"] = " ".join(written.subject.split())
    found["Date"] = office.clock()
    found["Message-ID"] = message_id(job.key, domain)
    found["Auto-Submitted"] = "auto-generated"
    found.set_content(written.text)
    found.add_alternative(written.html, subtype="html")
    for one in head.attachments:
        kind, _, subtype = one.media_type.partition("/")
        found.add_attachment(one.content, maintype=kind, subtype=subtype, filename=one.name)
    found["Content-Language"] = head.language  # after the parts, or it would become the first one's
    return found


def message_id(key: str, domain: str) -> str:
    """The same for every sending of one job, so that a mail that left twice is seen once."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _begin(job: Claimed, office: Office, written: Written, head: Letterhead) -> bool:
    """Write that the mail is being sent, before it is; True when an earlier sending began and nobody knows its end."""
    domain = office.settings.mail_from.rpartition("@")[2]
    row = {"job_id": job.id, "message_id": message_id(job.key, domain), "to": head.to, "at": office.clock()}
    row |= {
        "subject": written.subject,
        "text": written.text if head.kept is None else head.kept,
        "state": SENDING,
    }
    with office.database.writing() as session:
        if insert_or_ignore(session, Mail, row):
            return False
        before = session.scalar(select(Mail.state).where(Mail.job_id == job.id))
        _set(session, job, SENDING)
        return before == SENDING


def _note(office: Office, job: Claimed, state: str) -> None:
    with office.database.writing() as session:
        _set(session, job, state)


def _set(session: Session, job: Claimed, state: str) -> None:
    mine = update(Mail).where(Mail.job_id == job.id)
    session.execute(mine.values(state=state).execution_options(synchronize_session=False))
