"""Asking somebody outside for an opinion: who, what, until when, and what they are shown; and calling it off."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Opinion
from dossiers.services import noting, opinions
from dossiers.services.beginning import normal_email
from dossiers.services.cases import load
from dossiers.services.correspondence import worded
from dossiers.services.desk import Work
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import Opened, for_staff, roles_in
from dossiers.services.opinion_views import Asked, Asking
from dossiers.services.progress import follow_automatic
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of, kept
from engine.language.model import Field
from engine.language.opinion_model import OpinionKind
from workflows import calendar
from workflows.opinions import askable

LONGEST = timedelta(days=366)
LONGEST_NAME = 150


def asking(work: Work, viewer: Viewer, public_id: str, kind_id: str) -> Asking:
    """What the viewer may ask for. Raises NotFound, Refused: anonymised, no_opinion_here, not_allowed."""
    opened = for_staff(work, viewer, public_id)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    kind = _kind(viewer, opened, kind_id)
    today = work.office.organisation.local_date(work.now)
    holidays = opened.scheme.calendar.holidays or work.office.organisation.holidays
    return Asking(
        opened.slug,
        public_id,
        opened.dossier.reference or "",
        kind,
        _showable(work, viewer, opened, kind),
        calendar.add(kind.within, today, holidays),
        today + timedelta(days=1),
        today + LONGEST,
    )


def ask(work: Work, viewer: Viewer, public_id: str, kind_id: str, asked: Asked) -> None:
    """Ask one person for an opinion, by a mail with a link of their own.

    Raises as `asking`, and Refused: no_expert, not_an_email, empty, too_long, bad_last_day, already_awaited.
    """
    opened = kept(work, viewer, public_id)
    kind, actor = _kind(viewer, opened, kind_id), actor_of(viewer, opened.slug)
    row = Opinion(
        public_id=secrets.token_urlsafe(16),
        dossier_id=opened.dossier.id,
        kind=kind.id,
        name=_named(asked.name),
        email=normal_email(asked.email),
        language=opened.dossier.language,
        question=worded(asked.question),
        shows=[one.id for one in _showable(work, viewer, opened, kind) if one.id in asked.shows],
        until=_last_day(work, asked.until),
        asked_by=actor.name,
        asked_at=work.now,
        body="",
    )
    _require_none_awaited(work, opened, row.email)
    work.session.add(row)
    work.session.flush()
    opinions.write(work, row, "opinion_asked")
    opinions.remind(work, row, opened.scheme, kind)
    told = {"opinion": kind.id, "to": row.name, "shows": row.shows, "until": row.until.isoformat()}
    noting.note(work, opened, actor_of(viewer, opened.slug), "opinion_asked", told)
    follow_automatic(work, load(work, opened))


def _named(name: str) -> str:
    found = " ".join(name.split())[:LONGEST_NAME]
    if not found:
        raise Refused("no_expert")
    return found


def _last_day(work: Work, until: date | None) -> date:
    today = work.office.organisation.local_date(work.now)
    if until is None or not today < until <= today + LONGEST:
        raise Refused("bad_last_day", first=today + timedelta(days=1), last=today + LONGEST)
    return until


def call_off(work: Work, viewer: Viewer, public_id: str, opinion_id: str) -> None:
    """Want an opinion no more, or take what was said as final: its link opens nothing any more.

    Raises NotFound, Refused: anonymised, not_allowed, opinion_over.
    """
    opened = kept(work, viewer, public_id)
    mine = (Opinion.dossier_id == opened.dossier.id, Opinion.public_id == opinion_id)
    row = work.session.scalar(select(Opinion).where(*mine))
    kind = opened.scheme.workflow.opinions.get(row.kind) if row else None
    if row is None:
        raise NotFound("opinion")
    if kind is None or not roles_in(viewer, opened.slug) & set(kind.by):
        raise Refused("not_allowed", verb="opinion")
    if row.closed_at is not None:
        raise Refused("opinion_over")
    opinions.close(work, row)
    told = {"opinion": kind.id, "to": row.name}
    noting.note(work, opened, actor_of(viewer, opened.slug), "opinion_called_off", told)
    follow_automatic(work, load(work, opened))


def _kind(viewer: Viewer, opened: Opened, kind_id: str) -> OpinionKind:
    kinds, state = opened.scheme.workflow.opinions, opened.dossier.state
    kind = kinds.get(kind_id)
    if kind is None:
        raise NotFound("opinion")
    if state not in kind.in_:
        raise Refused("no_opinion_here")
    if kind not in askable(kinds, state, roles_in(viewer, opened.slug)):
        raise Refused("not_allowed", verb="opinion")
    return kind


def _showable(work: Work, viewer: Viewer, opened: Opened, kind: OpinionKind) -> tuple[Field, ...]:
    """What may be shown and was answered."""
    fields = opinions.showable(kind, opened.scheme, hidden_ids(opened.scheme, roles_in(viewer, opened.slug)))
    reading = load(work, opened).reading if fields else None
    return tuple(
        one for one in fields if reading and reading.answers.get(one.id) and reading.is_asked(one.id)
    )


def _require_none_awaited(work: Work, opened: Opened, email: str) -> None:
    """One is awaited of one person; one whose last day is over without an answer gives way."""
    theirs = (Opinion.dossier_id == opened.dossier.id, Opinion.email == email)
    awaited = (Opinion.given_at.is_(None), Opinion.closed_at.is_(None))
    row = work.session.scalar(select(Opinion).where(*theirs, *awaited))
    if row is None:
        return
    if row.until >= work.office.organisation.local_date(work.now):
        raise Refused("already_awaited", at=row.asked_at)
    opinions.close(work, row)
