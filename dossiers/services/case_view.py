"""The page a caseworker reads of one dossier."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import select

from dossiers import journal
from dossiers.access import Viewer
from dossiers.changes import filing
from dossiers.changes.requests import are_made
from dossiers.changes.sealing import sensitive_ids
from dossiers.database import DeadlineRow, Document, Dossier, JournalEntry
from dossiers.services import bounces, correspondence, editing, opinions, outbox, requests, tasks
from dossiers.services.amount_views import amount_views
from dossiers.services.anonymised_views import AnonymisedCase
from dossiers.services.answer_pages import answer_pages
from dossiers.services.answer_views import AnswerPage
from dossiers.services.cases import Case, Entry, as_followed, entries, situation
from dossiers.services.decisions import decided, read_at
from dossiers.services.desk import Work
from dossiers.services.document_views import document_view
from dossiers.services.draft_views import FilingView
from dossiers.services.fact_views import fact_views
from dossiers.services.filing_for import name_of
from dossiers.services.filling import documents, is_edit, later_of
from dossiers.services.held_votes import vote_views
from dossiers.services.masking import hidden_ids, mask_refusal, mask_verdict
from dossiers.services.office_views import (
    CaseView,
    CheckItem,
    DeadlineView,
    HistoryEntry,
)
from dossiers.services.opened import Opened, current_draft, roles_in
from dossiers.services.papers_coming import papers_coming
from dossiers.services.party_lines import party_lines
from dossiers.services.request_views import RequestView
from dossiers.services.snapshot import applicant_name, currency, silence_on
from dossiers.services.staff import actor_of, verbs
from dossiers.services.views import DocumentView
from dossiers.services.wanted import seen_by
from engine.asked.decided import Decided
from engine.award import Computation, compute, decisions
from engine.eligibility import Verdict
from renderers.masks import mask_decided, mask_used, reads_any
from renderers.snapshot import representative_name
from workflows import lifecycle
from workflows.lifecycle import Offer

READ_AGAIN = timedelta(hours=1)  # a dossier left open and reloaded is one reading


def case_view(work: Work, viewer: Viewer, case: Case) -> CaseView:
    """The dossier as this viewer may see it, with who it concerns and how it came in."""
    people = party_lines(work, case, None)
    found, typed_by = _case_view(work, viewer, case), name_of(work, case.opened)
    votes = vote_views(work, viewer, case)
    todo, asked = tasks.lines(viewer, case), opinions.views(work, viewer, case.opened)
    found = replace(found, votes=votes, tasks=todo, opinions=asked)
    return replace(found, channel=case.dossier.channel, typed_by=typed_by, parties=people)


def _case_view(work: Work, viewer: Viewer, case: Case) -> CaseView:
    """The dossier as this viewer may see it."""
    view = _told(work, viewer, case)
    is_open = is_edit(case.opened, current_draft(work, case.opened))
    filings = _filings(work, case, view.hidden)
    changes = {one.number: one.changes for one in filings}
    decision = decided(work, case.opened, case.entries)
    return replace(
        view,
        editing=is_open,
        filings=filings,
        requests=_requests(work, case, changes, view.hidden),
        unreachable=bounces.unreachable(work, case.dossier) if bounces.any_lost(view.mails) else None,
        is_decided=decision is not None,
        decision_read_at=read_at(decision, case.entries),
        mails_queued=outbox.queued(work, case.dossier.id),
        representative=representative_name(case.reading),
        computation=_computation(case, view.hidden),
        facts=fact_views(case, view.hidden, work.now),
    )


def _told(work: Work, viewer: Viewer, case: Case) -> CaseView:
    """All but what is known besides the answers."""
    row, scheme, slug = case.dossier, case.scheme, case.opened.slug
    hidden, verdict, decided = _judged(viewer, case)
    return CaseView(
        public_id=row.public_id,
        slug=slug,
        scheme=scheme,
        version=case.opened.number,
        reference=row.reference or "",
        state=scheme.workflow.states[row.state],
        status=scheme.workflow.public_of(row.state),
        applicant=applicant_name(case),
        email=row.email,
        filed_at=row.filed_at or case.filed.filed_at,
        state_since=row.state_since,
        assigned_to=outbox.account_name(work, row.assigned_to),
        mine=row.assigned_to is not None and row.assigned_to == viewer.account_id,
        revision=row.revision,
        filing_number=case.filed.number,
        pages=_pages(work, case, hidden),
        hidden=hidden,
        verdict=verdict,
        decided=decided,
        currency=currency(case),
        amounts=amount_views(work, row.id, case.entries),
        checklist=_checklist(case),
        history=tuple(_history(entry, hidden) for entry in case.entries),
        notes=tuple(one for one in correspondence.notes(work, row.id) if one.field not in hidden),
        messages=correspondence.messages(work, row.id),
        letters=_letters(work, row),
        mails=outbox.mails_of(work, row.id),
        deadlines=_deadlines(work, row),
        offers=_offers(work, viewer, replace(case, verdict=verdict), hidden),
        may=_may(viewer, case.opened),
        reopened=_reopened(work, case.opened),
        legal_on=silence_on(work, case.opened, case.entries),
        next_id=next_in_state(work, viewer, case.opened, row.state),
        papers_coming=papers_coming(work, row.id),
    )


def _judged(viewer: Viewer, case: Case) -> tuple[frozenset[str], Verdict | None, tuple[Decided, ...]]:
    """The fields hidden from this viewer; what the rules said, and which rows of which tables made the amount, as far
    as they may know."""
    hidden = hidden_ids(case.scheme, roles_in(viewer, case.opened.slug))
    if case.verdict is None:
        return hidden, None, ()
    shown = mask_verdict(case.verdict, case.scheme, hidden)
    return hidden, shown, mask_decided(decisions(case.reading, case.verdict), hidden)


def _computation(case: Case, hidden: frozenset[str]) -> Computation | None:
    """What the amount is computed from, as far as the viewer may know it; None where tables or nothing say it."""
    award = case.scheme.award
    if award is None or case.verdict is None or award.amount.table is not None:
        return None
    found = compute(case.reading, case.verdict)
    used = tuple(mask_used(one) if reads_any([one.path], hidden) else one for one in found.used)
    return replace(found, used=used)


def _pages(work: Work, case: Case, hidden: frozenset[str]) -> tuple[AnswerPage, ...]:
    """The answers, beside those of the filing before."""
    row, number = case.dossier, case.filed.number - 1  # the first has none before it
    before = filing.numbered(work.session, work.office.vault, row, number) if number else None
    answers = as_followed(work, case.opened, before).answers if before else None
    return answer_pages(case, answers, hidden, documents(work, row.id, case.filed.answers))


def anonymised_case(work: Work, opened: Opened) -> AnonymisedCase:
    """What is left of an anonymised dossier: nothing to hide from anybody."""
    row, told = opened.dossier, entries(work, opened)
    assert row.purged_at is not None and row.filed_at is not None
    return AnonymisedCase(
        public_id=row.public_id,
        slug=opened.slug,
        scheme=opened.scheme,
        version=opened.number,
        reference=row.reference or "",
        state=opened.scheme.workflow.states[row.state],
        filed_at=row.filed_at,
        decided_at=row.decided_at,
        ended_at=row.ended_at,
        anonymised_at=row.purged_at,
        amounts=amount_views(work, row.id, told),
        history=tuple(_history(entry) for entry in told),
    )


def _filings(work: Work, case: Case, hidden: frozenset[str]) -> tuple[FilingView, ...]:
    """What each filing changed, without what the viewer may not see."""
    if case.filed.number == 1:
        return ()
    return tuple(
        FilingView(
            filed.number,
            filed.filed_at,
            tuple(one for one in changes if not hidden & {one.field.id, *one.field.fields}),
        )
        for filed, changes in editing.filings(work, case)
    )


def _reopened(work: Work, opened: Opened) -> tuple[str, ...]:
    """The fields the applicant is correcting now."""
    draft = current_draft(work, opened)
    return tuple(draft.reopened or ()) if draft and not later_of(opened, draft) else ()


def _may(viewer: Viewer, opened: Opened) -> frozenset[str]:
    """The viewer's verbs; nobody writes where the scheme says so."""
    found = verbs(viewer, opened)
    return found if correspondence.may_write(opened, office=True) else found - {"message"}


