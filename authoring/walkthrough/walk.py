"""Walking a scenario's steps: `submit by applicant`, `accept by instructor is refused`, `wait 15 working days`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from authoring.walkthrough import dossier as dossiers
from authoring.walkthrough import reasons
from authoring.walkthrough.dossier import Dossier
from authoring.walkthrough.given import stored_answers
from authoring.walkthrough.wording import Told, told
from engine.asked import Reading
from engine.asked.cells import head_of
from engine.asked.parties import asked_of, seen_by, signed_digest
from engine.eligibility import Verdict, judge
from engine.kinds import Json
from engine.language.model import (
    APPLICANT,
    Act,
    Ballots,
    Edit,
    OpinionGiven,
    Scheme,
    Step,
    TaskDone,
    Until,
    Wait,
)
from engine.validation import validate_all, validate_fields
from workflows import calendar
from workflows.lifecycle import Actor, Refusal
from workflows.votes import Ballot

Answers = Mapping[str, Json]
A_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Walk:
    """Where the steps led: the dossier, the actions done, the states it was in, and the step that failed if one did."""

    dossier: Dossier
    actions: list[str] = field(default_factory=list)
    failed: tuple[int, Told] | None = None

    @property
    def states(self) -> tuple[str, ...]:
        """Every state the dossier was in."""
        start = self.dossier.reading.scheme.workflow.start.id
        return (start, *(stay.state for stay in self.dossier.stays))


def walk(reading: Reading, verdict: Verdict, steps: tuple[Step, ...]) -> Walk:
    """Take the steps one after the other, a minute apart; stop at the first that fails. Each role is one person."""
    walked = Walk(dossiers.begun(reading, verdict))
    for number, step in enumerate(steps):
        if number:
            walked.actions += walked.dossier.until(walked.dossier.now + A_MINUTE)
        failure = _taken(walked, step)
        if failure is not None:
            walked.failed = (number, failure)
            break
    return walked


def _taken(walked: Walk, step: Step) -> Told | None:
    if isinstance(step, Act):
        return _act(walked, step)
    if isinstance(step, TaskDone):
        return _task(walked, step)
    if isinstance(step, OpinionGiven):
        return _opinion(walked, step)
    if isinstance(step, Edit):
        return _edit(walked, step)
    return _vote(walked, step) if isinstance(step, Ballots) else _go_on(walked, step)


def _task(walked: Walk, step: TaskDone) -> Told | None:
    """Say that a task of the state is done, if it is one of this role."""
    dossier = walked.dossier
    task = dossier.reading.scheme.workflow.states[dossier.state].tasks.get(step.task)
    if task is None or step.who not in task.by:
        return told("no_task", task=step.task, who=step.who, state=dossier.state)
    walked.actions += dossier.task_done(task.id)
    return None


def _opinion(walked: Walk, step: OpinionGiven) -> Told | None:
    """Ask somebody outside for an opinion, or have it, where it may be asked for."""
    dossier = walked.dossier
    if dossier.state not in dossier.reading.scheme.workflow.opinions[step.kind].in_:
        return told("no_opinion", opinion=step.kind, state=dossier.state)
    walked.actions += dossier.opinion(step.kind, None if step.answer == "asked" else step.answer)
    return None


def _edit(walked: Walk, step: Edit) -> Told | None:
    """The applicant changes what was filed, where the state lets them, and files it again."""
    dossier = walked.dossier
    scheme = dossier.reading.scheme
    changed, _ = stored_answers(scheme.fields, step.given)
    is_open = dossier.filed_at is not None and scheme.workflow.states[dossier.state].editable
    why = _not_filed(dossier, changed) if is_open else told("not_editable", state=dossier.state)
    if step.refused:
        return told("not_refused", act=str(step)) if why is None else None
    if why is not None:
        return told("refused", act=str(step), why=why)
    walked.actions += dossier.file_again({**dossier.reading.answers, **changed})
    return None


def _vote(walked: Walk, step: Ballots) -> Told | None:
    """Hold a vote that goes on: all the ballots, then it is closed."""
    dossier = walked.dossier
    vote = dossier.reading.scheme.workflow.votes[step.vote]
    here = dossier.reading.scheme.workflow.around(dossier.state)
    if vote.in_ not in here or vote.id in dossier.outcomes:
        return told("no_vote", vote=vote.id, state=dossier.state)
    ballots: list[Ballot] = []
    for role, option, given in step.given:
        form, _ = stored_answers(vote.form, given)
        if problems := validate_fields(vote.form, form, dossier.reading):
            return told("refused", act=str(step), why=reasons.answers(vote.form, problems))
        ballots.append(Ballot(option, frozenset({role}), form))
    walked.actions += dossier.held(vote, ballots, len(ballots) + step.absent)
    return None


def _go_on(walked: Walk, step: Wait | Until) -> Told | None:
    """Time goes on: to noon of the day, or by the hours."""
    dossier = walked.dossier
    if isinstance(step, Until) and step.day < dossier.day:
        return told("backwards", step=str(step), day=dossier.day)
    walked.actions += dossier.until(_instant(dossier, step))
    return None


def _instant(dossier: Dossier, step: Wait | Until) -> datetime:
    if isinstance(step, Wait) and step.span.unit == "hours":
        return dossier.now + timedelta(hours=step.span.count)
    organisation, scheme = dossier.reading.organisation, dossier.reading.scheme
    holidays = scheme.calendar.holidays or organisation.holidays
    day = step.day if isinstance(step, Until) else calendar.add(step.span, dossier.day, holidays)
    return datetime(day.year, day.month, day.day, 12, tzinfo=organisation.zone).astimezone(UTC)


def _act(walked: Walk, act: Act) -> Told | None:
    """Do one act and what follows of itself; what is wrong when it can't be done, or should not have been."""
    refusal = _refused(walked, act)
    if act.refused:
        return told("not_refused", act=str(act)) if refusal is None else None
    if refusal is not None:
        return told("refused", act=str(act), why=refusal)
    return told("automatic_round", action=act.action) if walked.dossier.circling else None


