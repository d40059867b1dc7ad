"""The dossier of a scenario as its walk moves it: state, time, what time will bring, money, what left the building.

It does what services do with a real one, without a database: the same actions, deadlines and legal clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from authoring.walkthrough import arriving, asked_outside
from engine.asked import Reading, read_answers
from engine.asked.later import fields_of
from engine.asked.parties import concerned, signed_digest
from engine.award import compute
from engine.eligibility import Verdict, judge
from engine.kinds import Json
from engine.language.model import APPLICANT, Action, Scheme
from engine.language.vote_model import Vote
from renderers.snapshot import Moment, reopened_fields
from workflows import deadlines, instalments, legal_clock, lifecycle, money, votes
from workflows.deadlines import Due
from workflows.legal_clock import Stay
from workflows.lifecycle import SYSTEM, Actor, Done, Refusal, Situation, Step
from workflows.signing import signed_in
from workflows.votes import Ballot, Outcome

MOST_AUTOMATIC = 10  # in a row, as in the services
EMAIL, PUBLIC_ID = "essai@personne.example", "essai"
COMMENT = "Essai."


@dataclass(frozen=True, slots=True)
class Paper:
    """A mail or a letter that left: its kind, its name, and what it prints of the dossier."""

    kind: str
    name: str
    moment: Moment


@dataclass(slots=True)
class Dossier:
    """One dossier, at `now` (aware UTC). What a checklist asks is taken as ticked, a comment as written."""

    reading: Reading
    verdict: Verdict
    now: datetime
    state: str
    filed_at: datetime | None = None
    decided_at: datetime | None = None
    reopened: frozenset[str] | None = None  # None: nothing to correct; empty: whatever one likes
    history: list[Done] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    waiting: list[Due] = field(default_factory=list)
    brought: set[tuple[str, str, date]] = field(default_factory=set)
    papers: list[Paper] = field(default_factory=list)
    reminded: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)
    amounts: dict[str, int] = field(default_factory=lambda: {"granted": 0, "paid": 0, "reversed": 0})
    links: list[tuple[str, int]] = field(default_factory=list)  # the chain of amounts
    instalments: set[str] = field(default_factory=set)  # those that fell due
    circling: bool = False  # automatic actions followed each other without end
    awaited: dict[str, Json] = field(default_factory=dict)  # what other parties answer, in their turn
    signed: dict[str, str] = field(default_factory=dict)  # what each party signed
    tasks: set[str] = field(default_factory=set)  # those done since the dossier came to their state
    outcomes: dict[str, Outcome] = field(default_factory=dict)  # what came of the votes that are closed
    opinions: dict[str, list[str | None]] = field(default_factory=dict)  # None: awaited

    @property
    def day(self) -> date:
        """The local day it is."""
        return self.reading.organisation.local_date(self.now)

    def situation(self) -> Situation:
        """What the workflow judges by now."""
        scheme = self.reading.scheme
        return Situation(
            scheme=scheme,
            state=self.state,
            values=self.read(self.reading.answers).values,
            verdict=self.verdict,
            checklist=dict.fromkeys(scheme.workflow.states[self.state].checklist, True),
            history=tuple(self.history),
            now=self.now,
            organisation=self.reading.organisation,
            parties=concerned(self.reading),
            signed=self.standing(),
            outcomes=dict(self.outcomes),
            decided_on=self._local(self.decided_at),
            tasks=dict.fromkeys(self.tasks, True),
            opinions=self.opinions,
        )

    def standing(self) -> frozenset[str]:
        """Those whose signature stands here: what they signed is what is answered."""
        action = signed_in(self.reading.scheme.workflow, self.state)
        if action is None:
            return frozenset()
        pages, reading = action.signs, self.reading
        return frozenset(
            who for who, signed in self.signed.items() if signed == signed_digest(reading, who, pages, 1)
        )

    def answer(self, party: str, answers: Mapping[str, Json]) -> None:
        """Take what a party answers on their pages, beside what others have answered."""
        theirs = asked_ids(self.reading.scheme, party)
        own = {id: self.awaited.pop(id) for id in theirs & self.awaited.keys()}
        self.reading = self.read({**self.reading.answers, **own, **answers})

    def read(self, answers: Mapping[str, Json]) -> Reading:
        """Answers read now, as of the deposit or of today before that."""
        organisation = self.reading.organisation
        return read_answers(
            self.reading.scheme,
            answers,
            now=self.now,
            organisation=organisation,
            deposited_on=organisation.local_date(self.filed_at or self.now),
            extra={"dossier": {"state": self.state}},
            facts=self.reading.facts,
        )

    def file(self, answers: Mapping[str, Json]) -> None:
        """Take the answers as filed now, for the first time or again, and judge them."""
        self.filed_at = self.filed_at or self.now
        self.reading = self.read(self.read(answers).kept())
        self.verdict = judge(self.reading)
        if (computed := self._computed()) is not None:
            self.links.append(("computed", computed))

    def fire(
        self, action: str, actor: Actor, form: Mapping[str, Json] | None = None
    ) -> Refusal | tuple[str, ...]:
        """Do an action and what the system does by itself after it; the actions done, or why it is refused."""
        step = self.step(action, actor, form)
        if isinstance(step, Refusal):
            return step
        self._move(step, actor, form or {})
        return (action, *self._follow())

    def file_again(self, answers: Mapping[str, Json]) -> tuple[str, ...]:
        """Take answers the applicant changed of their own will: another filing in the same state; the actions that follow."""
        self.file(answers)
        return self._follow()

    def held(self, vote: Vote, ballots: Sequence[Ballot], members: int = 0) -> tuple[str, ...]:
        """Close a vote on these ballots; the actions the system does by itself then."""
        self.outcomes[vote.id] = votes.count(vote, ballots, members)
        return self._follow()

    def task_done(self, id: str) -> tuple[str, ...]:
        """A task of the state is done; the actions the system does by itself then."""
        self.tasks.add(id)
        return self._follow()

    def opinion(self, kind: str, answer: str | None) -> tuple[str, ...]:
        """An opinion is asked for, or comes; the actions the system does by itself then."""
        asked_outside.say(self.opinions, kind, answer)
        return self._follow()

    def _follow(self) -> tuple[str, ...]:
        """What the system does by itself from here, one action after another."""
        done: list[str] = []
        while following := lifecycle.automatic(self.situation()):
            step = self.step(following, SYSTEM)
            if isinstance(step, Refusal) or len(done) >= MOST_AUTOMATIC:
                self.circling = True
                break
            self._move(step, SYSTEM, {})
            done.append(following)
        return tuple(done)

    def step(self, action: str, actor: Actor, form: Mapping[str, Json] | None = None) -> Step | Refusal:
        """What an action would come to now; nothing moves."""
        return lifecycle.fire(self.situation(), action, actor, comment=COMMENT, form=form or {})

    def _move(self, step: Step, actor: Actor, form: Mapping[str, Json]) -> None:
        scheme, organisation = self.reading.scheme, self.reading.organisation
        action = scheme.workflow.actions[step.action]
        self.reopened = None
        if any(change.kind == "reopen" for change in step.changes):
            self.reopened = frozenset(reopened_fields(action, form))
        came_from, self.state = self.state, step.target
        if signed_in(scheme.workflow, self.state) is not None:
            self.reopened = frozenset()  # all may be corrected until all have signed
        if later := scheme.workflow.filed_from(self.state):
            self.reopened = fields_of(scheme)[later]
        self.tasks &= arriving.tasks_kept(scheme.workflow, came_from, self.state)
        asked_outside.call_off(self.opinions, scheme.workflow.opinions.values(), self.state)
        for vote in votes.begun(scheme.workflow, came_from, self.state):
            self.outcomes.pop(vote.id, None)
        self.history.append(Done(step.action, actor.id, self.now))
        self.stays.append(Stay(self.now, step.target))
        if step.decision is not None:
            self.decided_at = self.now
        self._follow_money(step, actor, form)
        clock = legal_clock.of_stays(scheme, organisation, self.filed_at or self.now, self.stays)
        dues = arriving.dues(self.reading, self.waiting, came_from, self.state, self.now, clock, form)
        self.waiting = [due for due in dues if _key(due) not in self.brought]
        moment = self._moment(action, form, dues)
        self.papers += [Paper(effect.kind, effect.name, moment) for effect in step.effects]

    def _follow_money(self, step: Step, actor: Actor, form: Mapping[str, Json]) -> None:
        computed = self._computed()  # a walk may begin after the deposit
        before = self.links if self.links or computed is None else [("computed", computed)]
        added = money.links(self.reading.scheme, step, actor, money.standing(before), form)
        added = (*added, *self._fallen_due(step, money.standing([*before, *added])))
        self.links += added
        for kind, cents in added:
            if kind in self.amounts:
                self.amounts[kind] += cents

    def _fallen_due(self, step: Step, standing: money.Standing) -> list[tuple[money.Kind, int]]:
        """The instalments that fall due in the state reached."""
        values = {**self.reading.values, "eligible": self.verdict.eligible}
        moment = instalments.Moment(values, self.now, self.reading.zone)
        found = instalments.fallen(self.reading.scheme, step.target, standing, self.instalments, moment)
        self.instalments |= {one.id for one in found}
        due: list[tuple[money.Kind, int]] = []
        for one in found:
            due += [("due", one.due), ("reversed", one.reversed)]
        return due

    def _computed(self) -> int | None:
        amount = compute(self.reading, self.verdict).amount
        return None if amount is None else int(amount * 100)

    def _moment(self, action: Action, form: Mapping[str, Json], dues: tuple[Due, ...]) -> Moment:
        scheme, organisation = self.reading.scheme, self.reading.organisation
        cents = self.amounts["granted"] or self._computed()
        silence = None
        if self.filed_at is not None:
            silence = legal_clock.silence_on(scheme, organisation, self.state, self.filed_at, self.stays)
        return Moment(
            reading=self.reading,
            verdict=self.verdict,
            language=scheme.languages[0],
            reference=scheme.reference.partition("{")[0] + "1",
            public_id=PUBLIC_ID,
            email=EMAIL,
            action=action,
            comment=COMMENT,
            form=form,
            amount=None if cents is None else f"{cents // 100}.{cents % 100:02}",
            filed_on=self._local(self.filed_at),
            decided_on=self._local(self.decided_at),
            deadline_on=next((due.local_date for due in dues if due.kind == "do"), None),
            silence_on=silence,
        )

    def _local(self, at: datetime | None) -> date | None:
        return None if at is None else self.reading.organisation.local_date(at)

    def until(self, instant: datetime) -> tuple[str, ...]:
        """Let time go on to an instant, with all it brings on the way; the actions it did."""
        done: list[str] = []
        while due := next((one for one in self.waiting if one.at <= instant), None):
            self.now = max(self.now, due.at)
            self.waiting.remove(due)
            done += self._bring(due)
        self.now = max(self.now, instant)
        return tuple(done)

    def _bring(self, due: Due) -> tuple[str, ...]:
        """What one day brings; an action the workflow refuses then is not done, as in the services."""
        if due.kind == "close":
            vote = self.reading.scheme.workflow.votes[due.name]
            return () if vote.id in self.outcomes else self.held(vote, ())
        if due.kind in deadlines.LASTING:
            self.brought.add(_key(due))
            self.warned.append(due.name)
        elif due.kind == "remind":
            self.reminded.append(due.name)
        declared = self.reading.scheme.workflow.deadlines.get(due.name)
        if due.kind == "do" and declared is not None and declared.do is not None:
            done = self.fire(declared.do, SYSTEM)
            return () if isinstance(done, Refusal) else done
        return ()


def begun(reading: Reading, verdict: Verdict) -> Dossier:
    """A draft with these answers."""
    made = Dossier(reading, verdict, reading.now, reading.scheme.workflow.start.id)
    own = asked_ids(reading.scheme, APPLICANT)
    made.awaited = {id: answer for id, answer in reading.answers.items() if id not in own}
    if made.awaited:
        made.reading = made.read({id: answer for id, answer in reading.answers.items() if id in own})
    return made


def asked_ids(scheme: Scheme, party: str) -> frozenset[str]:
    """The fields a party is asked for."""
    return frozenset(id for page in scheme.form.values() if page.asked_of == party for id in page.fields)


def _key(due: Due) -> tuple[str, str, date]:
    return due.name, due.kind, due.local_date
