"""Applying a step: the dossier moves, its money and deadlines follow, the journal tells it, the effects wait in line.

In two halves, since the reference number is taken between them: `move` may refuse, `tell` may not.
"""

from __future__ import annotations

from collections.abc import Sequence

from dossiers import jobs, journal
from dossiers.changes import amounts, claims, corrections, numbering, requests, schedule
from dossiers.changes.assignment import assign
from dossiers.database import savepoint
from dossiers.services import (
    correspondence,
    deciding,
    distributing,
    erasing,
    funding,
    invitations,
    opinions,
    paying,
    polls,
)
from dossiers.services.cases import Case, Entry, situation, stays
from dossiers.services.desk import Work
from dossiers.services.refusals import Refused
from dossiers.services.snapshot import Act, asked_points, values
from engine.asked.cells import head_of
from engine.asked.later import fields_of
from engine.language.model import APPLICANT
from workflows import legal_clock, lifecycle
from workflows.deadlines import Due, going_on
from workflows.lifecycle import SYSTEM, Refusal, Step
from workflows.parts import remains_in
from workflows.signing import signed_in

MOST_AUTOMATIC = (
    10  # actions in a row done by the system: a scheme that goes round in circles is stopped here
)


def advance(work: Work, case: Case, step: Step, act: Act) -> Case:
    """Apply a step, then those the system does by itself from there. Raises what a change refuses."""
    return follow_automatic(work, _take(work, case, step, act))


def _take(work: Work, case: Case, step: Step, act: Act) -> Case:
    """Do one step, or what the scheme does instead when there is no money for it. Raises Exhausted when it says nothing."""
    drawn = funding.draws(work, case, step)
    if not drawn.may_lack:
        return tell(work, case, step, act, move(work, case, step, act, drawn))
    discarded = len(work.discarded)
    try:
        with savepoint(work.session):
            dues = move(work, case, step, act, drawn)
    except funding.Exhausted as exhausted:
        del work.discarded[discarded:]
        action, act = funding.instead(case, exhausted), Act(SYSTEM)
        step = attempt(work, case, action, act)
        dues = move(work, case, step, act)
    return tell(work, case, step, act, dues)


def attempt(work: Work, case: Case, action: str, act: Act) -> Step:
    """Ask the workflow whether an action may be done now. Raises Refused with its reason."""
    found = lifecycle.fire(situation(work, case), action, act.actor, comment=act.comment, form=act.form)
    if isinstance(found, Refusal):
        raise Refused(found.code, **found.params)
    return found


def move(work: Work, case: Case, step: Step, act: Act, drawn: funding.Drawn | None = None) -> tuple[Due, ...]:
    """Put the dossier in its new state with all that follows inside the house; returns what time will bring. `drawn`: what the
    step means for the envelopes, where it was asked before."""
    dossier, session = case.dossier, work.session
    _close_request(work, case, step, act)
    if act.filed is not None:
        corrections.close(session, dossier)  # the draft of what is filed just now
    elif not _goes_on_filling(case, step):
        corrections.close_correction(session, dossier)
    _apply_changes(work, case, step, act)
    _enter(work, case, step)
    polls.arrive(work, case.scheme, dossier, step.source)
    opinions.leave(work, case.scheme, dossier)
    if step.decision is not None:
        deciding.keep(work, case, step.decision)
        erasing.on_decision(work, case)
    _await_parties(work, case)
    if act.filed is not None or not _goes_on_filling(case, step):
        _ask_later_form(work, case)
    paying.follow(work, case, step, act)
    funding.follow(work, case, step, drawn)
    if _ended_for_nothing(work, case):
        claims.release(session, dossier)
    here = legal_clock.Stay(work.now, step.target)
    clock = legal_clock.of_stays(
        case.scheme,
        work.office.organisation,
        dossier.filed_at or work.now,
        (*stays(case.entries, case.scheme), here),
    )
    if case.entries:  # before its first move a dossier waits for nothing
        goes_on = going_on(case.scheme.workflow, step.source, step.target)
        schedule.cancel(session, dossier, dossier.state_since, goes_on)
    organisation = work.office.organisation
    dues = schedule.arrive(
        session, case.scheme, dossier, organisation, clock, act.form, came_from=step.source
    )
    _keep_request(work, case, step, act, dues)
    return dues


def tell(work: Work, case: Case, step: Step, act: Act, dues: Sequence[Due]) -> Case:
    """Write the step in the journal, put its effects in line, and give the dossier to who it falls to; returns the case
    with the step done."""
    actor = act.actor
    given = {"comment": act.comment, "form": dict(act.form), "filing": act.filed, "channel": act.channel}
    payload = {key: value for key, value in {**given, **act.batch}.items() if value}
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=actor,
        action=step.action,
        at=work.now,
        source=step.source,
        target=step.target,
        payload=payload,
        dossier_id=case.dossier.id,
    )
    if step.effects:
        _queue_effects(work, case, step, act, dues)
    distributing.on_arrival(work, case.opened, step.source)
    entry = Entry(work.now, step.action, actor.kind, actor.id, actor.name, step.source, step.target, payload)
    return case.after(entry)


def follow_automatic(work: Work, case: Case) -> Case:
    """Do what the system does by itself from here, one action after another."""
    for _ in range(MOST_AUTOMATIC):
        action = lifecycle.automatic(situation(work, case)) or funding.waits(work, case)
        if action is None:
            return case
        act = Act(SYSTEM)
        step = attempt(work, case, action, act)
        try:
            case = _take(work, case, step, act)
        except funding.Exhausted:
            return case  # the system does nothing there is no money for: it is left to people
    return case


