"""A dossier that came in, made into a scenario: invented answers in place of personal ones, what was decided as expected,
what was done as its walk. What can't be told so is left out, and a comment says why; the scenario always passes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

from authoring.walkthrough import writing
from authoring.walkthrough.expected import differences
from authoring.walkthrough.given import wrong_answers
from authoring.walkthrough.synthetic import Anonymous, conditions
from authoring.walkthrough.walk import Walk, walk
from authoring.walkthrough.wording import said, told
from engine.asked import Reading, read_answers
from engine.asked.parties import concerned
from engine.eligibility import Verdict, judge
from engine.kinds import Json
from engine.language.model import Act, Scenario, Scheme, Sent, Step, Until
from engine.organisation import Organisation
from engine.validation import validate_all
from workflows.guards import NO_ROLES
from workflows.signing import signers

TEXTS = frozenset({"text", "long_text"})


@dataclass(frozen=True, slots=True)
class Deed:
    """One action done: by whom (an applicant, one of the staff, the system), on which local day, with which form."""

    action: str
    kind: Literal["applicant", "party", "staff", "system"]
    actor_id: str
    day: date
    form: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is kept of a dossier: as filed, as judged, as done. `hidden` are answers that may not be shown at all."""

    scheme: Scheme
    organisation: Organisation
    filed_on: date
    answers: Mapping[str, Json]
    verdict: Verdict | None
    amount: Decimal | None
    deeds: tuple[Deed, ...]
    state: str
    hidden: frozenset[str] = frozenset()


def as_scenario(recorded: Recorded, name: str, language: str) -> str:
    """The scenario as YAML, to paste under `tests:`; its comments in French or English."""
    kept = _texts_that_decide(recorded)
    invent = Anonymous(recorded.scheme, recorded.filed_on, recorded.hidden, kept)
    answers = _accepted(recorded, invent.answers(recorded.scheme.fields, recorded.answers))
    reading = _read(recorded, answers)
    verdict = judge(reading)
    expect, lost = _expected(recorded, reading, verdict)
    steps = tuple(_steps(recorded, invent))
    walked = walk(reading, verdict, steps)
    comments = {"": told("recorded").sentence(language)}
    if kept:
        comments[""] += "\n" + told("recorded_kept", names=sorted(kept)).sentence(language)
    comments["expect"] = "\n".join(told("recorded_lost", **one).sentence(language) for one in lost)
    test = Scenario(name, recorded.filed_on, writing.typed(recorded.scheme.fields, answers), expect)
    test, comments["then"] = _walked(test, recorded, steps, walked, language)
    return writing.scenario(test, comments)


def _read(recorded: Recorded, answers: Mapping[str, Json]) -> Reading:
    day = recorded.filed_on
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=recorded.organisation.zone).astimezone(UTC)
    return read_answers(
        recorded.scheme,
        answers,
        now=noon,
        organisation=recorded.organisation,
        deposited_on=day,
    )


def _accepted(recorded: Recorded, answers: Mapping[str, Json]) -> dict[str, Json]:
    """Without the answers the form doesn't accept: an invented one, beyond a bound that can't be guessed."""
    wrong = {
        problem.path[0] for problem in wrong_answers(validate_all(_read(recorded, answers))) if problem.path
    }
    return {id: answer for id, answer in answers.items() if id not in wrong}


def _decided(recorded: Recorded) -> dict[str, object]:
    """What was decided on the real answers."""
    verdict = recorded.verdict
    if verdict is None:
        return {}
    warnings = {"warnings": tuple(verdict.warnings)} if recorded.scheme.eligibility else {}
    found: dict[str, object] = {"eligible": verdict.eligible}
    if recorded.scheme.award is not None:
        found["amount"] = recorded.amount
    return {**found, "because": tuple(verdict.because), **warnings}


