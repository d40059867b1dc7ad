"""What somebody had typed when their session was found over: kept sealed for a day, given back to the same person only.

Whoever kept it isn't signed in, so little is believed: it must be about a dossier that exists (an applicant's) or come at
a bearable rate (staff's), and it goes back only to who may see that dossier, or whose session it was.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from dossiers import sessions, throttle
from dossiers.access import Viewer
from dossiers.database import Dossier, KeptTyping, Party, SessionRow
from dossiers.office import Office
from dossiers.services import links
from dossiers.services.desk import Work, preceded_by
from dossiers.services.opened import is_theirs
from dossiers.services.refusals import NotFound

KEPT = timedelta(days=1)
LONGEST = 400_000  # characters of one page
AT_MOST, WINDOW = 20, timedelta(hours=1)  # for one dossier, or one session of staff

Form = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Typing:
    """A form as it was sent: to which address, its controls in order, and whether documents went with it."""

    path: str
    form: Form
    documents: bool = False


def _count_dossier(office: Office, now: datetime, public_id: str, typing: Typing) -> bool:
    return throttle.allow(office, f"kept:{public_id}", limit=AT_MOST, window=WINDOW)


@preceded_by(_count_dossier)
def keep_for_applicant(work: Work, public_id: str, typing: Typing) -> str | None:
    """Keep what was typed on a page of a dossier; its handle, None when it can't be kept."""
    others = select(Party.dossier_id).where(Party.invited_at.is_not(None))  # nobody knows who typed it then
    query = select(Dossier.id).where(
        Dossier.public_id == public_id, Dossier.purged_at.is_(None), Dossier.id.not_in(others)
    )
    dossier_id = work.session.scalar(query) if work.prepared else None
    return None if dossier_id is None else _keep(work, typing, dossier_id=dossier_id)


def _count_session(office: Office, now: datetime, token: str | None, typing: Typing) -> bool:
    return throttle.allow(office, f"kept by staff:{token or ''}", limit=AT_MOST, window=WINDOW)


@preceded_by(_count_session)
def keep_for_staff(work: Work, token: str | None, typing: Typing) -> str | None:
    """Keep what a member of staff typed; `token` is that of the session that is over, whose owner it goes back to."""
    owner = select(SessionRow.account_id).where(SessionRow.token_hash == sessions.digest(token or ""))
    return _keep(work, typing, account_id=work.session.scalar(owner)) if work.prepared else None


def given_back(work: Work, viewer: Viewer, handle: str) -> Typing:
    """What was kept under a handle. Raises NotFound for anybody else's, and once its day is over."""
    row = work.session.get(KeptTyping, handle)
    if row is None or row.expires_at <= work.now or not _is_owner(work, viewer, row):
        raise NotFound("typing")
    kept = json.loads(work.office.vault.open(row.sealed, _context(handle)))
    return Typing(kept["path"], tuple((name, value) for name, value in kept["form"]), kept["documents"])


def forget(work: Work, viewer: Viewer, handle: str) -> None:
    """Forget what was kept, since it has been sent; nothing for anybody else's."""
    row = work.session.get(KeptTyping, handle)
    if row is not None and _is_owner(work, viewer, row):
        work.session.delete(row)


def _dossier_of(office: Office, handle: str) -> Dossier | None:
    query = select(Dossier).join(KeptTyping, KeptTyping.dossier_id == Dossier.id)
    with office.database.reading() as session:
        return session.scalar(query.where(KeptTyping.public_id == handle))


def _count_mail(office: Office, now: datetime, handle: str, language: str) -> bool:
    dossier = _dossier_of(office, handle)
    return dossier is not None and links.may_write(office, f"dossier:{dossier.public_id}")


@preceded_by(_count_mail)
def mail_link(work: Work, handle: str, language: str) -> None:
    """Mail the way back to the dossier something was kept for, to its own address; says nothing of whether it exists."""
    dossier = work.session.scalar(
        select(Dossier)
        .join(KeptTyping, KeptTyping.dossier_id == Dossier.id)
        .where(KeptTyping.public_id == handle, Dossier.purged_at.is_(None))
    )
    if work.prepared and dossier is not None:
        links.queue(work, dossier.email, language, dossier.id)


def sweep(session: Session, now: datetime) -> None:
    """Forget what nobody came back for."""
    session.execute(delete(KeptTyping).where(KeptTyping.expires_at <= now))


def _keep(work: Work, typing: Typing, **whose: Any) -> str | None:
    kept = {"path": typing.path, "form": [list(pair) for pair in typing.form], "documents": typing.documents}
    text = json.dumps(kept, ensure_ascii=False)
    if len(text) > LONGEST:
        return None
    handle = secrets.token_urlsafe(16)
    sealed = work.office.vault.seal(text.encode("utf-8", "replace"), _context(handle))
    row = {"public_id": handle, "sealed": sealed, "created_at": work.now, "expires_at": work.now + KEPT}
    work.session.execute(insert(KeptTyping).values(row | whose))
    return handle


def _is_owner(work: Work, viewer: Viewer, row: KeptTyping) -> bool:
    if row.dossier_id is not None:
        dossier = work.session.get(Dossier, row.dossier_id)
        return dossier is not None and is_theirs(viewer, dossier)
    return viewer.kind == "staff" and row.account_id in (None, viewer.account_id)


def _context(handle: str) -> str:
    return f"typing:{handle}"


def is_worth_keeping(form: Iterable[tuple[str, str]]) -> bool:
    """Whether a form holds something typed: our own marks (`_revision`) are none."""
    return any(value.strip() for name, value in form if not name.startswith("_") or name == "_comment")
