"""What an action means for the money of a dossier, and which links it adds to the chain of amounts. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from engine.kinds import Json
from engine.language import Scheme
from engine.language.model import Action
from workflows.funding import stage_at
from workflows.lifecycle import Actor, Step
from workflows.payment import is_payment

Meaning = Literal["grant", "pay", "take_back"]
Kind = Literal["requested", "computed", "proposed", "granted", "due", "paid", "returned", "reversed"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the chain of a dossier stands, in cents.

    `offered`: what was computed or proposed last, None when nothing was; `computed`: what was computed last; `held`: granted and not taken back;
    `due`: what fell due in all; `paid`: what was paid and didn't come back.
    """

    offered: int | None = None
    computed: int | None = None
    held: int = 0
    due: int = 0
    paid: int = 0

    @property
    def payable(self) -> int:
        """What may be paid now: due, still granted, and not paid yet."""
        return max(0, min(self.due, self.held) - self.paid)

    @property
    def overpaid(self) -> int:
        """What was paid and is granted no more: to be claimed back."""
        return max(0, self.paid - self.held)


def standing(links: Iterable[tuple[str, int]]) -> Standing:
    """The standing of a chain: its links (kind, cents), oldest first."""
    last: dict[str, int] = {}
    total = dict.fromkeys(("granted", "due", "paid", "returned", "reversed"), 0)
    for kind, cents in links:
        if kind in ("computed", "proposed"):
            last |= {kind: cents, "offered": cents}
        if kind in total:
            total[kind] += cents
    held = total["granted"] - total["reversed"]
    paid = total["paid"] - total["returned"]
    return Standing(last.get("offered"), last.get("computed"), held, total["due"], paid)


def meaning(scheme: Scheme, step: Step, actor: Actor) -> Meaning | None:
    """Whether a step grants, pays what is due, or takes back what was granted."""
    if pays(scheme, step, actor):
        return "pay"
    decision = scheme.workflow.states[step.target].decision
    return None if decision is None else "grant" if decision == "granted" else "take_back"


def moves(scheme: Scheme, step: Step, actor: Actor) -> bool:
    """Whether a step may add anything to the chain by the states it leads from and to."""
    return meaning(scheme, step, actor) is not None or stage_at(scheme, step.target) == "released"


def pays(scheme: Scheme, step: Step, actor: Actor) -> bool:
    """Whether a step is the payment: an action done by batches, or what leads from a grant to the end."""
    action = scheme.workflow.actions.get(step.action)
    if action is not None and action.batch:
        return actor.kind == "staff"
    return is_payment(scheme, step.source, step.target, actor.kind)


def given(action: Action, step: Step, form: Mapping[str, Json]) -> int | None:
    """The amount an action says itself, or that who acts has written in its form, in cents; None when there is none."""
    answer = form.get(action.proposes) if action.proposes else None
    said = step.amount if step.amount is not None else answer
    return None if said is None else int(Decimal(str(said)) * 100)


def links(
    scheme: Scheme,
    step: Step,
    actor: Actor,
    now: Standing,
    form: Mapping[str, Json],
    *,
    paid: int | None = None,
) -> tuple[tuple[Kind, int], ...]:
    """The links a step adds to the chain, in order: (kind, cents). What stands already is never written again: a grant
    changed adds what is more, or takes back what is less."""
    action = scheme.workflow.actions[step.action]
    amount = given(action, step, form)
    found: list[tuple[Kind, int]] = []
    if action.proposes and (amount is not None or now.offered is not None):
        found.append(("proposed", amount if amount is not None else now.offered or 0))
    match meaning(scheme, step, actor):
        case "pay":
            found.append(("paid", now.payable if paid is None else paid))
        case "grant":
            found += _granting(action, amount, now, at_once=not (scheme.award and scheme.award.instalments))
        case "take_back" if now.held:
            found.append(("reversed", now.held))
        case None if now.held > now.paid and stage_at(scheme, step.target) == "released":
            found.append(("reversed", now.held - now.paid))  # nobody will be paid what is left
    return tuple(found)


def _granting(action: Action, amount: int | None, now: Standing, *, at_once: bool) -> list[tuple[Kind, int]]:
    """What a grant adds; without instalments, it is due at once."""
    wanted = amount if amount is not None else now.offered
    if wanted is None or (now.held and not (action.amount and amount is not None)):
        return []  # what was granted stays, unless another amount is written
    more = wanted - now.held
    if more < 0:
        return [("reversed", -more)]
    if not more and now.held:
        return []
    return [("granted", more), ("due", more)] if at_once else [("granted", more)]
