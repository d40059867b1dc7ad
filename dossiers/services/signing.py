"""Signing by a code sent to the signer's own address: the code asked for, then given back beside what is signed."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from dossiers import jobs, journal, throttle
from dossiers.access import Viewer
from dossiers.database import Signature
from dossiers.office import Office
from dossiers.services import publication, signatures
from dossiers.services.desk import Work, preceded_by
from dossiers.services.filling import Filling, filling
from dossiers.services.filling_view import view_of
from dossiers.services.opened import Opened, actor_of_party, for_applicant
from dossiers.services.party_lines import label_of
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.submission import file, require_complete
from dossiers.services.views import ApplicationView
from engine.asked import AskedPage, Reading
from engine.language.model import Action, Text
from engine.validation import validate_all
from workflows.signing import signed_in

LIFETIME = timedelta(minutes=15)
TRIES = 5
ASKED_AT_MOST, WINDOW = 4, timedelta(minutes=15)
CODE = "signature_code"  # the kind of the job that mails it


@dataclass(frozen=True, slots=True)
class SigningView:
    """What somebody is about to sign.

    `pages`: the answers signed, as far as they may see them; `digest` stands for them. `sent_to` is where a code was
    sent that still holds; `signed_at` when they signed already; `waiting_for` those who have still to sign.
    """

    view: ApplicationView
    action: Action
    pages: tuple[AskedPage, ...]
    digest: str
    email: str
    sent: bool
    signed_at: datetime | None
    waiting_for: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of a code given back.

    "filed": everybody has signed, and the dossier went on; "signed": others have still to sign. Refused: "wrong" (`left`
    tries), "spent" (too many tries, too old, or none was asked for), "changed" (what was shown is not what is answered).
    """

    outcome: Literal["filed", "signed", "wrong", "spent", "changed"]
    left: int = 0


def page(work: Work, viewer: Viewer, public_id: str) -> SigningView:
    """What the viewer may sign. Raises NotFound where nothing is signed, Refused: incomplete, stopped, not_editable."""
    found, action = _ready(work, for_applicant(work, viewer, public_id))
    opened, reading = found.opened, found.reading
    row = signatures.rows(work, opened).get(opened.party)
    view = view_of(work, found)
    missing = signatures.missing(work, opened, reading, action)
    mine = opened.party not in missing and row is not None
    return SigningView(
        view=view,
        action=action,
        pages=tuple(one for one in view.reading.pages if one.page.id in action.signs),
        digest=signatures.digest(opened, reading, opened.party, action),
        email=view.email,
        sent=row is not None and _holds(row, action, work.now),
        signed_at=row.signed_at if mine and row is not None else None,
        waiting_for=tuple(label_of(opened.scheme, who) for who in missing if who != opened.party),
    )


def _count(office: Office, now: datetime, viewer: Viewer, public_id: str) -> bool:
    who = viewer.email or viewer.session or ""
    return throttle.allow(office, f"code:{public_id}:{who}", limit=ASKED_AT_MOST, window=WINDOW)


@preceded_by(_count)
def ask_code(work: Work, viewer: Viewer, public_id: str) -> None:
    """Mail a code to the signer's address; the one before holds no more. Raises as `page`, and Refused("throttled")."""
    found, action = _ready(work, for_applicant(work, viewer, public_id, lock=True))
    if not work.prepared:
        raise Refused("throttled", retry_at=work.now + WINDOW)
    opened = found.opened
    to, _ = signatures.address(work, opened, opened.party)
    row = _row(work, opened, action)
    row.code_key, row.asked_at, row.tries = secrets.token_urlsafe(16), work.now, 0
    row.email, row.action = to, action.id
    options = {"to": to, "language": viewer.language, "code_key": row.code_key}
    key = f"{CODE}:{row.code_key}"
    jobs.add(work.session, CODE, key=key, dossier_id=opened.dossier.id, options=options, run_at=work.now)


