"""Retention: which dossiers have been kept long enough (`privacy.keep`, `privacy.drafts`), and their anonymisation.

A filed dossier follows the rule of the version it was filed under, which its applicant was told; where that version
has none, the rule in force. A draft follows the version in force. What is due is asked of the business clock each time,
so an appeal, which takes a dossier out of its end, puts everything off by itself.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select

from dossiers import journal
from dossiers.changes import anonymisation
from dossiers.database import Dossier, Draft, SchemeRow, SchemeVersion
from dossiers.services import publication, shelf
from dossiers.services.anonymised_views import AnonymisedView
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, by_id
from dossiers.services.refusals import NotFound
from engine.language import Scheme, SchemeError
from engine.language.model import Span
from workflows import calendar
from workflows.lifecycle import SYSTEM

log = logging.getLogger("guichet.retention")

Rule = Literal["keep", "drafts"]
MARGIN = timedelta(days=1)  # the query takes some too many, the calendar decides


@dataclass(frozen=True, slots=True)
class Due:
    """A dossier whose time is over: `on` was the last local day it was kept."""

    dossier_id: int
    slug: str
    rule: Rule
    span: Span
    on: date


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many dossiers of a scheme a rule has an end for now."""

    slug: str
    rule: Rule
    span: Span
    count: int


@dataclass(frozen=True, slots=True)
class _Clause:
    """One rule for some dossiers of a scheme: those whose time began at `since` and that meet `conditions`."""

    scheme: Scheme
    rule: Rule
    span: Span
    since: Any
    conditions: tuple[Any, ...]


def due(work: Work, slug: str | None = None) -> Iterator[Due]:
    """The dossiers to anonymise now, of one scheme or of all. Raises NotFound for an unknown scheme."""
    schemes = select(SchemeRow.id, SchemeRow.slug).order_by(SchemeRow.slug)
    rows = work.session.execute(schemes if slug is None else schemes.where(SchemeRow.slug == slug)).all()
    if slug is not None and not rows:
        raise NotFound("scheme")
    for row in rows:
        try:
            yield from _due_in(work, row.id, row.slug)
        except SchemeError:  # a text this release no longer understands: the other schemes don't wait for it
            log.error("A scheme can't be read, nothing of it is purged", extra={"scheme": row.slug})


def counts(work: Work, slug: str | None = None) -> tuple[DueCount, ...]:
    """What is due now, by scheme and by rule. Raises NotFound for an unknown scheme."""
    found = Counter((one.slug, one.rule, one.span) for one in due(work, slug))
    return tuple(DueCount(*key, count) for key, count in found.items())


def anonymise(work: Work, dossier_id: int) -> bool:
    """Anonymise one dossier if its time is over; False when it isn't, or is done already.

    Raises anonymisation.StillAtWork when a worker has a job about it in hand.
    """
    opened = by_id(work, dossier_id)
    if opened is None or opened.dossier.purged_at is not None:
        return False
    found = rule_of(work, opened)
    if found is None or not _is_over(work, opened.scheme, found[1], _since(work, opened)):
        return False
    rule, span = found
    anonymisation.anonymise(work.session, opened.dossier, work.now)
    seal_off(work, opened, f"privacy.{rule}: {span}")
    return True


def anonymised(work: Work, public_id: str) -> AnonymisedView | None:
    """What is told of an anonymised dossier; None for any other, known or not."""
    id = work.session.scalar(
        select(Dossier.id).where(Dossier.public_id == public_id, Dossier.purged_at.is_not(None))
    )
    opened = None if id is None else by_id(work, id, lock=False)
    if opened is None or opened.dossier.purged_at is None:
        return None
    found = rule_of(work, opened)
    is_draft = opened.dossier.filed_at is None
    return AnonymisedView(opened.scheme, is_draft, opened.dossier.purged_at, found[1] if found else None)


def rule_of(work: Work, opened: Opened) -> tuple[Rule, Span] | None:
    """The rule that ends the keeping of a dossier; None for a dossier at work, and when there is no rule."""
    if opened.dossier.filed_at is None:
        drafts = opened.scheme.privacy.drafts
        return None if drafts is None else ("drafts", drafts)
    if opened.dossier.ended_at is None:
        return None
    keep = opened.scheme.privacy.keep or publication.current(work, opened.slug).scheme.privacy.keep
    return None if keep is None else ("keep", keep)


def seal_off(work: Work, opened: Opened, why: str) -> None:
    """Erase what the journal says of people; each stream keeps a tombstone, which the next seal signs."""
    session, dossier, now = work.session, opened.dossier, work.now
    if dossier.filed_at is None:
        journal.record(
            session, stream=opened.stream, actor=SYSTEM, action="draft_erased", at=now, dossier_id=dossier.id
        )
    journal.purge(session, dossier_id=dossier.id, actor=SYSTEM, at=now, why=why)


def _since(work: Work, opened: Opened) -> datetime:
    """When the time of a dossier began to run: its end, or the last change of a draft."""
    dossier = opened.dossier
    if dossier.filed_at is not None:
        return dossier.ended_at or work.now
    last = work.session.scalar(select(Draft.updated_at).where(Draft.dossier_id == dossier.id))
    return last or dossier.created_at


def _due_in(work: Work, scheme_id: int, slug: str) -> Iterator[Due]:
    for clause in _clauses(work, scheme_id, slug):
        latest = work.now - _least(clause.span) + MARGIN
        query = select(Dossier.id, clause.since).where(*clause.conditions, clause.since <= latest)
        if clause.rule == "drafts":
            query = query.join(Draft, Draft.dossier_id == Dossier.id)
        for id, since in work.session.execute(query.order_by(Dossier.id)).all():
            if _is_over(work, clause.scheme, clause.span, since):
                last = _last_day(work, clause.scheme, clause.span, since)
                yield Due(id, slug, clause.rule, clause.span, last)


def _clauses(work: Work, scheme_id: int, slug: str) -> Iterator[_Clause]:
    """The rules that dossiers of a scheme follow: those of the versions they were filed under, that of drafts."""
    current = publication.current(work, slug).scheme
    here = (Dossier.scheme_id == scheme_id, Dossier.purged_at.is_(None))
    ended = (*here, Dossier.filed_at.is_not(None), Dossier.ended_at.is_not(None))
    versions = select(SchemeVersion.id, SchemeVersion.checksum).where(
        SchemeVersion.id.in_(select(Dossier.version_id).where(*ended))
    )
    for id, checksum in work.session.execute(versions.order_by(SchemeVersion.id)).all():
        scheme = shelf.scheme_of(work.session, id, checksum)
        if (keep := scheme.privacy.keep or current.privacy.keep) is not None:
            yield _Clause(scheme, "keep", keep, Dossier.ended_at, (*ended, Dossier.version_id == id))
    if (drafts := current.privacy.drafts) is not None:
        yield _Clause(current, "drafts", drafts, Draft.updated_at, (*here, Dossier.filed_at.is_(None)))


LEAST = {"days": 1, "working days": 1, "weeks": 7, "months": 28, "years": 365}


def _least(span: Span) -> timedelta:
    """A time the span is never shorter than."""
    return timedelta(days=LEAST[span.unit] * span.count)


def _last_day(work: Work, scheme: Scheme, span: Span, since: datetime) -> date:
    organisation = work.office.organisation
    return calendar.add(
        span, organisation.local_date(since), scheme.calendar.holidays or organisation.holidays
    )


def _is_over(work: Work, scheme: Scheme, span: Span, since: datetime) -> bool:
    return work.office.organisation.end_of(_last_day(work, scheme, span, since)) <= work.now
