"""Judging one refused dossier again, within a campaign: what it was stays, the new verdict stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from authoring.simulation import Judge, Outcome, Received, Replayed
from dossiers import indexing, journal
from dossiers.changes import amounts, claims, filing
from dossiers.services import earlier, received, simulations, verdicts
from dossiers.services.campaign_views import Campaign, Happened
from dossiers.services.cases import Case, as_followed, entries, ticks
from dossiers.services.desk import Work
from dossiers.services.opened import Opened
from dossiers.services.progress import attempt, follow_automatic, move, tell
from dossiers.services.snapshot import Act, currency
from engine.award import Computation
from engine.eligibility import Verdict
from engine.language import Scheme
from workflows.lifecycle import Actor

NEVER_JUDGED = Outcome(None)


def refused_states(scheme: Scheme) -> frozenset[str]:
    """The states in which something is refused, under the names they had before too."""
    found = {state.id for state in scheme.workflow.states.values() if state.decision == "refused"}
    renamed = scheme.migration.states if scheme.migration else {}
    return frozenset(found | {old for old, new in renamed.items() if new in found})


def re_examine(work: Work, campaign: Campaign, opened: Opened) -> Happened:
    """Judge one dossier again, locked; who is newly eligible moves. Raises what the workflow refuses."""
    version = simulations.version(work, campaign.slug, campaign.number)
    if opened.dossier.state not in refused_states(version.scheme):
        return Happened(skipped="not_refused_any_more")
    after, one = simulations.judge_of(work, version), received.of_dossier(work, opened.dossier.id)
    moved = replace(opened, scheme=version.scheme, version_id=campaign.version_id, number=version.number)
    counted = earlier.all_of(work, moved, after.reading(one))  # as it is now: it is decided now
    one = replace(one, facts={**one.facts, **counted})
    verdict, computed = after.one(one)
    replayed = Replayed(one, _was(work, campaign, one), Outcome.of(verdict, computed.amount))
    if replayed.kind != "newly_eligible":
        return Happened(skipped="not_newly_eligible")
    case = _case(work, moved, after, replayed, verdict)
    _decide_again(work, case, campaign, replayed, computed)
    return Happened({"amount": computed.to_json()["amount"], "state": opened.dossier.state})


def _was(work: Work, campaign: Campaign, one: Received) -> Outcome:
    """What was decided then, or what the version the campaign compares with says."""
    against = campaign.options.get("against")
    if against is None:
        return one.kept or NEVER_JUDGED
    before = simulations.judge_of(work, simulations.version(work, campaign.slug, against))
    verdict, computed = before.one(one)
    return Outcome.of(verdict, computed.amount)


def _case(work: Work, moved: Opened, after: Judge, replayed: Replayed, verdict: Verdict) -> Case:
    """The dossier as the version in force reads and judges it."""
    filed = filing.latest(work.session, work.office.vault, moved.dossier)
    assert filed is not None  # it was filed: it has just been read
    filed = as_followed(work, moved, filed)
    reading = after.reading(replayed.received)
    return Case(moved, filed, reading, verdict, ticks(work, moved.dossier), entries(work, moved))


def _decide_again(
    work: Work, case: Case, campaign: Campaign, replayed: Replayed, computed: Computation
) -> None:
    """The verdict and the amount beside those before, then the action with all that follows from it."""
    options, asker = campaign.options, campaign.asked_by
    actor = Actor("staff", asker.id, asker.name, frozenset(options["roles"]))
    act = Act(actor, int(asker.id), options["comment"])
    dossier = case.dossier
    _take(work, case)
    step = attempt(work, case, options["action"], act)
    verdicts.keep(work, case, computed.amount)
    link = amounts.Link(by=actor.name, why="re_examined", at=work.now, currency=currency(case))
    amounts.record_computed(work.session, dossier, computed.amount, link)
    _note(work, case, campaign, actor, replayed)
    follow_automatic(work, tell(work, case, step, act, move(work, case, step, act)))


def _take(work: Work, case: Case) -> None:
    """The dossier under its new version: its state's name, its claims, what it is found by."""
    dossier, migration = case.dossier, case.scheme.migration
    dossier.version_id = case.opened.version_id
    dossier.state = migration.state(dossier.state) if migration else dossier.state
    dossier.revision += 1  # what was shown of it before is out of date, and amounts get their own place
    work.session.flush()
    claims.release(work.session, dossier)
    claims.claim(work.session, work.office.vault, case.scheme, dossier, case.filed.answers)
    indexing.forget(work.session, dossier.id)
    indexing.index(work.session, dossier, case.reading)


def _note(work: Work, case: Case, campaign: Campaign, actor: Actor, replayed: Replayed) -> None:
    amount = replayed.after.amount
    payload: Mapping[str, Any] = {
        "campaign": campaign.public_id,
        "version": campaign.number,
        "was": {"eligible": replayed.before.eligible, "because": list(replayed.before.deciding)},
        "eligible": True,
        "amount": None if amount is None else f"{amount:f}",
    }
    journal.record(
        work.session,
        stream=case.opened.stream,
        actor=actor,
        action="re_examined",
        at=work.now,
        payload=payload,
        dossier_id=case.dossier.id,
    )
