"""Which action is the payment of a dossier, and which one stops it."""

from __future__ import annotations

from engine.language import Scheme


def is_payment(scheme: Scheme, source: str, target: str, kind: str) -> bool:
    """Whether going from a state to another is the payment, when an actor of this kind does it.

    It is what a member of staff does from a state that grants to an end state without a decision of its own:
    `pay` of accepted → paid; not `withdraw` by the applicant, nor `suspend`, which ends nothing.
    """
    states = scheme.workflow.states
    ends = states[target].kind == "end" and states[target].decision is None
    return states[source].decision == "granted" and ends and kind == "staff"


def may_be_paid(scheme: Scheme, state: str) -> bool:
    """Whether some action of the office pays what is granted, from this state."""
    office = set(scheme.roles)
    return any(
        state in action.sources
        and not office.isdisjoint(action.by)
        and (action.batch is not None or is_payment(scheme, state, action.to, "staff"))
        for action in scheme.workflow.actions.values()
    )


def suspends(scheme: Scheme, source: str, target: str) -> bool:
    """Whether going from a state to another stops a payment: the grant stands, and what could be paid can't be any more."""
    here = scheme.workflow.states[target]
    stands = here.decision == "granted" and here.kind != "end"
    granted = scheme.workflow.states[source].decision == "granted"
    return stands and granted and may_be_paid(scheme, source) and not may_be_paid(scheme, target)
