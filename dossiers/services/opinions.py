"""The opinions asked outside about a dossier: what was said, who may be shown what, and what ends with its state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from dossiers import jobs
from dossiers.access import Viewer
from dossiers.database import Document, Dossier, Opinion
from dossiers.services.desk import Work
from dossiers.services.document_views import DocumentView, document_view
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import Opened, roles_in
from dossiers.services.opinion_views import Opinions, OpinionView
from engine.asked.derived import derived
from engine.language import Scheme
from engine.language.model import Expression, Field, Text
from engine.language.opinion_model import OpinionKind
from renderers.masks import reads_any
from workflows import calendar
from workflows.opinions import askable

LINK = "opinion_link"  # the kind of the job that mails it


def given(work: Work, scheme: Scheme, dossier: Dossier) -> Mapping[str, list[str | None]]:
    """What was said, by kind; None where it is awaited. One called off before an answer is none."""
    found: dict[str, list[str | None]] = {}
    if scheme.workflow.opinions:
        said = Opinion.given_at.is_not(None) | Opinion.closed_at.is_(None)
        query = select(Opinion.kind, Opinion.answer, Opinion.until)
        for kind, answer, until in work.session.execute(query.where(Opinion.dossier_id == dossier.id, said)):
            if answer or until >= _today(work):
                found.setdefault(kind, []).append(answer)
    return found


def leave(work: Work, scheme: Scheme, dossier: Dossier) -> None:
    """What is asked is over where the dossier stands now: those awaited are called off, the others are final."""
    kinds = scheme.workflow.opinions.values()
    gone = [kind.id for kind in kinds if dossier.state not in kind.in_]
    if not gone:
        return
    rows = select(Opinion).where(Opinion.dossier_id == dossier.id, Opinion.closed_at.is_(None))
    for row in work.session.scalars(rows.where(Opinion.kind.in_(gone))):
        close(work, row)


def close(work: Work, row: Opinion) -> None:
    """Call off an opinion, or let it be final; who was going to give it is told so."""
    row.closed_at = work.now
    if row.answer is None and row.until >= _today(work):
        write(work, row, "opinion_called_off")
    work.session.flush()


def write(work: Work, row: Opinion, template: str, *, days: int = 0) -> None:
    """Put a mail to who is asked in line: now, or as the day begins that is so many days away."""
    organisation = work.office.organisation
    day = _today(work) + timedelta(days=days)
    jobs.add(
        work.session,
        LINK,
        key=f"{template}:{row.public_id}",
        dossier_id=row.dossier_id,
        options={"template": template, "opinion": row.public_id},
        run_at=organisation.start_of(day) if days else work.now,
    )


def remind(work: Work, row: Opinion, scheme: Scheme, kind: OpinionKind) -> None:
    """Have who is asked reminded, where there is time for it."""
    holidays = scheme.calendar.holidays or work.office.organisation.holidays
    days = (calendar.subtract(kind.remind, row.until, holidays) - _today(work)).days
    if days > 0:
        write(work, row, "opinion_reminder", days=days)


def views(work: Work, viewer: Viewer, opened: Opened) -> Opinions:
    """Those of a dossier as far as the viewer may know, and those they may ask for."""
    scheme, dossier = opened.scheme, opened.dossier
    if not scheme.workflow.opinions:
        return Opinions()
    rows = work.session.scalars(
        select(Opinion).where(Opinion.dossier_id == dossier.id).order_by(Opinion.id.desc())
    ).all()
    files = _files(work, dossier.id) if rows else {}
    roles = roles_in(viewer, opened.slug)
    hidden = hidden_ids(scheme, roles)
    seen = tuple(view(work, row, scheme, files, roles, _is_hidden(scheme, row, hidden)) for row in rows)
    return Opinions(seen, askable(scheme.workflow.opinions, dossier.state, roles))


def view(
    work: Work,
    row: Opinion,
    scheme: Scheme,
    files: Mapping[int, tuple[DocumentView, ...]],
    roles: Collection[str] = (),
    hidden: bool = False,
) -> OpinionView:
    """One of them, its words left out where they tell of what is hidden."""
    kind = scheme.workflow.opinions.get(row.kind)
    return OpinionView(
        public_id=row.public_id,
        label=kind.label if kind else Text({scheme.languages[0]: (row.kind,)}),
        name=row.name,
        email=row.email,
        question="" if hidden else row.question,
        shows=tuple(scheme.fields[id].label for id in row.shows if id in scheme.fields),
        until=row.until,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        read_at=row.read_at,
        answer=row.answer,
        body="" if hidden else row.body,
        given_at=row.given_at,
        corrected_at=row.corrected_at,
        closed_at=row.closed_at,
        is_over=row.closed_at is not None or row.until < _today(work),
        mine=kind is not None and bool(set(roles) & set(kind.by)),
        hidden=hidden,
        documents=() if hidden else files.get(row.id, ()),
    )


def files_of(work: Work, row: Opinion) -> Mapping[int, tuple[DocumentView, ...]]:
    """The files sent with one opinion, by its number."""
    return {row.id: _files(work, row.dossier_id).get(row.id, ())}


def _files(work: Work, dossier_id: int) -> dict[int, tuple[DocumentView, ...]]:
    found: dict[int, tuple[DocumentView, ...]] = {}
    theirs = (Document.dossier_id == dossier_id, Document.origin == "opinion", Document.purged_at.is_(None))
    for row in work.session.scalars(select(Document).where(*theirs).order_by(Document.id)):
        assert row.opinion_id is not None
        found[row.opinion_id] = (*found.get(row.opinion_id, ()), document_view(row))
    return found


def may_open(work: Work, scheme: Scheme, document: Document, hidden: Collection[str]) -> bool:
    """Whether who may not see these fields may open a file sent with an opinion."""
    row = work.session.get(Opinion, document.opinion_id) if document.opinion_id else None
    return row is None or not _is_hidden(scheme, row, hidden)


def _is_hidden(scheme: Scheme, row: Opinion, hidden: Collection[str]) -> bool:
    return any(not _is_seen(scheme.fields[id], hidden) for id in row.shows if id in scheme.fields)


def showable(kind: OpinionKind, scheme: Scheme, hidden: Collection[str]) -> tuple[Field, ...]:
    """The answers the scheme lets be shown, without any that is hidden, even in part, from who asks."""
    fields = (scheme.fields[id] for id in kind.shows if id in scheme.fields)
    return tuple(one for one in fields if _is_seen(one, hidden))


def _is_seen(field: Field, hidden: Collection[str]) -> bool:
    parts = (field, *field.below)
    return not any(part.id in hidden or reads_any(_holes(part.label), hidden) for part in parts)


def _holes(text: Text) -> Iterable[str]:
    return (part.text for parts in text.versions.values() for part in parts if isinstance(part, Expression))


def kept_from_expert(scheme: Scheme, shown: Collection[Field]) -> frozenset[str]:
    """All that is not shown, and all that is computed from it."""
    seen = {part.id for field in shown for part in (field, *field.below)}
    names: set[str] = set(scheme.facts)
    for field in scheme.fields.values():
        names |= {name for part in (field, *field.below) for name in (part.id, *part.totals)}
    return derived(scheme, names - seen)


def _today(work: Work) -> Any:
    return work.office.organisation.local_date(work.now)
