"""A request to the applicant, of several points at once: opened with an action, closed when it is answered or when the
dossier moves on without an answer. One is open at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from dossiers.changes.refusals import Refused
from dossiers.database import Dossier, Request, RequestPoint, core, table_of
from engine.kinds.fields import Point
from engine.language import Scheme

ACCOUNT = "account"  # what a request is about when a payment came back
REQUESTS, POINTS = table_of(Request), table_of(RequestPoint)
OPEN = REQUESTS.c.closed_at.is_(None)
ASKED_AT = select(REQUESTS.c.asked_at).where(REQUESTS.c.dossier_id == bindparam("dossier"), OPEN)
CLOSE = update(REQUESTS).where(REQUESTS.c.dossier_id == bindparam("dossier"), OPEN)


def are_made(scheme: Scheme) -> bool:
    """Whether some action of the scheme asks the applicant anything."""
    actions = scheme.workflow.actions.values()
    return any(change.kind == "reopen" for action in actions for change in action.changes)


def require_none_open(session: Session, dossier: Dossier) -> None:
    """Raise Refused("already_asked") while the applicant has a request to answer."""
    at = core(session).scalar(ASKED_AT, {"dossier": dossier.id})
    if at is not None:
        raise Refused("already_asked", at=at)


def ask(
    session: Session,
    dossier: Dossier,
    points: Sequence[Point],
    *,
    by: str,
    until: date | None,
    now: datetime,
    about: str = "",
) -> None:
    """Keep what is asked (`about`: see the table). The fields are opened apart, by `changes.corrections`."""
    row = {"dossier_id": dossier.id, "asked_by": by, "asked_at": now, "until": until, "about": about}
    id = session.scalars(insert(Request).values(row).returning(Request.id)).one()
    rows = [
        {
            "request_id": id,
            "field": point.field or None,
            "document": point.document or None,
            "remark": point.remark,
            "said": "",
        }
        for point in points
    ]
    core(session).execute(insert(POINTS), rows)


def close(session: Session, dossier: Dossier, now: datetime, filing: int | None) -> None:
    """End the request that is open, if one is: answered by a filing, or withdrawn."""
    outcome = "withdrawn" if filing is None else "answered"
    closed = CLOSE.values(closed_at=now, outcome=outcome, filing=filing)
    core(session).execute(closed, {"dossier": dossier.id})


def rename(session: Session, dossier: Dossier, called: Mapping[str, str]) -> None:
    """The fields asked for bear other names in the version the dossier moves to."""
    asked = select(REQUESTS.c.id).where(REQUESTS.c.dossier_id == dossier.id, OPEN)
    for old, new in called.items():
        theirs = (POINTS.c.request_id.in_(asked), POINTS.c.field == old)
        core(session).execute(update(POINTS).where(*theirs).values(field=new))
