"""Following a dossier: what its applicant reads of it, and may do once it is filed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, select

from dossiers.access import Viewer
from dossiers.changes import schedule
from dossiers.changes.drafts import Drafted
from dossiers.database import DeadlineRow, Document, Dossier
from dossiers.services import corrected, correspondence, editing, messaging, receipts, requests, timeline
from dossiers.services.amount_views import amount_views
from dossiers.services.cases import Case, awaited, load, situation
from dossiers.services.decisions import decided, read_at
from dossiers.services.desk import Work
from dossiers.services.document_views import document_view
from dossiers.services.filling import filling, later_of
from dossiers.services.given import given_besides, given_reason, why_asked
from dossiers.services.in_force import suspended_since
from dossiers.services.masking import mask_verdict, masked_text, told_outside
from dossiers.services.money_views import AmountView, for_applicants, held, paid
from dossiers.services.opened import Opened, actor_of_party, current_draft, for_applicant
from dossiers.services.papers_coming import papers_coming
from dossiers.services.party_lines import party_lines
from dossiers.services.progress import advance, attempt
from dossiers.services.refusals import Refused
from dossiers.services.request_views import RequestView
from dossiers.services.signatures import address, missing
from dossiers.services.snapshot import Act, currency
from dossiers.services.submission import file_corrected, is_correcting, require_complete, submitting_action
from dossiers.services.views import AwaitedDocument, DecisionView, Expected, TrackingView
from engine.asked.cells import asked_again, head_of
from engine.asked.parties import hidden_from
from engine.language.model import APPLICANT, Action
from workflows import lifecycle
from workflows.signing import signed_in

reply = messaging.from_applicant
# what makes a page shown before out of date, besides the moves
CHANGING = frozenset({
    corrected.CORRECTED, "filed_again", "account_given", "payment_returned", "account_asked", "account_kept", "repayment",
    "paid_apart", "re_examined", "migrated", "verified",
})  # fmt: skip
TOLD = ("filed_again", "account_given", corrected.CORRECTED)  # what is told of what happened in one state
DOCUMENTS = (
    select(Document)
    .where(Document.dossier_id == bindparam("dossier"), Document.purged_at.is_(None))
    .order_by(Document.id)
)


def dossier(work: Work, viewer: Viewer, public_id: str) -> TrackingView:
    """One dossier as its applicant follows it: public words only. Raises NotFound."""
    opened = for_applicant(work, viewer, public_id)
    if opened.dossier.filed_at is None:
        return _draft_view(work, opened)
    case, draft = load(work, opened), current_draft(work, opened)
    workflow, row = case.scheme.workflow, case.dossier
    expected = _expected(work, case, draft)
    request = _request(work, case, expected)
    chain = for_applicants(amount_views(work, row.id))
    moves = [entry.move for entry in case.entries if entry.target or entry.action in TOLD]
    return TrackingView(
        public_id=row.public_id,
        scheme=case.scheme,
        reference=row.reference,
        email=address(work, opened, opened.party)[0],
        language=row.language,
        status=workflow.public_of(row.state),
        steps=timeline.steps(workflow, moves, row.state),
        timeline=timeline.entries(case.scheme, moves),
        messages=correspondence.messages(work, row.id) if opened.party == APPLICANT else (),
        documents=_documents(work, opened),
        expected=replace(expected, reason=()) if expected and request and request.about else expected,
        request=request,
        decision=_decision(work, case, chain),
        actions=_actions(work, case, draft),
        receipt=receipts.of(work, case),
        revision=row.revision,
        paid_at=next((one.at for one in reversed(chain) if one.kind == "paid"), None)
        if paid(chain)
        else None,
        amounts=chain,
        papers_coming=papers_coming(work, row.id),
        awaited=_awaited(work, case, draft),
        editing=editing.standing(work, case, draft),
        party=opened.party,
        parties=party_lines(work, case, draft),
        may_write=correspondence.may_write(opened, office=False),
        corrected=corrected.told(work, case, hidden_from(case.scheme, opened.party)),
    )


def act(
    work: Work, viewer: Viewer, public_id: str, action: str, *, comment: str = "", revision: int | None = None
) -> TrackingView:
    """Do what the workflow lets the applicant do: withdraw, or answer a correction (which files it again).

    `revision` is that of the page shown. Raises NotFound and Refused ("changed" when the office acted meanwhile).
    """
    opened = for_applicant(work, viewer, public_id, lock=True)
    if opened.dossier.filed_at is None:
        raise Refused("not_editable")
    case = load(work, opened)
    require_fresh(case, revision)
    if is_correcting(work, opened) and action == _filing_action(opened):
        found = filling(work, opened)
        require_complete(found)
        file_corrected(work, found)
    else:
        done = Act(actor_of_party(opened), comment=comment)
        advance(work, case, attempt(work, case, action, done), done)
    return dossier(work, viewer, public_id)


def require_fresh(case: Case, revision: int | None) -> None:
    """Raise Refused("changed") when the dossier moved since the page was shown: who did what, and when."""
    if revision is not None and revision != case.dossier.revision:
        raise changed(case)


def changed(case: Case) -> Refused:
    """The refusal that names who did what last, be it no action of the workflow."""
    last = [entry for entry in case.entries if entry.target or entry.action in CHANGING][-1]
    return Refused("changed", who=last.actor_name, kind=last.actor_kind, action=last.action, at=last.at)


def _draft_view(work: Work, opened: Opened) -> TrackingView:
    row = opened.dossier
    return TrackingView(
        public_id=row.public_id,
        scheme=opened.scheme,
        reference=None,
        email=row.email,
        language=row.language,
        status=None,
        steps=(),
        timeline=(),
        messages=(),
        documents=(),
        expected=Expected("finish", (), (), None, draft_until(work, opened)),
        decision=None,
        actions=(),
        receipt=None,
        revision=row.revision,
        paid_at=None,
    )


def draft_until(work: Work, opened: Opened) -> Any:
    draft = current_draft(work, opened)
    organisation = work.office.organisation
    return None if draft is None else schedule.draft_ends_on(opened.scheme, organisation, draft.updated_at)


def next_day(work: Work, row: Dossier, kind: str) -> Any:
    """The local day of the next deadline of a kind ("do", "due"); None without one."""
    query = select(DeadlineRow.local_date).where(
        DeadlineRow.dossier_id == row.id,
        DeadlineRow.kind == kind,
        DeadlineRow.done_at.is_(None),
        DeadlineRow.cancelled_at.is_(None),
    )
    return work.session.scalar(query.order_by(DeadlineRow.due_at).limit(1))


def _documents(work: Work, opened: Opened) -> Any:
    """The letters and receipts made here, and what was sent, oldest first: as far as the party may see them."""
    kept_from = hidden_from(opened.scheme, opened.party)
    found = work.session.scalars(DOCUMENTS, {"dossier": opened.dossier.id})
    return tuple(document_view(one) for one in found if one.field not in kept_from)


def _filing_action(opened: Opened) -> str:
    """The action that files again what the party corrects; "" where it is filed without one."""
    try:
        return submitting_action(opened.scheme, opened.dossier.state, opened.party)
    except Refused:
        return ""


def _expected(work: Work, case: Case, draft: Drafted | None) -> Expected | None:
    if draft is None or draft.reopened is None:
        return None
    kept_from = hidden_from(case.scheme, case.opened.party)
    if signed_in(case.scheme.workflow, case.dossier.state) is not None:
        return _signature(work, case, draft)
    if later_of(case.opened, draft):
        return _to_file(work, case)
    theirs = (asked_again(case.scheme, id) for id in draft.reopened if head_of(id) not in kept_from)
    pages = case.scheme.form
    fields = tuple(one for one in theirs if pages[head_of(one.page)].asked_of == case.opened.party)
    if not fields and case.opened.party != APPLICANT:
        return None
    return Expected(
        kind="correct",
        fields=fields,
        labels=tuple(masked_text(one.label, case.reading, kept_from) for one in fields),
        reason=why_asked(case.scheme, case.entries, case.dossier.language),
        action=_filing_action(case.opened),
        until=next_day(work, case.dossier, "do"),
    )


def _to_file(work: Work, case: Case) -> Expected:
    """A form asked later, to be filled in and filed."""
    action = case.scheme.workflow.filing(case.dossier.state)
    assert action is not None
    until = next_day(work, case.dossier, "do")
    return Expected("file", (), (), action.id, until, called=action.label)


def _request(work: Work, case: Case, expected: Expected | None) -> RequestView | None:
    """The request to answer. One about an account says why in its own points, the action before it nothing of it."""
    if expected is None or expected.kind != "correct":
        return None
    return requests.open_now(work, case.opened, hidden_from(case.scheme, case.opened.party))


def _awaited(work: Work, case: Case, draft: Drafted | None) -> tuple[AwaitedDocument, ...]:
    """What may be sent from here; while a correction is open, it goes with that."""
    if draft is not None or case.dossier.ended_at is not None:
        return ()
    every = (case.scheme.fields[id] for id in awaited(work, case))
    fields = (one for one in every if case.scheme.form[one.page].asked_of == case.opened.party)
    return tuple(AwaitedDocument(one, masked_text(one.label, case.reading, ())) for one in fields)


def _signature(work: Work, case: Case, draft: Drafted) -> Expected | None:
    """What is expected of who has still to sign."""
    found = filling(work, case.opened)
    action = signed_in(case.scheme.workflow, case.dossier.state)
    if action is None or case.opened.party not in missing(work, case.opened, found.reading, action):
        return None
    return Expected("sign", (), (), action.id, next_day(work, case.dossier, "do"))


def _decision(work: Work, case: Case, chain: tuple[AmountView, ...]) -> DecisionView | None:
    """The decision in force, as its applicant reads it."""
    found = decided(work, case.opened, case.entries)
    if found is None:
        return None
    outcome, entry = found.outcome, found.entry
    granted = held(chain)
    hidden = hidden_from(case.scheme, case.opened.party)
    told = told_outside(case.verdict, case.scheme) if case.verdict else None
    rules = mask_verdict(told, case.scheme, hidden).rules if told else ()
    return DecisionView(
        outcome=outcome,
        at=entry.at,
        amount=granted if outcome == "granted" and granted else None,
        currency=currency(case),
        rules=tuple(rule for rule in rules if rule.severity == "refuse" and rule.outcome is False),
        reason=given_reason(case.scheme, entry, case.dossier.language),
        remedies=case.scheme.legal.remedies,
        read_at=read_at(found, case.entries),
        details=given_besides(case.scheme, entry, case.dossier.language),
        suspended_since=suspended_since(case.scheme, case.entries),
    )


def _actions(work: Work, case: Case, draft: Drafted | None) -> tuple[Action, ...]:
    """What the applicant may do besides a correction, which has its own pages."""
    offers = lifecycle.offers(situation(work, case), actor_of_party(case.opened))
    can = tuple(offer.action for offer in offers if offer.refusal is None and not offer.action.signs)
    correcting = draft is not None and draft.reopened is not None
    filing = _filing_action(case.opened) if correcting and can else None
    return tuple(action for action in can if action.id != filing)