def _requests(
    work: Work, case: Case, changes: requests.Changes, hidden: frozenset[str]
) -> tuple[RequestView, ...]:
    """What was asked of the applicant, where the scheme lets anything be asked."""
    made = are_made(case.scheme)
    return requests.every(work, case.opened, changes, hidden) if made else ()


def _offers(work: Work, viewer: Viewer, case: Case, hidden: frozenset[str]) -> tuple[Offer, ...]:
    """What the viewer may do now, or may not yet; the reasons show nothing that is hidden."""
    found = lifecycle.offers(situation(work, case), actor_of(viewer, case.opened.slug))
    return tuple(
        offer
        if offer.refusal is None
        else Offer(offer.action, mask_refusal(offer.refusal, offer.action, hidden))
        for offer in found
        if not offer.action.batch  # done by payment batches, with others
    )


def note_reading(work: Work, viewer: Viewer, case: Case) -> None:
    """Journal that somebody has read sensitive answers: once an hour for one dossier."""
    shown = sensitive_ids(case.scheme) - hidden_ids(case.scheme, roles_in(viewer, case.opened.slug))
    if not any(id in case.filed.answers for id in shown):
        return
    stream = f"account:{viewer.account_id}"
    lately = select(JournalEntry.id).where(
        JournalEntry.stream == stream,
        JournalEntry.action == "read",
        JournalEntry.dossier_id == case.dossier.id,
        JournalEntry.at > work.now - READ_AGAIN,
    )
    if work.session.scalar(lately.limit(1)) is None:
        actor = actor_of(viewer, case.opened.slug)
        journal.record(
            work.session, stream=stream, actor=actor, action="read", at=work.now, dossier_id=case.dossier.id
        )


