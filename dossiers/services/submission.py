"""Filing an application, and filing it again after a correction: all or nothing, once, whatever is pressed twice."""

from __future__ import annotations

from typing import Any

from dossiers import indexing, jobs
from dossiers.access import Viewer
from dossiers.changes import amounts, claims, corrections, filing, numbering
from dossiers.changes.filing import Filed
from dossiers.changes.requests import ACCOUNT
from dossiers.changes.requests import close as close_request
from dossiers.database import Dossier
from dossiers.services import facts, likeness, parties, publication, receipts, requests, verdicts
from dossiers.services.cases import Case, Entry, entries, ticks
from dossiers.services.desk import Work
from dossiers.services.erasure import erase_documents
from dossiers.services.filing_for import typist
from dossiers.services.filling import Filling, filling, is_edit, takes_files
from dossiers.services.masking import mask_verdict, told_outside
from dossiers.services.noting import note
from dossiers.services.opened import Opened, actor_of_party, current_draft, for_applicant
from dossiers.services.progress import attempt, follow_automatic, move, tell
from dossiers.services.refusals import Refused
from dossiers.services.refused_accounts import refused_again
from dossiers.services.snapshot import Act, currency
from dossiers.services.views import Receipt
from engine.asked.parties import hidden_from
from engine.award import compute, requested
from engine.eligibility import Verdict, judge
from engine.journey import Journey
from engine.language import Scheme
from engine.language.model import APPLICANT
from engine.validation import validate_all
from workflows.lifecycle import Actor


def submit(work: Work, viewer: Viewer, public_id: str, *, revision: int | None = None) -> Receipt:
    """File the application, or file it again when a correction was asked; the same receipt however often it is done.

    `revision` is that of the draft the applicant has checked. Raises NotFound, and Refused: incomplete, stopped,
    not_eligible (with the failed rules), duplicate, not_open, changed, or what the workflow refuses.
    """
    opened = for_applicant(work, viewer, public_id, lock=True)
    draft = current_draft(work, opened) if opened.dossier.filed_at is not None else None
    if opened.dossier.filed_at is not None and draft is None:
        return receipts.receipt(work, opened)
    found = filling(work, opened)
    if revision is not None and revision != found.draft.revision:
        raise Refused("changed", who="", kind="applicant", action="", at=found.draft.updated_at)
    if opened.dossier.filed_at is None:
        publication.require_open(work, opened.scheme, opened.closed)
    require_complete(found)
    if is_edit(opened, draft):
        return receipts.of(work, file_again(work, found))
    if draft is not None:
        return receipts.of(work, file_corrected(work, found))
    return receipts.of(work, file(work, found, _action(opened)))


def is_correcting(work: Work, opened: Opened) -> bool:
    """Whether a filed dossier is open for correction."""
    draft = current_draft(work, opened)
    return draft is not None and draft.reopened is not None


def submitting_action(scheme: Scheme, state: str, party: str = APPLICANT) -> str:
    """The action by which a party files from a state: `submit`, or `answer` to a correction.

    It is the first one open to them that doesn't end the dossier. Raises Refused("not_editable").
    """
    action = scheme.workflow.filed_by(party, state)
    if action is not None:
        return action.id
    raise Refused("not_editable")


def stopped(journey: Journey) -> Refused:
    """The refusal of a form that ends early."""
    return Refused("stopped", rule=journey.stopped)


def file_corrected(work: Work, found: Filling) -> Case:
    """File what was asked for. Raises Refused("document_awaited") while some of it is missing."""
    asked = requests.require_answered(work, found.opened)
    if asked is not None and asked.about == ACCOUNT:
        return file_account(work, found)
    return file(work, found, _action(found.opened))


def _action(opened: Opened) -> str:
    return submitting_action(opened.scheme, opened.dossier.state, opened.party)