def _refused(walked: Walk, act: Act) -> reasons.Why | None:
    """Try an act; why it can't be done, or None when it is done. One that must be refused moves nothing."""
    dossier = walked.dossier
    actor = actor_called(act.who, dossier.reading.scheme)
    form, corrected, problem = _given(dossier, act)
    if problem is not None:
        return problem
    before = (dossier.filed_at, dossier.reading, dossier.verdict)
    if _signs(dossier, act):
        dossier.answer(act.who, corrected)
        if (refusal := _not_signed(dossier, act)) is not None:
            dossier.reading = before[1]
            return refusal
        if dossier.situation().parties != _signed_by(dossier, act):
            return None  # others have still to sign: nothing moves
    if _files(dossier, act):
        if (refusal := _not_filed(dossier, corrected)) is not None:
            return refusal
        dossier.file({**dossier.reading.answers, **corrected})
    done = dossier.step(act.action, actor, form) if act.refused else dossier.fire(act.action, actor, form)
    if act.refused or isinstance(done, Refusal):
        dossier.filed_at, dossier.reading, dossier.verdict = before
    if isinstance(done, Refusal):
        return reasons.refusal(done)
    walked.actions += done if isinstance(done, tuple) else ()
    return None


def _signs(dossier: Dossier, act: Act) -> bool:
    """Whether an act is somebody's signature, where it may be given."""
    action = dossier.reading.scheme.workflow.actions[act.action]
    return bool(action.signs) and dossier.state in action.sources and act.who in action.by


def _not_signed(dossier: Dossier, act: Act) -> reasons.Why | None:
    """Sign what is answered now, unless one's own part isn't complete."""
    scheme, reading = dossier.reading.scheme, dossier.reading
    if problems := validate_all(asked_of(seen_by(reading, act.who), act.who)):
        return reasons.answers(scheme.fields, problems)
    pages = scheme.workflow.actions[act.action].signs
    dossier.signed[act.who] = signed_digest(reading, act.who, pages, 1)
    return None


def _signed_by(dossier: Dossier, act: Act) -> tuple[str, ...]:
    """The parties there are, without those who must sign and have not."""
    action, here = dossier.reading.scheme.workflow.actions[act.action], dossier.situation()
    return tuple(who for who in here.parties if who not in action.by or who in here.signed)


def _given(dossier: Dossier, act: Act) -> tuple[Answers, Answers, reasons.Why | None]:
    """What is given with an act: the answers to its own form, corrected answers, and what is wrong with them."""
    scheme = dossier.reading.scheme
    asked = scheme.workflow.actions[act.action].form
    own = {name: value for name, value in act.given.items() if name in asked}
    form, _ = stored_answers(asked, own)
    if own and (problems := validate_fields(asked, form, dossier.reading)):
        return {}, {}, reasons.answers(asked, problems)
    corrected, _ = stored_answers(scheme.fields, {k: v for k, v in act.given.items() if k not in asked})
    for name in corrected:
        may = dossier.filed_at is None or (
            dossier.reopened is not None and (not dossier.reopened or name in map(head_of, dossier.reopened))
        )
        if not may:
            return {}, {}, told("not_reopened", name=name)
    return form, corrected, None


def _files(dossier: Dossier, act: Act) -> bool:
    """Whether an act is the deposit, or a deposit again after a correction."""
    scheme = dossier.reading.scheme
    if act.who != APPLICANT and act.who not in scheme.parties:
        return False
    if dossier.state == scheme.workflow.start.id:
        return True
    ends = scheme.workflow.states[scheme.workflow.actions[act.action].to].kind == "end"
    return dossier.reopened is not None and not ends


def _not_filed(dossier: Dossier, corrected: Answers) -> reasons.Why | None:
    """A deposit wants the scheme open, complete answers and no refusing rule, as in the real thing."""
    scheme = dossier.reading.scheme
    if dossier.filed_at is None and (closed := _not_open(dossier, scheme)) is not None:
        return closed
    reading = dossier.read({**dossier.reading.answers, **corrected})
    if problems := validate_all(_answered(reading, dossier)):
        return reasons.answers(scheme.fields, problems)
    verdict, form = judge(reading), scheme.workflow.filed_from(dossier.state)
    refused = [id for id in verdict.because if not form or scheme.eligibility[id].form == form]
    return told("not_eligible", why=reasons.refusing(verdict)) if refused else None


def _answered(reading: Reading, dossier: Dossier) -> Reading:
    """The reading without the pages of those whose turn hasn't come."""
    later = {reading.scheme.fields[id].page for id in dossier.awaited}
    return replace(reading, pages=tuple(one for one in reading.pages if one.page.id not in later))


def _not_open(dossier: Dossier, scheme: Scheme) -> Told | None:
    opens, closes = scheme.calendar.opens, scheme.calendar.closes
    if opens is not None and dossier.day < opens:
        return told("not_yet_open", opens=opens)
    if closes is not None and dossier.day > closes:
        return told("closed_since", closes=closes)
    return None


def actor_called(role: str, scheme: Scheme) -> Actor:
    """The one person who holds a role."""
    if role == APPLICANT:
        return Actor("applicant", role, role)
    if role in scheme.parties:
        return Actor("party", role, role)
    if role == "system":
        return Actor("system", role, role)
    return Actor("staff", role, role, frozenset({role}))
