"""Why the rules refuse, as a page tells it: the scheme's own text, the law, and the values that decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.eligibility import RuleResult
from renderers.words import Told, phrase, printed, told_reasons


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One rule that isn't met; `used` are the values it read, each under its label.

    `told` says in sentences what stands in the way, and what would have to change.
    """

    text: str
    law: str
    used: tuple[tuple[str, str], ...]
    told: tuple[Told, ...] = ()


def reasons_of(rules: Iterable[RuleResult], language: str) -> tuple[ShownReason, ...]:
    """The reasons of these rules in a language."""
    return tuple(_reason(rule, language) for rule in rules)


def _reason(rule: RuleResult, language: str) -> ShownReason:
    used = {
        one.label(language): printed(one.value(language), language)
        for reason in rule.reasons
        for one in reason.used
    }
    law = (rule.law or {}).get(language) or next(iter((rule.law or {}).values()), "")
    told = told_reasons(rule.reasons, rule.id, language)
    return ShownReason(phrase(rule.phrase(language), language), law, tuple(used.items()), told)