def file(work: Work, found: Filling, action: str) -> Case:
    """Make the filing and everything that follows from it; the caller has checked that the form is complete."""
    dossier, session, vault = found.opened.dossier, work.session, work.office.vault
    actor = _who(work, found.opened)
    dossier.version_id = found.opened.version_id
    verdict = _judged(found)
    before = filing.earlier(session, dossier)
    filed = filing.file(
        session,
        vault,
        dossier,
        found.reading,
        by=APPLICANT if dossier.channel else actor.id,
        now=work.now,
        earlier=before,
    )
    case = _case(work, found, filed, verdict)
    act = Act(actor, filed=filed.number, channel=(dossier.channel or "") if before is None else "")
    step = attempt(work, case, action, act)
    if before is None:
        dossier.filed_at = dossier.complete_at = work.now
    else:
        dossier.complete_at = work.now  # what was missing is there now
        _set_aside(work, dossier)
    claims.claim(session, vault, case.scheme, dossier, filed.answers)
    _record_outcome(work, case, found)
    if case.scheme.facts:
        _keep_facts(work, case, found)
    likeness.write_at_once(work, case)
    dues = move(work, case, step, act)
    parties.update_applicant(work, case)
    indexing.index(session, dossier, case.reading)
    if takes_files(case.scheme):
        erase_documents(work, filing.unfiled_documents(session, dossier, filed, before))
    if before is None:
        _number(work, case)
    case = tell(work, case, step, act, dues)
    _queue_receipt(work, dossier, filed)
    return follow_automatic(work, case)


def file_again(work: Work, found: Filling) -> Case:
    """File what the applicant has changed of their own will: another filing, judged again, in the same state.

    Raises Refused("not_eligible") with the failed rules, and "duplicate".
    """
    dossier, session, vault = found.opened.dossier, work.session, work.office.vault
    verdict, actor = _judged(found), actor_of_party(found.opened)
    before, filed_before = filing.earlier(session, dossier), filing.latest(session, vault, dossier)
    filed = filing.file(session, vault, dossier, found.reading, by=actor.id, now=work.now, earlier=before)
    case = _case(work, found, filed, verdict)
    corrections.close(session, dossier)
    dossier.revision += 1
    _set_aside(work, dossier)
    claims.claim(session, vault, case.scheme, dossier, filed.answers)
    _record_outcome(work, case, found)
    parties.update_applicant(work, case)
    indexing.index(session, dossier, case.reading)
    likeness.write_at_once(work, case)
    if takes_files(case.scheme):
        erase_documents(work, filing.unfiled_documents(session, dossier, filed, before))
    differing = corrections.changed(filed_before.answers, filed.answers) if filed_before else {}
    payload = {"filing": filed.number, "changed": list(differing)}
    case = case.after(note_edit(work, found.opened, "filed_again", payload))
    _queue_receipt(work, dossier, filed)
    return follow_automatic(work, case)


def file_account(work: Work, found: Filling) -> Case:
    """File the account given after a payment came back: nothing is judged again, the dossier stays where it is.

    Raises Refused("same_account"), and "duplicate".
    """
    dossier, session, vault = found.opened.dossier, work.session, work.office.vault
    before, filed_before = filing.earlier(session, dossier), filing.latest(session, vault, dossier)
    assert filed_before is not None
    kept = found.reading.kept()
    changed = [id for id in found.reopened or () if kept.get(id) != filed_before.answers.get(id)]
    if not changed or refused_again(work, found.opened, changed, kept):
        raise Refused("same_account")
    actor = actor_of_party(found.opened)
    filed = filing.file(session, vault, dossier, found.reading, by=actor.id, now=work.now, earlier=before)
    case = _case(work, found, filed, None)
    corrections.close(session, dossier)
    close_request(session, dossier, work.now, filed.number)
    dossier.revision += 1
    _set_aside(work, dossier)
    claims.claim(session, vault, case.scheme, dossier, filed.answers)
    parties.update_applicant(work, case)
    indexing.index(session, dossier, case.reading)
    payload = {"filing": filed.number, "changed": changed}
    case = case.after(note_edit(work, found.opened, "account_given", payload))
    _queue_receipt(work, dossier, filed)
    return case


