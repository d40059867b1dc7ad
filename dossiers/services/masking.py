"""What a viewer's roles may not see of a dossier (`hide_from`), in the answers and in what the rules say of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from dossiers.changes.sealing import sensitive_ids
from engine.asked import Reading
from engine.asked.derived import derived
from engine.asked.used import UsedValue
from engine.eligibility import Reason, RuleResult, Verdict
from engine.language import Scheme
from engine.language.facts_model import DossiersFact
from engine.language.model import Action, Expression, Field, Rule, Text
from engine.words import Phrase, joined
from renderers.masks import MASK, mask_phrase, mask_used, reads_any
from workflows.lifecycle import Refusal


def is_hidden(field: Field, roles: Collection[str]) -> bool:
    """Whether a field is kept from somebody with these roles: from each of them."""
    return bool(roles) and set(roles) <= field.hide_from


def hidden_ids(scheme: Scheme, roles: Collection[str]) -> frozenset[str]:
    """The fields, row fields and facts hidden from these roles, and all that is computed from them."""
    found: set[str] = set()
    for field in scheme.fields.values():
        for one in (field, *field.below):
            if is_hidden(one, roles):
                every = (one, *one.below)
                found |= {name for part in every for name in (part.id, *part.totals)}
    found |= {id for id, fact in scheme.facts.items() if roles and set(roles) <= fact.hide_from}
    return derived(scheme, found)


def of_others(scheme: Scheme) -> frozenset[str]:
    """What tells of other dossiers, which may be anybody's: no explanation for applicants, and no letter, prints it."""
    others = {id for id, fact in scheme.facts.items() if isinstance(fact, DossiersFact)}
    return derived(scheme, others) if others else frozenset()


def told_outside(verdict: Verdict, scheme: Scheme) -> Verdict:
    """The verdict as people outside the office read it."""
    return replace(verdict, rules=rules_told(verdict.rules, scheme))


def rules_told(rules: Iterable[RuleResult], scheme: Scheme) -> tuple[RuleResult, ...]:
    """What some rules said, as people outside the office read it."""
    hidden = of_others(scheme)
    return tuple(_mask_rule(one, scheme.eligibility.get(one.id), hidden) if hidden else one for one in rules)


def mask_verdict(verdict: Verdict, scheme: Scheme, hidden: Collection[str]) -> Verdict:
    """The verdict with every hidden value crossed out, in the explanations and inside the texts."""
    if not hidden:
        return verdict
    rules = tuple(_mask_rule(result, scheme.eligibility.get(result.id), hidden) for result in verdict.rules)
    return replace(verdict, rules=rules)


def crossed_out(scheme: Scheme, verdict: Verdict) -> Verdict:
    """The verdict as it is kept: what is sensitive is crossed out of its explanations."""
    sources = {id for id, fact in scheme.facts.items() if fact.sensitive}
    return mask_verdict(verdict, scheme, derived(scheme, sensitive_ids(scheme) | sources))


def mask_refusal(refusal: Refusal, action: Action, hidden: Collection[str]) -> Refusal:
    """A workflow's refusal without the hidden values its condition has read."""
    guard = action.if_
    if (
        refusal.code != "guard"
        or guard is None
        or not reads_any([guard.text, *_texts(action.otherwise)], hidden)
    ):
        return refusal
    phrases: Mapping[str, Phrase] = refusal.params["phrases"]  # type: ignore[assignment]
    masked = {language: mask_phrase(phrase) for language, phrase in phrases.items()}
    return Refusal("guard", {**refusal.params, "phrases": masked, "clause": None})


def masked_text(text: Text, reading: Reading, hidden: Collection[str]) -> Mapping[str, Phrase]:
    """A label or a title by language, its holes filled in and its hidden values crossed out."""
    return {
        language: joined(
            part
            if isinstance(part, str)
            else MASK
            if reads_any([part.text], hidden)
            else part.printed(language, reading.values, reading.now, reading.zone)
            for part in parts
        )
        for language, parts in text.versions.items()
    }


def _mask_rule(result: RuleResult, rule: Rule | None, hidden: Collection[str]) -> RuleResult:
    reasons = tuple(_mask_reason(reason, hidden) for reason in result.reasons)
    if rule is None or not reads_any(_texts(rule.otherwise), hidden):
        return replace(result, reasons=reasons)
    phrases = {language: mask_phrase(phrase) for language, phrase in result.phrases.items()}
    return replace(result, reasons=reasons, phrases=phrases)


def _texts(text: Text | None) -> Iterable[str]:
    for parts in text.versions.values() if text else ():
        yield from (part.text for part in parts if isinstance(part, Expression))


def _mask_reason(reason: Reason, hidden: Collection[str]) -> Reason:
    used = tuple(_masked(one, hidden) for one in reason.used)
    wanted = reason.required
    if wanted is not None:
        limits = tuple(_masked(limit, hidden) for limit in wanted.limits)
        wanted = replace(wanted, subject=_masked(wanted.subject, hidden), limits=limits)
    return replace(reason, used=used, required=wanted)


def _masked(used: UsedValue, hidden: Collection[str]) -> UsedValue:
    return mask_used(used) if reads_any([used.path], hidden) else used
