"""Which action is the payment of a dossier, and what it waits for."""

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