def sign(work: Work, viewer: Viewer, public_id: str, *, code: str, digest: str) -> Signed:
    """Sign what was shown (`digest`) with the code received; the dossier moves on once all have signed.

    Whoever signs twice, or as the last of two at once, is told what is true by then. Raises as `page`, and what filing
    raises: not_eligible, duplicate, not_open.
    """
    opened = for_applicant(work, viewer, public_id, lock=True)
    if (
        opened.dossier.filed_at is not None
        and signed_in(opened.scheme.workflow, opened.dossier.state) is None
    ):
        return Signed("filed")  # pressed twice: it went on already
    found, action = _ready(work, opened)
    row = _row(work, opened, action)
    refused = _check(work, row, action, code)
    if refused is not None:
        return refused
    current = signatures.digest(opened, found.reading, opened.party, action)
    if digest != current:
        return Signed("changed")
    row.code_key, row.signed_at, row.digest, row.version = None, work.now, current, opened.number
    work.session.flush()
    return _go_on(work, found, action, row)


def _go_on(work: Work, found: Filling, action: Action, row: Signature) -> Signed:
    """Note the signature, and file when it was the last one."""
    opened, drafted = found.opened, found.opened.dossier.filed_at is None
    if drafted:
        publication.require_open(work, opened.scheme, opened.closed)
    else:
        _note(work, opened, row)
    _void_unfinished(work, found, action)
    if signatures.missing(work, opened, found.reading, action):
        return Signed("signed")
    file(work, found, action.id)
    if drafted:
        _note(work, opened, row)
    return Signed("filed")


def _void_unfinished(work: Work, found: Filling, action: Action) -> None:
    """Who signed and is asked something new since, by what another party changed, completes it and signs again."""
    fields = found.opened.scheme.fields
    pages = {fields[str(one.path[0])].page for one in validate_all(found.reading) if one.path}
    unfinished = {found.opened.scheme.form[page].asked_of for page in pages} - {found.opened.party}
    signed = signatures.standing(work, found.opened, found.reading, action)
    signatures.void(work, found.opened, action, sorted(unfinished & signed))


def _ready(work: Work, opened: Opened) -> tuple[Filling, Action]:
    action = signed_in(opened.scheme.workflow, opened.dossier.state)
    if action is None or opened.party not in action.by:
        raise NotFound("signature")
    found = filling(work, opened)
    require_complete(found)
    return found, action


def _row(work: Work, opened: Opened, action: Action) -> Signature:
    row = signatures.rows(work, opened).get(opened.party)
    if row is None:
        dossier_id = opened.dossier.id
        row = Signature(dossier_id=dossier_id, role=opened.party, action=action.id, email="", tries=0)
        work.session.add(row)
    return row


def _holds(row: Signature, action: Action, now: datetime) -> bool:
    """Whether a code was asked for that may still be given back."""
    fresh = row.asked_at is not None and now < row.asked_at + LIFETIME
    return row.code_key is not None and row.action == action.id and fresh and row.tries < TRIES


def _check(work: Work, row: Signature, action: Action, code: str) -> Signed | None:
    """Why a code isn't the right one; each try counts, since the act goes through."""
    if not _holds(row, action, work.now) or row.code_key is None:
        return Signed("spent")
    given = "".join(sign for sign in code if sign.isdigit())
    if hmac.compare_digest(given.encode(), code_of(work.office, row.code_key).encode()):
        return None
    row.tries += 1
    left = TRIES - row.tries
    return Signed("wrong", left) if left else Signed("spent")


def code_of(office: Office, key: str) -> str:
    """The six digits a key stands for: nobody can work them out without the site's own key."""
    return f"{int(office.vault.blind_index(f'code:{key}')[:12], 16) % 1_000_000:06}"


def _note(work: Work, opened: Opened, row: Signature) -> None:
    payload = {
        "party": row.role,
        "signed": row.action,
        "email": row.email,
        "digest": row.digest,
        "version": row.version,
    }
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor_of_party(opened),
        action="signed",
        at=work.now,
        payload=payload,
        dossier_id=opened.dossier.id,
    )


def signed_reading(view: SigningView) -> Reading:
    """The reading with the pages that are signed alone."""
    return replace(view.view.reading, pages=view.pages)
