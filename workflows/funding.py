"""What the states of a dossier mean for the envelopes of its scheme: which envelopes, and when money is set apart, firm or
given back. Who holds how much is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Literal

from engine.language import Scheme
from engine.language.model import Budget

Stage = Literal["waiting", "reserved", "committed", "released"]
TAKING: tuple[Stage, ...] = ("reserved", "committed")
SYSTEM = "system"


def stage_at(scheme: Scheme, state: str) -> Stage | None:
    """What reaching a state means for the money a dossier holds; None: nothing changes."""
    budget = budget_of(scheme)
    if budget is None:
        return None
    declared = scheme.workflow.states[state]
    if state in (budget.commit_on or _granting(scheme)):
        return "committed"
    if state in budget.reserve_on:
        return "reserved"
    if state in budget.release_on or declared.decision == "refused":
        return "released"
    ends = declared.kind == "end" and declared.decision is None
    return "released" if ends and not budget.release_on and not _is_paid(scheme, state) else None


def keys_of(
    scheme: Scheme, values: Mapping[str, object], now: datetime, zone: tzinfo
) -> Mapping[str, str | None]:
    """The envelopes a dossier draws on: the name of each, with its key; None where what tells them apart isn't known."""
    budget = budget_of(scheme)
    envelopes = budget.envelopes.values() if budget else ()
    return {one.id: _key(one.by.value(values, now, zone)) if one.by is not None else "" for one in envelopes}


def may_take(scheme: Scheme, action: str) -> bool:
    """Whether an action may set money apart, by itself or by what the system does after it: who comes first then matters."""
    budget = budget_of(scheme)
    if budget is None:
        return False
    every = scheme.workflow.actions
    following = (one for one in every.values() if SYSTEM in one.by and one.if_ is not None)
    reached = {one.to for one in (every[action], *following)}
    return action == budget.promote or any(stage_at(scheme, to) in TAKING for to in reached)


def budget_of(scheme: Scheme) -> Budget | None:
    """The budget of a scheme, if it has one."""
    return scheme.award.budget if scheme.award is not None else None


def _granting(scheme: Scheme) -> tuple[str, ...]:
    return tuple(one.id for one in scheme.workflow.states.values() if one.decision == "granted")


def _is_paid(scheme: Scheme, state: str) -> bool:
    """Whether the payment leads to a state: a member of staff brings a dossier there from a granted one."""
    granted = _granting(scheme)
    return any(
        action.to == state and set(action.sources) & set(granted) and set(action.by) & set(scheme.roles)
        for action in scheme.workflow.actions.values()
    )


def _key(value: object) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value) if value is not None else None