def _apply_changes(work: Work, case: Case, step: Step, act: Act) -> None:
    action = case.scheme.workflow.actions[step.action]
    for change in step.changes:
        if change.kind == "assign":
            assign(case.dossier, change.value, act.account_id)
    if _asks(step):
        points = asked_points(action, act.form)
        if not points:
            raise Refused("empty")
        fields = [point.field for point in points if point.field]
        vault, filed = work.office.vault, case.filed.answers
        corrections.reopen(work.session, vault, case.scheme, case.dossier, filed, fields, work.now)
        _tell_parties(work, case, fields)


def _tell_parties(work: Work, case: Case, fields: Sequence[str]) -> None:
    """Whose part is opened again is told so; the applicant reads the scheme's own mail."""
    asked = {case.scheme.form[case.scheme.fields[head_of(id)].page].asked_of for id in fields}
    for party, row in invitations.rows(work, case.opened).items() if asked - {APPLICANT} else ():
        if party in asked and row.email and invitations.has_come(row):
            to, language, about = row.email, row.language or case.dossier.language, case.dossier.revision
            correspondence.tell(work, case.dossier, "part_reopened", about=about, to=to, language=language)


def _asks(step: Step) -> bool:
    return any(change.kind == "reopen" for change in step.changes)


def _close_request(work: Work, case: Case, step: Step, act: Act) -> None:
    """The request that was open is over: answered, or withdrawn as the dossier goes on. One is open at a time."""
    if not case.entries or not requests.are_made(case.scheme):
        return
    if _asks(step):
        requests.require_none_open(work.session, case.dossier)
    requests.close(work.session, case.dossier, work.now, act.filed)


def _keep_request(work: Work, case: Case, step: Step, act: Act, dues: Sequence[Due]) -> None:
    """What is asked of the applicant, and until when: the first day by which the system does something here."""
    if not _asks(step):
        return
    points = asked_points(case.scheme.workflow.actions[step.action], act.form)
    until = next((due.local_date for due in dues if due.kind == "do"), None)
    by = act.actor.name or act.actor.kind
    requests.ask(work.session, case.dossier, points, by=by, until=until, now=work.now)


def _enter(work: Work, case: Case, step: Step) -> None:
    dossier, state = case.dossier, case.scheme.workflow.states[step.target]
    dossier.state, dossier.state_since = step.target, work.now
    dossier.revision += 1
    if step.decision is not None:
        dossier.decided_at = work.now
    dossier.ended_at = work.now if state.kind == "end" else None


def _await_parties(work: Work, case: Case) -> None:
    """Open the answers to those who must sign them here, and invite those who are awaited."""
    dossier, scheme = case.dossier, case.scheme
    if signed_in(scheme.workflow, dossier.state) is not None:
        vault, answers = work.office.vault, case.filed.answers
        corrections.reopen(work.session, vault, scheme, dossier, answers, list(scheme.fields), work.now)
    invitations.arrive(work, case.opened, case.reading)


def _goes_on_filling(case: Case, step: Step) -> bool:
    """Whether the applicant may go on with the form asked later that they have begun: the dossier only moves inside a state."""
    workflow = case.scheme.workflow
    inside = remains_in(workflow, step.source, step.target)
    form = workflow.filed_from(step.target)
    return inside is not None and bool(form) and workflow.filed_from(step.source) == form


def _ask_later_form(work: Work, case: Case) -> None:
    """Open the form the applicant may file here, as a draft beside what was filed."""
    form = case.scheme.workflow.filed_from(case.dossier.state)
    if form:
        vault, answers, fields = work.office.vault, case.filed.answers, sorted(fields_of(case.scheme)[form])
        corrections.reopen(work.session, vault, case.scheme, case.dossier, answers, fields, work.now)


def _ended_for_nothing(work: Work, case: Case) -> bool:
    """Whether the dossier ended without any decision: another may then be filed for the same person."""
    state = case.scheme.workflow.states[case.dossier.state]
    held = state.kind != "end" or state.decision is not None
    return not held and amounts.outstanding(work.session, case.dossier) == 0


def _queue_effects(work: Work, case: Case, step: Step, act: Act, dues: Sequence[Due]) -> None:
    """One job an effect; a mail that follows a letter waits for it and carries it."""
    dossier = case.dossier
    taken = values(work, case, act, case.scheme.workflow.actions[step.action], dues)
    letter: str | None = None
    for effect in step.effects:
        key = f"{effect.kind}:{effect.name}:{dossier.public_id}:{dossier.revision}"
        options = {
            "text": effect.name,
            "version_id": dossier.version_id,
            "language": dossier.language,
            "values": taken,
        }
        if effect.kind == "letter":
            options |= {"number": _letter_number(work, case)}
        if effect.kind == "mail" and not dossier.email:
            continue  # who has no address reads letters
        if effect.kind == "mail":
            options |= {"to": dossier.email, "attach": letter}
        jobs.add(
            work.session,
            effect.kind,
            key=key,
            dossier_id=dossier.id,
            options=options,
            run_at=work.now,
            after=letter if effect.kind == "mail" else None,
        )
        letter = key if effect.kind == "letter" else letter


def _letter_number(work: Work, case: Case) -> str:
    """The number of a letter, taken within the act: it is made in the end, so that no number is missing."""
    pattern, organisation = case.scheme.letter_number, work.office.organisation
    if not pattern:
        return ""
    day, rehearsal = organisation.local_date(work.now), organisation.rehearsal
    return numbering.next_letter(work.session, case.opened.slug, pattern, day, rehearsal=rehearsal)
