"""Playing the acts of a scenario, `submit by applicant`, through the workflow, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from authoring.walkthrough.sentences import answer_sentence, refusal_sentence, why
from engine.asked import Reading, read_answers
from engine.eligibility import Verdict, judge
from engine.validation import validate_all
from workflows.lifecycle import Actor, Done, Refusal, Situation, automatic, fire

AUTOMATIC_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Played:
    """Where the acts led: the last state, the mails in order, and a sentence for what could not be done."""

    state: str
    mails: tuple[str, ...]
    sentences: tuple[str, ...]


def play(reading: Reading, verdict: Verdict, then: tuple[str, ...]) -> Played:
    """Play the acts one after the other, one minute apart; stop at the first that can't be done.

    Each role is one person; what a checklist asks is taken as ticked.
    """
    stage = _Stage(reading, verdict)
    for number, act in enumerate(then):
        stage.now = reading.now + timedelta(minutes=number)
        if sentence := stage.act(act):
            return Played(stage.state, tuple(stage.mails), (sentence,))
    return Played(stage.state, tuple(stage.mails), ())


class _Stage:
    """The dossier as the acts move it."""

    def __init__(self, reading: Reading, verdict: Verdict) -> None:
        self.reading, self.verdict = reading, verdict
        self.state = reading.scheme.workflow.start.id
        self.now: datetime = reading.now
        self.history: list[Done] = []
        self.mails: list[str] = []

    def act(self, act: str) -> str | None:
        """Do one act and what follows of itself; a sentence when it can't be done."""
        action, _, role = (part.strip() for part in act.partition(" by "))
        if not role:
            return f"{act}: say who acts, as in `submit by applicant`"
        if sentence := self._depositing(action, role):
            return sentence
        if sentence := self._fire(action, role):
            return sentence
        for _ in range(AUTOMATIC_AT_MOST):
            following = automatic(self._situation())
            if following is None:
                return None
            if sentence := self._fire(following, "system"):
                return sentence
        return f"after {action}, automatic actions follow each other without end"

    def _depositing(self, action: str, role: str) -> str | None:
        """A deposit wants complete answers and no refusing rule, as in the real thing."""
        start = self.reading.scheme.workflow.start.id
        if self.state != start or role != "applicant":
            return None
        if problems := validate_all(self.reading):
            return f"{action} is refused: " + "; ".join(answer_sentence(problem) for problem in problems)
        if self.verdict.eligible is False:
            return f"{action} is refused: not eligible" + why(self.verdict)
        return None

    def _fire(self, action: str, role: str) -> str | None:
        step = fire(self._situation(), action, _actor(role), comment="Walkthrough.", form={})
        if isinstance(step, Refusal):
            return refusal_sentence(action, role, step)
        self.history.append(Done(action=action, actor_id=_actor(role).id, at=self.now))
        self.mails += [effect.name for effect in step.effects if effect.kind == "mail"]
        self.state = step.target
        return None

    def _situation(self) -> Situation:
        scheme, organisation = self.reading.scheme, self.reading.organisation
        day = organisation.local_date(self.reading.now)
        dossier = {"state": self.state, "deposited_on": day, "complete_on": day}
        reading = read_answers(
            scheme,
            self.reading.answers,
            now=self.now,
            organisation=organisation,
            deposited_on=day,
            extra={"dossier": dossier},
        )
        self.verdict = judge(reading)
        return Situation(
            scheme=scheme,
            state=self.state,
            values=reading.values,
            verdict=self.verdict,
            checklist=dict.fromkeys(scheme.workflow.states[self.state].checklist, True),
            history=tuple(self.history),
            now=self.now,
            organisation=organisation,
        )


def _actor(role: str) -> Actor:
    """The one person who holds a role."""
    if role == "applicant":
        return Actor("applicant", role, role)
    if role == "system":
        return Actor("system", role, role)
    return Actor("staff", role, role, frozenset({role}))
