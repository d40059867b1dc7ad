"""What a failed walkthrough says, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from engine.problems import AnswerProblem
from engine.words import Printed
from workflows.lifecycle import Refusal

from engine.eligibility import Reason, RuleResult, Verdict


def said(value: object) -> str:
    """A value as it would stand in YAML."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(said(one) for one in value) + "]"
    if isinstance(value, Printed):
        return "not known" if value.value is None else said(value.value)
    return str(value)


def why(verdict: Verdict) -> str:
    """Why the verdict isn't a plain yes: `; the rule under_ceiling is false because …`."""
    return "".join(
        f": {_rule(rule)}" if place == 0 else f"; {_rule(rule)}"
        for place, rule in enumerate(one for one in verdict.rules if one.outcome is not True)
    )


def _rule(rule: RuleResult) -> str:
    state = "false" if rule.outcome is False else "not established"
    reasons = " and ".join(_reason(reason) for reason in rule.reasons)
    return f"the rule {rule.id} is {state}" + (f" because {reasons}" if reasons else "")


def _reason(reason: Reason) -> str:
    used = [
        f"{one.path} = {said(next(iter(one.printed.values())))}"
        for one in reason.used
        if one.path != reason.source
    ]
    state = "false" if reason.outcome is False else "not known" if reason.outcome is None else "true"
    return f"{reason.source} is {state}" + (f" (with {', '.join(used)})" if used else "")


def answer_sentence(problem: AnswerProblem) -> str:
    """What is wrong with one answer: `partners.1.share: not_a_number`."""
    path = ".".join(str(part) for part in problem.path) or "the page"
    if problem.code == "check":
        return f"{path}: {_phrase(problem.params.get('phrases'))}"
    params = ", ".join(f"{name} {said(value)}" for name, value in problem.params.items())
    words = problem.code.replace("_", " ")
    return f"{path}: {words}" + (f" ({params})" if params else "")


def _phrase(phrases: object) -> str:
    if not isinstance(phrases, Mapping) or not phrases:
        return "a check fails"
    return "".join(said(piece) for piece in next(iter(phrases.values())))


def refusal_sentence(action: str, refusal: Refusal) -> str:
    """Why an action can't be done: `accept: refused (same person: action take)`."""
    params = ", ".join(f"{name} {_param(value)}" for name, value in refusal.params.items())
    words = refusal.code.replace("_", " ")
    return f"{action} is refused: {words}" + (f" ({params})" if params else "")


def _param(value: object) -> str:
    if isinstance(value, tuple) and all(isinstance(piece, str | Printed) for piece in value):
        return "".join(said(piece) for piece in value)
    return said(value)
