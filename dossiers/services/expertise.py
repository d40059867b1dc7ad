"""Giving an opinion asked outside: by a link nobody can guess, without an account, until its last day.

The link is signed by the site's key: it can't be made without it, and opens nothing once its day is over, the opinion is
called off, or the dossier has gone on.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from dossiers.database import Account, Document, Opinion
from dossiers.outside.vault import Vault
from dossiers.services import attachments, correspondence, noting, opinions, uploads
from dossiers.services.cases import Case, load
from dossiers.services.correspondence import worded
from dossiers.services.desk import Work, followed_by, preceded_by
from dossiers.services.filling import UNAVAILABLE, documents
from dossiers.services.masking import masked_text
from dossiers.services.opened import Opened, by_id
from dossiers.services.opened_files import Allowed, stamp_of, with_content
from dossiers.services.opinion_views import ExpertView
from dossiers.services.progress import follow_automatic
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.uploads import Upload
from engine.language.model import Field
from engine.language.opinion_model import ANSWERS
from renderers.words import standalone
from workflows.lifecycle import Actor

READ_AGAIN = timedelta(hours=1)  # a page left open and reloaded is one reading


def token_of(vault: Vault, row: Opinion) -> str:
    """The end of the address of an opinion: its name, and a signature of that and of its last day."""
    return f"{row.public_id}.{vault.blind_index(f'opinion:{row.public_id}:{row.until.isoformat()}')}"


def page(work: Work, token: str) -> ExpertView:
    """What who is asked may read; journalled, so this is an act. Raises Refused("link_expired")."""
    row, opened = _opened(work, token, lock=True)
    case = load(work, opened)
    if row.read_at is None or row.read_at <= work.now - READ_AGAIN:
        row.read_at = work.now
        _note(work, row, opened, "opinion_opened", {})
    return _view(work, row, case)


def _view(work: Work, row: Opinion, case: Case) -> ExpertView:
    shown, scheme = _shown(row, case), case.scheme
    hidden = opinions.kept_from_expert(scheme, shown)
    sent = documents(work, case.dossier.id, case.filed.answers)
    paths = {part.place if part is not one else one.id for one in shown for part in (one, *one.below)}
    return ExpertView(
        opinion=opinions.view(work, row, scheme, opinions.files_of(work, row)),
        scheme=scheme,
        reference=case.dossier.reference or "",
        filed_at=case.filed.filed_at,
        reading=case.reading,
        fields=shown,
        labels={
            one.id: {
                language: standalone(said, language)
                for language, said in masked_text(one.label, case.reading, hidden).items()
            }
            for one in shown
        },
        hidden=hidden,
        documents={path: found for path, found in sent.items() if path in paths},
    )


def _shown(row: Opinion, case: Case) -> tuple[Field, ...]:
    """What was declared, chosen, and is asked now."""
    kind = case.scheme.workflow.opinions.get(row.kind)
    declared = set(kind.shows) if kind else set()
    fields = (case.scheme.fields[id] for id in row.shows if id in declared & set(case.scheme.fields))
    return tuple(one for one in fields if case.reading.is_asked(one.id))


@preceded_by(attachments.received, undo=uploads.take_back)
def give(work: Work, token: str, *, answer: str, body: str, files: Sequence[Upload] = ()) -> bool:
    """Give the opinion, or correct it; whether it may still be corrected. The dossier then goes on by itself.

    Raises Refused: link_expired, no_option, empty, too_long; Unkept for a file that can't be taken.
    """
    row, opened = _opened(work, token, lock=True)
    if answer not in ANSWERS:
        raise Refused("no_option")
    again = row.given_at is not None
    row.answer, row.body = answer, worded(body)
    row.given_at, row.corrected_at = row.given_at or work.now, work.now if again else None
    work.session.flush()
    if sent := work.prepared[attachments.NAME]:
        there = len(opinions.files_of(work, row)[row.id])
        attachments.attach(work, opened.dossier.id, sent, origin="opinion", there=there, opinion_id=row.id)
    told = {"opinion": row.kind, "answer": answer}
    _note(work, row, opened, "opinion_corrected" if again else "opinion_given", told)
    _tell(work, row, opened)
    follow_automatic(work, load(work, opened))
    return row.closed_at is None


def _tell(work: Work, row: Opinion, opened: Opened) -> None:
    """Tell by mail who has the dossier in hand, once."""
    query = select(Account.email, Account.language).where(
        Account.id == opened.dossier.assigned_to, Account.disabled_at.is_(None)
    )
    if (account := work.session.execute(query).first()) is not None:
        to, language = account.email, account.language
        correspondence.tell(work, opened.dossier, "opinion_received", about=row.id, to=to, language=language)


@followed_by(with_content)
def open_file(work: Work, token: str, document_id: str) -> Allowed:
    """A document who is asked is shown, or sent themselves; journalled. Raises NotFound, Refused: link_expired,
    being_checked."""
    row, opened = _opened(work, token, lock=True)
    found = work.session.scalar(
        select(Document).where(
            Document.public_id == document_id,
            Document.dossier_id == opened.dossier.id,
            Document.purged_at.is_(None),
        )
    )
    if found is None or not _may_open(work, row, opened, found):
        raise NotFound("document")
    if found.scan in UNAVAILABLE:
        raise Refused("being_checked")
    _note(work, row, opened, "read_document", {"document": found.public_id})
    return Allowed(found.name, found.media_type, found.store_key, stamp_of(work, opened, found))


def _may_open(work: Work, row: Opinion, opened: Opened, found: Document) -> bool:
    if found.origin == "opinion":
        return found.opinion_id == row.id
    view = _view(work, row, load(work, opened))
    return any(found.public_id == one.public_id for sent in view.documents.values() for one in sent)


def _opened(work: Work, token: str, *, lock: bool) -> tuple[Opinion, Opened]:
    """The opinion of a link that holds, with its dossier."""
    public_id = token.partition(".")[0]
    row = work.session.scalar(select(Opinion).where(Opinion.public_id == public_id))
    if row is None or not hmac.compare_digest(token.encode(), token_of(work.office.vault, row).encode()):
        raise Refused("link_expired")
    opened = by_id(work, row.dossier_id, lock=lock)
    work.session.refresh(row)  # as it stands once the dossier is locked
    is_over = row.closed_at is not None or row.until < work.office.organisation.local_date(work.now)
    if is_over or opened is None or opened.dossier.purged_at is not None:
        raise Refused("link_expired")
    return row, opened


def _note(work: Work, row: Opinion, opened: Opened, action: str, payload: Mapping[str, object]) -> None:
    expert = Actor("party", f"opinion:{row.public_id}", row.name)
    noting.note(work, opened, expert, action, {"opinion": row.kind, **payload})
