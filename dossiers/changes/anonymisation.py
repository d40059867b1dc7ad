"""Change `anonymise`: what a dossier says of people goes, in every table; its states, days and amounts stay.

What is outside the database (documents, mails in the outbox folder) is erased by a job put in line in the same
transaction: a death in between leaves neither half.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dossiers import indexing, jobs
from dossiers.changes import schedule
from dossiers.database import (
    BallotRow,
    Call,
    DatabaseNow,
    Document,
    Dossier,
    Draft,
    FactRow,
    Filing,
    Job,
    KeptTyping,
    Link,
    Mail,
    Message,
    Note,
    OnceClaim,
    Opinion,
    Party,
    Poll,
    Request,
    RequestPoint,
    SessionRow,
    Signature,
    Tag,
    Trait,
    VerdictRow,
    lock_name,
)

ERASE = "erase"
HOUSEKEEPING = (
    "anonymise",
    ERASE,
    "deadline",
)  # these jobs say nothing of anybody, and are what is running now
NOBODY = {"name": None, "email": None, "phone": None}


class StillAtWork(Exception):
    """A worker has a job about this dossier in hand: it would write again what is erased now."""


def anonymise(session: Session, dossier: Dossier, now: datetime) -> None:
    """Erase what a locked dossier says of people. Raises StillAtWork before anything is written."""
    last = _is_last_of_address(session, dossier)
    names = _forget_jobs(session, dossier, with_address=last)
    if last:
        for model in (Link, SessionRow):
            session.execute(delete(model).where(model.email == dossier.email))
    keys = _forget_documents(session, dossier, now)
    _forget_words(session, dossier, now)
    schedule.cancel(session, dossier, now)
    dossier.email, dossier.purged_at, dossier.begun_from = "", now, None
    session.flush()
    jobs.add(
        session,
        ERASE,
        key=f"{ERASE}:dossier:{dossier.public_id}",
        dossier_id=dossier.id,
        options={"store_keys": keys, "parcels": names},
        run_at=now,
    )


def _is_last_of_address(session: Session, dossier: Dossier) -> bool:
    """Whether no other dossier is kept for this address: then the address itself is forgotten.

    Two purges of one address wait for each other, or each would believe that the other one is kept.
    """
    lock_name(session, f"address:{dossier.email}")
    others = (Dossier.email == dossier.email, Dossier.id != dossier.id, Dossier.purged_at.is_(None))
    return session.scalar(select(Dossier.id).where(*others).limit(1)) is None


def _forget_jobs(session: Session, dossier: Dossier, *, with_address: bool) -> list[str]:
    """Delete the jobs and mails about the dossier; returns the keys of the mails begun, which name their copies."""
    about = _about(dossier, with_address)
    in_hand = and_(Job.done_at.is_(None), Job.failed_at.is_(None), Job.lease_until > DatabaseNow())
    query = select(Job.id, Job.key, in_hand.label("in_hand")).where(about).order_by(Job.id)
    try:
        rows = session.execute(query.with_for_update(nowait=True)).all()
    except OperationalError as error:  # a worker settles one of them at this moment
        raise StillAtWork from error
    if any(row.in_hand for row in rows):
        raise StillAtWork
    ids = [row.id for row in rows]
    begun = set(session.scalars(select(Mail.job_id).where(Mail.job_id.in_(ids))))
    session.execute(delete(Mail).where(Mail.job_id.in_(ids)))
    session.execute(delete(Job).where(Job.id.in_(ids)).execution_options(synchronize_session=False))
    theirs = update(Job).where(Job.dossier_id == dossier.id).values(error=None)
    session.execute(theirs.execution_options(synchronize_session=False))
    return [row.key for row in rows if row.id in begun]


def _about(dossier: Dossier, with_address: bool) -> ColumnElement[bool]:
    """The jobs about a dossier, and the links mailed to its address for all that was filed with it."""
    ours = and_(Job.dossier_id == dossier.id, Job.kind.not_in(HOUSEKEEPING))
    if not with_address:
        return ours
    links = and_(Job.dossier_id.is_(None), Job.kind == "link", Job.options["to"].as_string() == dossier.email)
    return or_(ours, links)


def _forget_documents(session: Session, dossier: Dossier, now: datetime) -> list[str]:
    """Mark the documents erased, without name or digest; returns their keys in the store."""
    kept = (Document.dossier_id == dossier.id, Document.purged_at.is_(None))
    keys = list(session.scalars(select(Document.store_key).where(*kept).order_by(Document.id)))
    session.execute(update(Document).where(*kept).values(purged_at=now))
    forgotten = {"name": "", "sha256": "", "message_id": None}
    session.execute(update(Document).where(Document.dossier_id == dossier.id).values(forgotten))
    return keys


def _forget_words(session: Session, dossier: Dossier, now: datetime) -> None:
    """What was answered, said and claimed."""
    id = dossier.id
    indexing.forget(session, id)
    models: tuple[Any, ...] = (Draft, FactRow, KeptTyping, Message, Note, OnceClaim, Link, Tag, Trait)
    for model in models:
        session.execute(delete(model).where(model.dossier_id == id))
    held = select(Poll.id).where(Poll.dossier_id == id)
    session.execute(update(BallotRow).where(BallotRow.poll_id.in_(held)).values(form={}))
    asked = select(Request.id).where(Request.dossier_id == id)
    points = update(RequestPoint).where(RequestPoint.request_id.in_(asked))
    nothing = {"remark": "", "said": ""}
    session.execute(points.values(nothing).execution_options(synchronize_session=False))
    named = points.where(RequestPoint.document.is_not(None)).values(document="")
    session.execute(named.execution_options(synchronize_session=False))
    outside = {"name": "", "email": "", "question": "", "body": "", "shows": [], "closed_at": now}
    session.execute(update(Opinion).where(Opinion.dossier_id == id).values(outside))
    session.execute(update(Call).where(Call.dossier_id == id).values(note=""))
    session.execute(update(Filing).where(Filing.dossier_id == id).values(answers={}, sealed=None))
    session.execute(update(Party).where(Party.dossier_id == id).values(NOBODY))
    session.execute(update(Signature).where(Signature.dossier_id == id).values(email="", digest=None))
    for verdict in session.scalars(select(VerdictRow).where(VerdictRow.dossier_id == id)):
        verdict.rules = _outcomes(verdict.rules)


def _outcomes(verdict: dict[str, Any]) -> dict[str, Any]:
    """What each rule gave, without the values it read: enough to count by."""
    rules = [{**rule, "phrases": {}, "reasons": []} for rule in verdict["rules"]]
    return {**verdict, "rules": rules}
