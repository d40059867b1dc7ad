"""What a failed walkthrough says, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from engine.eligibility import Reason, RuleResult, Verdict
from engine.feel import Clause
from engine.problems import AnswerProblem
from engine.words import Printed
from workflows.lifecycle import Refusal


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


def refusal_sentence(action: str, role: str, refusal: Refusal) -> str:
    """Why an action can't be done: `accept by supervisor is refused: it is not for who did take`."""
    return f"{action} by {role} is refused: {_refused(refusal)}"


def _refused(refusal: Refusal) -> str:
    """One clause per code of workflows.guards.Refusal."""
    params = refusal.params
    if refusal.code == "not_eligible":
        rules = [rule for rule in _sequence(params["rules"]) if isinstance(rule, RuleResult)]
        return "not eligible, " + "; ".join(_rule(rule) for rule in rules)
    if refusal.code == "guard":
        clause = params["clause"]
        text = _phrase(params["phrases"]) if params["phrases"] else "its condition isn't true"
        return f"{text} ({clause.source} is {said(clause.result)})" if isinstance(clause, Clause) else text
    return {
        "unknown_action": "the workflow has no such action",
        "not_from_here": f"it can't be done from {said(params.get('state'))}",
        "not_yours": f"it is for {said(params.get('by'))}",
        "same_person": f"it is not for who did {said(params.get('did'))}",
        "comment_missing": "it wants a comment",
        "checklist": f"the checklist lacks {said(params.get('items'))}",
    }[refusal.code]


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()