def next_in_state(work: Work, viewer: Viewer, opened: Opened, state: str) -> str | None:
    """The public id of the dossier to take up next: the one that has been in this state longest."""
    row = opened.dossier
    waiting = select(Dossier.public_id).where(
        *seen_by(viewer, opened.ruling, row.scheme_id),
        Dossier.state == state,
        Dossier.id != row.id,
        Dossier.purged_at.is_(None),
    )
    return work.session.scalar(waiting.order_by(Dossier.state_since, Dossier.id).limit(1))


def _checklist(case: Case) -> tuple[CheckItem, ...]:
    items = case.scheme.workflow.states[case.dossier.state].checklist
    return tuple(
        CheckItem(id, label, tick.done, tick.by, tick.at)
        if (tick := case.ticks.get(id)) is not None
        else CheckItem(id, label, False, None, None)
        for id, label in items.items()
    )


def _history(entry: Entry, hidden: Collection[str] = ()) -> HistoryEntry:
    about_hidden = entry.payload.get("field") in hidden  # the reason of a correction may tell the value
    return HistoryEntry(
        at=entry.at,
        action=entry.action,
        actor_kind=entry.actor_kind,
        actor_name=entry.actor_name,
        source=entry.source,
        target=entry.target,
        comment=None if about_hidden else entry.payload.get("comment"),
        payload={key: value for key, value in entry.payload.items() if key != "comment"},
    )


def _letters(work: Work, row: Dossier) -> tuple[DocumentView, ...]:
    query = select(Document).where(
        Document.dossier_id == row.id,
        Document.origin.in_(("letter", "receipt")),
        Document.purged_at.is_(None),
    )
    return tuple(document_view(one) for one in work.session.scalars(query.order_by(Document.id)))


def _deadlines(work: Work, row: Dossier) -> tuple[DeadlineView, ...]:
    query = select(DeadlineRow).where(
        DeadlineRow.dossier_id == row.id,
        DeadlineRow.cancelled_at.is_(None),
        DeadlineRow.done_at.is_(None) | (DeadlineRow.kind == "due"),
    )
    rows = work.session.scalars(query.order_by(DeadlineRow.due_at, DeadlineRow.id))
    return tuple(
        DeadlineView(one.id, one.name, cast("Any", one.kind), one.local_date, one.due_at <= work.now)
        for one in rows
    )
