"""Judging a reading by the rules of its scheme: every rule evaluated, explained and printable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine import feel
from engine.asked import Reading
from engine.asked.derived import derived
from engine.asked.required import Required, required
from engine.asked.used import UsedValue, leaves, used_values
from engine.feel import Clause
from engine.kinds.kind import items, members
from engine.language.model import Rule
from engine.words import Phrase, phrase_from_json, phrase_to_json


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause that decided a rule: its words, what it gave (None: not established), the values it read.

    `required` is what an answer would have to be for the clause not to stand in the way; `problem` says why it could
    not be computed to its end (`too_much_work`).
    """

    source: str
    outcome: bool | None
    used: tuple[UsedValue, ...]
    required: Required | None = None
    problem: str | None = None

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        return {
            "source": self.source,
            "outcome": self.outcome,
            "used": [one.to_json() for one in self.used],
            "required": self.required.to_json() if self.required else None,
            "problem": self.problem,
        }

    @staticmethod
    def from_json(data: object) -> Reason:
        """The reason written by `to_json`."""
        found = members(data)
        used = tuple(UsedValue.from_json(one) for one in items(found["used"]))
        problem = str(found["problem"]) if found.get("problem") else None
        wanted = Required.from_json(found.get("required"))
        return Reason(str(found["source"]), _truth(found["outcome"]), used, wanted, problem)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule gave: `phrases` is its text by language, `law` the provision it applies, if the scheme says so."""

    id: str
    outcome: bool | None
    severity: str
    phrases: Mapping[str, Phrase]
    law: Mapping[str, str] | None
    reasons: tuple[Reason, ...]

    def phrase(self, language: str) -> Phrase:
        """The text in this language, or in the scheme's first one."""
        return self.phrases.get(language) or next(iter(self.phrases.values()))

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        return {
            "id": self.id,
            "outcome": self.outcome,
            "severity": self.severity,
            "phrases": {language: phrase_to_json(phrase) for language, phrase in self.phrases.items()},
            "law": dict(self.law) if self.law else None,
            "reasons": [reason.to_json() for reason in self.reasons],
        }

    @staticmethod
    def from_json(data: object) -> RuleResult:
        """The result written by `to_json`."""
        found = members(data)
        law = {language: str(text) for language, text in members(found["law"]).items()}
        return RuleResult(
            str(found["id"]),
            _truth(found["outcome"]),
            str(found["severity"]),
            {
                language: phrase_from_json(items(phrase))
                for language, phrase in members(found["phrases"]).items()
            },
            law or None,
            tuple(Reason.from_json(reason) for reason in items(found["reasons"])),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say together.

    `eligible`: True when every refusing rule holds, False when one doesn't, None when one isn't established.
    `warnings`: ids of the rules of severity "warn" that don't hold, or aren't established.
    """

    eligible: bool | None
    rules: tuple[RuleResult, ...]
    warnings: tuple[str, ...]

    @property
    def because(self) -> tuple[str, ...]:
        """The refusing rules that don't hold."""
        return tuple(rule.id for rule in self.rules if rule.severity == "refuse" and rule.outcome is False)

    @property
    def outcomes(self) -> Mapping[str, bool | None]:
        """The outcome of each rule by its id: `rules.NAME` in FEEL."""
        return {rule.id: rule.outcome for rule in self.rules}

    def to_json(self) -> dict[str, object]:
        """As plain JSON, to be kept beside the decision."""
        rules = [rule.to_json() for rule in self.rules]
        return {"eligible": self.eligible, "rules": rules, "warnings": list(self.warnings)}

    @staticmethod
    def from_json(data: object) -> Verdict:
        """The verdict written by `to_json`."""
        found = members(data)
        rules = tuple(RuleResult.from_json(rule) for rule in items(found["rules"]))
        return Verdict(_truth(found["eligible"]), rules, tuple(str(id) for id in items(found["warnings"])))


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def judge(reading: Reading) -> Verdict:
    """Judge every rule of the scheme, those of a form asked later once it is; none at all makes everybody eligible."""
    rules = (rule for rule in reading.scheme.eligibility.values() if reading.has_form(rule.form))
    results = tuple(judge_rule(rule, reading) for rule in rules)
    outcomes = [result.outcome for result in results if result.severity == "refuse"]
    eligible = False if False in outcomes else None if None in outcomes else True
    warnings = tuple(rule.id for rule in results if rule.severity == "warn" and rule.outcome is not True)
    return Verdict(eligible, results, warnings)


def judge_rule(rule: Rule, reading: Reading) -> RuleResult:
    """Judge and explain one rule."""
    clause = rule.require.explain(reading.values, reading.now, reading.zone)
    phrases = {
        language: rule.otherwise.say(language, reading.values, reading.now, reading.zone)
        for language in reading.scheme.languages
    }
    law = {language: rule.law.plain(language) for language in reading.scheme.languages} if rule.law else None
    reasons = tuple(_reason(reading, decider) for decider in feel.deciding(clause))
    return RuleResult(rule.id, _established(clause, reading), rule.severity, phrases, law, reasons)


def outcome(rule: Rule, reading: Reading) -> bool | None:
    """What a rule gives, without its explanation."""
    found = _truth(rule.require.value(reading.values, reading.now, reading.zone))
    if found is None or not reading.unknown_facts:
        return found
    return _established(rule.require.explain(reading.values, reading.now, reading.zone), reading)


def _established(clause: Clause, reading: Reading) -> bool | None:
    """What a clause gives; None when that rests on a fact nobody knows: `null = "a"` is false in FEEL, and is no refusal."""
    found = _truth(clause.result)
    unknown = reading.unknown_facts
    if found is None or not unknown:
        return found
    rests = derived(reading.scheme, unknown)
    return found if _stands(clause, found, rests.__contains__) else None


def _stands(clause: Clause, wanted: bool, is_unknown: Callable[[str], bool]) -> bool:
    """Whether a clause gives this without anything unknown having decided it."""
    enough, every = ("or", "and") if wanted else ("and", "or")
    if clause.operator == enough:
        return any(part.result is wanted and _stands(part, wanted, is_unknown) for part in clause.clauses)
    if clause.operator == every:
        return all(_stands(part, wanted, is_unknown) for part in clause.clauses)
    return not any(is_unknown(used.path[0]) for used in leaves(clause) if used.path)


def _reason(reading: Reading, decider: feel.Decider) -> Reason:
    leaf = decider.leaf
    ways = feel.requirements(leaf, decider.wanted)
    return Reason(
        leaf.source,
        _truth(leaf.result),
        used_values(reading, leaves(leaf)),
        required(reading, ways, decider.alternative),
        leaf.problem.code if leaf.problem else None,
    )


def is_settled(clause: Clause, is_open: Callable[[str], bool]) -> bool:
    """Whether a false clause stays false whatever is answered later; `is_open(name)` says what may still change.

    FEEL's `null = "a"` is false already: so each clause that decided must have read only what is answered.
    """
    if clause.operator == "and" and clause.result is False:
        return any(part.result is False and is_settled(part, is_open) for part in clause.clauses)
    if clause.operator == "or" and clause.result is False:
        return all(is_settled(part, is_open) for part in clause.clauses)
    return not any(is_open(used.path[0]) for used in leaves(clause) if used.path)
