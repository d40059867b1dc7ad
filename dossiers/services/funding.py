"""A dossier and the money there is: what it draws on, what a step of it takes or gives back, who waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dossiers.changes import amounts, envelopes, promotions
from dossiers.changes.envelopes import Claim, Place
from dossiers.services import publication
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound, Refused
from engine.language.model import Budget, Scheme
from workflows.funding import Stage, budget_of, keys_of, stage_at
from workflows.lifecycle import Step
from workflows.money import Standing


class Exhausted(Refused):
    """There is not enough left in some envelopes; `names` are those."""

    def __init__(self, budget: Budget, names: Iterable[str], *, holds: bool) -> None:
        """`holds`: the dossier holds something already, which it keeps rather than go and wait for more."""
        super().__init__("exhausted", text=budget.closed, envelopes=tuple(names))
        self.names, self.holds = frozenset(names), holds


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where a dossier stands with its envelopes before a step, and after it; None: it draws on none."""

    before: Stage | None
    stage: Stage | None

    @property
    def may_lack(self) -> bool:
        """Whether there may not be enough for the step: it holds what it didn't hold before, or holds it firmly."""
        return self.stage == "committed" or (self.stage == "reserved" and self.before != "reserved")


def follow(work: Work, case: Case, step: Step, drawn: Drawn | None = None) -> None:
    """Set apart, make firm or give back what a step means for the envelopes, after its amounts are written. `drawn`: what was
    found out before the step, if anything was.

    Raises Exhausted where there is not enough, unless the dossier may wait where it has arrived.
    """
    budget = budget_of(case.scheme)
    if budget is None:
        return
    dossier, drawn = case.dossier, drawn or draws(work, case, step)
    before, stage = drawn.before, drawn.stage
    if stage is None:
        return
    places, claim = places_of(work, case), claim_of(work, case, budget, stage)
    if stage == "waiting":
        _wait(work, case, budget, places, claim)
        return
    taken = envelopes.take(work.session, dossier, places, claim)
    promotions.ask(work.session, dossier, taken.freed, work.now)
    if not taken.short or (stage == before == "reserved"):
        return  # what was set apart stays, if there is no room for more
    holds = before in ("reserved", "committed")
    if not holds and step.action != budget.promote and _may_wait(case.scheme, budget, step.target):
        _wait(work, case, budget, places, claim)
        return
    raise Exhausted(budget, taken.short, holds=holds)


def draws(work: Work, case: Case, step: Step) -> Drawn:
    """Where a dossier stands with its envelopes, and where a step puts it."""
    budget = budget_of(case.scheme)
    if budget is None:
        return Drawn(None, None)
    before = envelopes.stage_of(work.session, case.dossier)
    return Drawn(before, _stage(budget, case.scheme, step, before))


def recount(work: Work, case: Case) -> None:
    """Make what a decided dossier holds what its chain says, after money was paid or came back without a step: what is paid
    counts even where there is no room for it."""
    budget, stage = budget_of(case.scheme), envelopes.stage_of(work.session, case.dossier)
    if budget is None or stage not in ("committed", "released"):
        return
    claim = replace(claim_of(work, case, budget, stage), is_forced=True)
    taken = envelopes.take(work.session, case.dossier, places_of(work, case), claim)
    promotions.ask(work.session, case.dossier, taken.freed, work.now)


def wait_anew(work: Work, case: Case) -> None:
    """Wait where there is no room now: it was elsewhere before."""
    budget = budget_of(case.scheme)
    assert budget is not None
    _wait(work, case, budget, places_of(work, case), claim_of(work, case, budget, "waiting"))


def waits(work: Work, case: Case) -> str | None:
    """The action that takes a dossier into the waiting list, when it waits for money and isn't there yet."""
    budget = budget_of(case.scheme)
    if budget is None or not _may_wait(case.scheme, budget, case.dossier.state):
        return None
    return budget.queue if envelopes.stage_of(work.session, case.dossier) == "waiting" else None


def instead(case: Case, exhausted: Exhausted) -> str:
    """The action done instead of one there is no money for. Raises Exhausted when there is none from here."""
    budget = budget_of(case.scheme)
    is_in = budget is not None and _may_wait(case.scheme, budget, case.dossier.state)
    if budget is None or budget.queue is None or exhausted.holds or not is_in:
        raise exhausted
    return budget.queue


def places_of(work: Work, case: Case) -> tuple[Place, ...]:
    """The envelopes a dossier draws on, with what the version in force has voted into them."""
    found = keys_of(case.scheme, _known(case), case.reading.now, case.reading.zone)
    votes = in_force(work, case.opened.slug, case.scheme).envelopes
    day = work.office.organisation.local_date(work.now)
    return tuple(
        Place(
            name,
            key,
            0 if key is None or name not in votes else amounts.to_cents(votes[name].voted(key, day)),
        )
        for name, key in found.items()
    )


def in_force(work: Work, slug: str, scheme: Scheme) -> Budget:
    """The budget of the version in force: a sum voted later counts for the dossiers of every version."""
    try:
        found = budget_of(publication.current(work, slug).scheme)
    except NotFound:
        found = None
    own = budget_of(scheme)
    assert own is not None
    return found or own


def claim_of(work: Work, case: Case, budget: Budget, stage: Stage) -> Claim:
    """What a dossier is to hold: what is granted, what stands before that, what is paid at least."""
    now = amounts.standing(work.session, case.dossier)
    rank = _rank(case, budget)
    if stage == "committed":
        return Claim(stage, max(now.held, now.paid), rank, now.paid)
    if stage == "released":
        left = max(now.held, now.paid)
        return Claim("committed" if left else stage, left, rank, now.paid)
    return Claim(stage, _standing(now), rank, now.paid)


def _stage(budget: Budget, scheme: Scheme, step: Step, before: Stage | None) -> Stage | None:
    """Where a step puts a dossier with its envelopes; None: it draws on none."""
    reached = stage_at(scheme, step.target)
    if step.action == budget.queue:
        return "waiting"
    if step.action == budget.promote:
        return reached if reached == "committed" else "reserved"
    if reached is not None:
        return None if reached == "released" and before is None else reached
    return "released" if before == "waiting" else before


def _wait(work: Work, case: Case, budget: Budget, places: tuple[Place, ...], claim: Claim) -> None:
    wanted = Claim("waiting", claim.cents, claim.rank_at, claim.paid)
    found = envelopes.wait(work.session, case.dossier, places, wanted)
    promotions.ask(work.session, case.dossier, found, work.now)  # there may be room again by now
    days = in_force(work, case.opened.slug, case.scheme).days
    organisation = work.office.organisation
    for day in (one for one in days if one > organisation.local_date(work.now)):
        promotions.on(work.session, found, organisation.start_of(day))


def _may_wait(scheme: Scheme, budget: Budget, state: str) -> bool:
    return budget.queue is not None and state in scheme.workflow.actions[budget.queue].sources


def _standing(now: Standing) -> int:
    return now.held or now.offered or 0


def _rank(case: Case, budget: Budget) -> datetime:
    row = case.dossier
    found = row.complete_at if budget.order == "dossier.complete_on" else row.filed_at
    return found or row.created_at


def _known(case: Case) -> dict[str, object]:
    """What an award knows, for the expressions that tell envelopes apart."""
    verdict = case.verdict
    judged = {"eligible": verdict.eligible, "rules": dict(verdict.outcomes)} if verdict else {}
    return {**case.reading.values, **judged}
