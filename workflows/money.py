"""What an action means for the money of a dossier. How much, and where it is written, is not said here."""

from __future__ import annotations

from typing import Literal

from engine.language import Scheme
from workflows.lifecycle import Actor, Step

Meaning = Literal["grant", "pay", "take_back"]


def meaning(scheme: Scheme, step: Step, actor: Actor) -> Meaning | None:
    """Whether a step grants (unless something is granted already), pays what is granted, or takes it back."""
    if pays(scheme, step, actor):
        return "pay"
    decision = scheme.workflow.states[step.target].decision
    return None if decision is None else "grant" if decision == "granted" else "take_back"


def pays(scheme: Scheme, step: Step, actor: Actor) -> bool:
    """Whether an action is the payment.

    It is the one that a member of staff does from a state that grants to an end state without a decision of its own:
    `pay` of accepted → paid; not `withdraw` by the applicant, nor `suspend`, which ends nothing.
    """
    source, target = scheme.workflow.states[step.source], scheme.workflow.states[step.target]
    ends = target.kind == "end" and target.decision is None
    return source.decision == "granted" and ends and actor.kind == "staff"
