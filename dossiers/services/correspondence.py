"""Messages between the applicant and the office, and notes among staff."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from dossiers import jobs
from dossiers.database import Account, Document, Dossier, Message, Note
from dossiers.services import attachments, noting
from dossiers.services.desk import Work
from dossiers.services.document_views import DocumentView, document_view
from dossiers.services.office_views import NoteView
from dossiers.services.opened import Opened
from dossiers.services.refusals import Refused
from dossiers.services.uploads import Stored
from dossiers.services.views import MessageView
from workflows.lifecycle import Actor

LONGEST = 10_000  # characters
APPLICANT = Actor("applicant", "applicant", "")


def from_applicant(work: Work, opened: Opened, body: str, files: Sequence[Stored] = ()) -> None:
    """Keep a message to the office with its files, and tell by mail who has the dossier in hand."""
    id = _keep(work, opened, "in", "", body, files)
    noting.note(work, opened, APPLICANT, "message_in")
    query = select(Account.email, Account.language).where(
        Account.id == opened.dossier.assigned_to, Account.disabled_at.is_(None)
    )
    if (account := work.session.execute(query).first()) is not None:
        tell(work, opened.dossier, "staff_message", about=id, to=account.email, language=account.language)


def from_office(work: Work, opened: Opened, actor: Actor, body: str, files: Sequence[Stored] = ()) -> None:
    """Keep a message to the applicant with its files, and tell them by mail that it is there; its text stays here."""
    id = _keep(work, opened, "out", actor.name, body, files)
    noting.note(work, opened, actor, "message_out")
    tell(
        work,
        opened.dossier,
        "new_message",
        about=id,
        to=opened.dossier.email,
        language=opened.dossier.language,
    )


def note(work: Work, opened: Opened, actor: Actor, body: str, field: str | None = None) -> None:
    """Keep a note the applicant never sees, about one answer when `field` says so."""
    row = {"dossier_id": opened.dossier.id, "author": actor.name, "body": worded(body), "at": work.now}
    row |= {"field": field}
    work.session.execute(insert(Note).values(row))
    noting.note(work, opened, actor, "note")


def messages(work: Work, dossier_id: int) -> tuple[MessageView, ...]:
    """The messages with their files, oldest first."""
    query = select(Message).where(Message.dossier_id == dossier_id).order_by(Message.id)
    rows = list(work.session.scalars(query))
    files = _files(work, dossier_id) if rows else {}
    return tuple(
        MessageView(
            row.author,
            row.body,
            row.at,
            row.direction,  # type: ignore[arg-type]
            files.get(row.id, ()),
            row.read_at,
        )
        for row in rows
    )


def mark_read(work: Work, dossier_id: int, direction: str) -> None:
    """The other side is being shown the messages that go this way."""
    unread = (Message.dossier_id == dossier_id, Message.direction == direction, Message.read_at.is_(None))
    seen = update(Message).where(*unread).values(read_at=work.now)
    work.session.execute(seen.execution_options(synchronize_session=False))


def may_write(opened: Opened, *, office: bool) -> bool:
    """Whether the scheme lets messages be written where the dossier stands, by the office or by the applicant."""
    who = opened.scheme.workflow.states[opened.dossier.state].messages
    return who == "both" or (office and who == "office")


def _files(work: Work, dossier_id: int) -> dict[int, tuple[DocumentView, ...]]:
    found: dict[int, tuple[DocumentView, ...]] = {}
    theirs = (Document.dossier_id == dossier_id, Document.origin == "message", Document.purged_at.is_(None))
    for row in work.session.scalars(select(Document).where(*theirs).order_by(Document.id)):
        assert row.message_id is not None
        found[row.message_id] = (*found.get(row.message_id, ()), document_view(row))
    return found


def notes(work: Work, dossier_id: int) -> tuple[NoteView, ...]:
    """The notes, oldest first."""
    query = (
        select(Note.author, Note.body, Note.at, Note.field)
        .where(Note.dossier_id == dossier_id)
        .order_by(Note.id)
    )
    return tuple(NoteView(*row) for row in work.session.execute(query))


def tell(
    work: Work, dossier: Dossier, template: str, *, about: int, to: str, language: str, **values: object
) -> None:
    """Put one of the house's own mails in line: that there is something to read, never what.

    `about` is the row it is about: the same mail about the same thing leaves once to one address.
    """
    if not to:
        return  # somebody an agent filed for, who has no address
    known = {"reference": dossier.reference, "public_id": dossier.public_id, **values}
    options = {"template": template, "to": to, "language": language, "values": known}
    key = f"{template}:{about}:{to}"
    jobs.add(work.session, "platform", key=key, dossier_id=dossier.id, options=options, run_at=work.now)


def worded(body: str) -> str:
    """A text worth keeping. Raises Refused: empty, too_long."""
    text = body.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("empty")
    if len(text) > LONGEST:
        raise Refused("too_long", max=LONGEST)
    return text


def _keep(work: Work, opened: Opened, direction: str, author: str, body: str, files: Sequence[Stored]) -> int:
    """Keep a message. Raises Refused("messages_closed") where the scheme lets nobody write, or not this side."""
    if not may_write(opened, office=direction == "out"):
        raise Refused("messages_closed")
    row = {"dossier_id": opened.dossier.id, "direction": direction, "author": author, "body": worded(body)}
    id = work.session.scalars(insert(Message).values(**row, at=work.now).returning(Message.id)).one()
    if files:
        attachments.attach(work, opened.dossier.id, files, origin="message", message_id=id)
    return id