def _expected(
    recorded: Recorded, reading: Reading, verdict: Verdict
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """What the invented answers give as well, and what they don't."""
    expect: dict[str, object] = {}
    lost: list[dict[str, object]] = []
    for what, wanted in _decided(recorded).items():
        if any(True for _ in differences(what, wanted, reading, verdict)):
            lost.append({"what": what, "wanted": wanted})
        else:
            expect[what] = wanted
    return expect, lost


def _texts_that_decide(recorded: Recorded) -> Collection[str]:
    """The texts to keep: those a rule reads, when what was decided comes out otherwise without them."""
    invent = Anonymous(recorded.scheme, recorded.filed_on, recorded.hidden)
    answers = invent.answers(recorded.scheme.fields, recorded.answers)
    reading = _read(recorded, _accepted(recorded, answers))
    if not _expected(recorded, reading, judge(reading))[1]:
        return ()
    read = {path[0] for one in conditions(recorded.scheme) for path in one.names if path}
    return {
        field.id
        for field in recorded.scheme.fields.values()
        if field.kind in TEXTS
        and field.id in read
        and not field.is_secret
        and field.id not in recorded.hidden
    }


def _steps(recorded: Recorded, invent: Anonymous) -> Iterator[Step]:
    """The walk: people's actions, and the days time went on to; what the system did comes by itself."""
    roles, day = _roles(recorded), recorded.filed_on
    for deed in recorded.deeds:
        if deed.day > day:
            day = deed.day
            yield Until(day)
        if deed.kind == "system":
            continue
        action = recorded.scheme.workflow.actions[deed.action]
        if action.signs:
            here = concerned(_read(recorded, recorded.answers))
            yield from (Act(action.id, who) for who in signers(action, here))
            continue
        asked = action.form
        form = writing.typed(asked, invent.answers(asked, deed.form))
        yield Act(deed.action, roles[deed.actor_id, deed.action], form)


def _roles(recorded: Recorded) -> Mapping[tuple[str, str], str]:
    """Under which role each person acts in the test: one of those the action is for, a person's own throughout if any."""
    found: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for actor in dict.fromkeys(deed.actor_id for deed in recorded.deeds if deed.kind == "staff"):
        own = [deed.action for deed in recorded.deeds if deed.actor_id == actor]
        by = {
            action: [r for r in recorded.scheme.workflow.actions[action].by if r not in NO_ROLES]
            for action in own
        }
        common = [role for role in by[own[0]] if all(role in roles for roles in by.values())]
        mine = next((role for role in common if role not in taken), common[0] if common else None)
        taken |= {mine} if mine else set()
        found |= {(actor, action): mine or roles[0] for action, roles in by.items()}
    for deed in recorded.deeds:
        if deed.kind in ("applicant", "party"):
            found[deed.actor_id, deed.action] = deed.actor_id if deed.kind == "party" else "applicant"
    return found


def _walked(
    test: Scenario, recorded: Recorded, steps: tuple[Step, ...], walked: Walk, language: str
) -> tuple[Scenario, str]:
    """The test with its walk as far as it goes, and what is to be said of the rest."""
    if walked.failed is not None:
        number, why = walked.failed
        cut = told("recorded_cut", step=str(steps[number]), why=why).sentence(language)
        return replace(test, then=steps[:number]), cut
    dossier = walked.dossier
    if dossier.state != recorded.state:
        other = told("recorded_other", wanted=recorded.state, found=dossier.state).sentence(language)
        return replace(test, then=steps), other
    public = recorded.scheme.workflow.public_of(dossier.state)
    amounts = {name: Decimal(cents).scaleb(-2) for name, cents in dossier.amounts.items() if cents}
    sent = {
        kind: tuple(Sent(paper.name) for paper in dossier.papers if paper.kind == kind)
        for kind in ("mail", "letter")
    }
    found = replace(
        test,
        then=steps,
        end=dossier.state,
        status=public.id if public else None,
        mails=sent["mail"],
        letters=sent["letter"],
        amounts=amounts,
    )
    return found, ""


def named(filed_on: date, language: str) -> str:
    """What a scenario made of a dossier is called when nobody says."""
    return told("recorded_name", day=said(filed_on)).sentence(language)
