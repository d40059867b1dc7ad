"""The rules one by one, for who examines a dossier: what each asks, what it read, what came out, by which law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.eligibility import RuleResult, Verdict
from engine.language.model import Scheme
from renderers.words import Told, phrase, printed, told_reasons

Outcome = Literal["met", "unmet", "unknown", "warned"]


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule. `text` is what its author says when it isn't met; `condition` its FEEL; `used` the values read.

    `told` says in sentences what stands in the way, and what would have to change.
    """

    id: str
    outcome: Outcome
    text: str
    condition: str
    used: tuple[tuple[str, str], ...]
    law: str
    told: tuple[Told, ...] = ()


def shown_rules(verdict: Verdict, scheme: Scheme, language: str) -> tuple[ShownRule, ...]:
    """The rules, those that want attention first, else in the order of the scheme."""
    rules = [_shown(result, scheme, language) for result in verdict.rules]
    return tuple(sorted(rules, key=lambda rule: rule.outcome == "met"))


def _shown(result: RuleResult, scheme: Scheme, language: str) -> ShownRule:
    rule = scheme.eligibility.get(result.id)
    used = {
        one.label(language): printed(one.value(language), language)
        for reason in result.reasons
        for one in reason.used
    }
    laws = result.law or {}
    return ShownRule(
        id=result.id,
        outcome=_outcome(result),
        text=phrase(result.phrase(language), language),
        condition=rule.require.text if rule else "",
        used=tuple(used.items()),
        law=laws.get(language) or next(iter(laws.values()), ""),
        told=told_reasons(result.reasons, result.id, language),
    )


def _outcome(result: RuleResult) -> Outcome:
    if result.outcome is True:
        return "met"
    if result.severity == "warn":
        return "warned"
    return "unmet" if result.outcome is False else "unknown"