def note_edit(work: Work, opened: Opened, action: str, payload: dict[str, Any]) -> Entry:
    """Write in the journal what the applicant did to what was filed, in the state it is in."""
    actor = actor_of_party(opened)
    note(work, opened, actor, action, payload)
    return Entry(work.now, action, actor.kind, actor.id, actor.name, None, None, payload)


def _judged(found: Filling) -> Verdict:
    """What the rules say. Raises Refused("not_eligible"), its reasons without what is hidden from who files. Of a form
    asked later only its own rules refuse: the first one was decided upon."""
    verdict, scheme = judge(found.reading), found.opened.scheme
    its_own = any(scheme.eligibility[id].form == found.later for id in verdict.because)
    if verdict.eligible is False and (not found.later or its_own):
        shown = told_outside(mask_verdict(verdict, scheme, hidden_from(scheme, found.opened.party)), scheme)
        raise Refused("not_eligible", rules=_failed(shown))
    return verdict


def _number(work: Work, case: Case) -> None:
    """Give a dossier its reference, at its first deposit."""
    organisation = work.office.organisation
    case.dossier.reference = numbering.next_reference(
        work.session,
        case.scheme.reference,
        organisation.local_date(work.now),
        rehearsal=organisation.rehearsal,
    )


def _who(work: Work, opened: Opened) -> Actor:
    """Who files: the party, or at the first deposit the agent who typed it for somebody."""
    first = opened.dossier.filed_at is None and opened.dossier.typed_by is not None
    return typist(work, opened) if first else actor_of_party(opened)


def require_complete(found: Filling) -> None:
    """Raise Refused (stopped, incomplete) unless everything asked is answered rightly."""
    journey = found.journey
    if journey.stopped is not None:
        raise stopped(journey)
    problems = validate_all(found.own)
    if not journey.complete or problems:
        page = journey.first_incomplete
        if page is None and problems and problems[0].path:
            page = found.opened.scheme.page_of(str(problems[0].path[0])).id
        raise Refused("incomplete", page=page)


def _case(work: Work, found: Filling, filed: Filed, verdict: Verdict | None) -> Case:
    opened = found.opened
    if opened.dossier.filed_at is None:  # nobody has done anything to it yet
        return Case(opened, filed, found.reading, verdict, {}, (), found.kept)
    known = ticks(work, opened.dossier), entries(work, opened)
    return Case(opened, filed, found.reading, verdict, *known, found.kept)


def _set_aside(work: Work, dossier: Dossier) -> None:
    """Take back what the deposit before claimed and indexed: this one takes its place."""
    claims.release(work.session, dossier)
    indexing.forget(work.session, dossier.id)


def _failed(verdict: Verdict) -> tuple[object, ...]:
    return tuple(rule for rule in verdict.rules if rule.id in verdict.because)


def _record_outcome(work: Work, case: Case, found: Filling) -> None:
    """Keep what the rules said and what the award comes to, beside the filing."""
    assert case.verdict is not None
    computation = compute(found.reading, case.verdict)
    verdicts.keep(work, case, computation.amount)
    again = "later_form" if found.later else "filed_again"
    why = "award" if case.filed.number == 1 else again
    link = amounts.Link(by="system", why=why, at=work.now, currency=currency(case))
    if found.later:
        amounts.record_computed_anew(work.session, case.dossier, computation.amount, link)
        return
    amounts.record_computed(work.session, case.dossier, computation.amount, link, requested(found.reading))


def _keep_facts(work: Work, case: Case, found: Filling) -> None:
    """What earlier dossiers came to now, beside the filing; what no source has said yet is asked later."""
    if not found.later:
        facts.keep_earlier(work, found.opened, found.reading)
    facts.look_later(work, found.opened, found.reading, found.kept, case.filed.number)


def _queue_receipt(work: Work, dossier: Dossier, filed: Filed) -> None:
    jobs.add(
        work.session,
        "receipt",
        key=f"receipt:{dossier.public_id}:{filed.number}",
        dossier_id=dossier.id,
        options={"number": filed.number, "language": dossier.language},
        run_at=work.now,
    )
