"""What an action means for the money of a dossier. How much, and where it is written, is not said here."""

from __future__ import annotations

from typing import Literal

from engine.language import Scheme
from workflows.lifecycle import Actor, Step
from workflows.payment import is_payment

Meaning = Literal["grant", "pay", "take_back"]


def meaning(scheme: Scheme, step: Step, actor: Actor) -> Meaning | None:
    """Whether a step grants (unless something is granted already), pays what is granted, or takes it back."""
    if pays(scheme, step, actor):
        return "pay"
    decision = scheme.workflow.states[step.target].decision
    return None if decision is None else "grant" if decision == "granted" else "take_back"


def pays(scheme: Scheme, step: Step, actor: Actor) -> bool:
    """Whether a step is the payment."""
    return is_payment(scheme, step.source, step.target, actor.kind)
