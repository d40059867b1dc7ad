"""Why something came out as it did: the rules that refuse, the condition that holds or doesn't, the row that decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from authoring.walkthrough.wording import NOTHING, Pieces, Quoted, Told, Word, told
from engine.asked import Reading
from engine.asked.decided import decided
from engine.asked.used import UsedValue, leaves, used_values
from engine.eligibility import Reason, RuleResult, Verdict
from engine.feel import Clause
from engine.language.model import Expression, Field
from engine.problems import AnswerProblem
from renderers.words import phrase, problem_sentence
from workflows.lifecycle import Refusal

Why = Told | Pieces


def because(parts: Iterable[Told]) -> Why:
    """`: this; that`, or nothing."""
    found = tuple(parts)
    return told("because", parts=Pieces(found)) if found else NOTHING


def refusing(verdict: Verdict) -> Why:
    """Why the verdict isn't a plain yes: `: the rule under_ceiling is false because …`."""
    return because(rule(one) for one in verdict.rules if one.severity == "refuse" and one.outcome is not True)


def rules(verdict: Verdict, names: Collection[str]) -> Why:
    """Why these rules came out as they did."""
    return because(rule(one) for one in verdict.rules if one.id in names)


def rule(one: RuleResult) -> Told:
    """`the rule under_ceiling is false because household_income <= 19074 is false (with …)`."""
    found = tuple(_reason(reason) for reason in one.reasons)
    reasons = told("reasons", parts=Pieces(found, "@and")) if found else NOTHING
    state = one.outcome if one.outcome is not None else Word("@not_established")
    return told("rule", id=one.id, state=state, reasons=reasons)


def _reason(reason: Reason) -> Told:
    used = [one for one in reason.used if one.path != reason.source]
    return told("clause", source=reason.source, state=_state(reason.outcome), **_with(used))


def _state(outcome: object) -> object:
    return Word("@unknown") if outcome is None else outcome


def _with(used: Sequence[UsedValue]) -> Mapping[str, object]:
    parts = tuple(told("used", path=one.path, value=next(iter(one.printed.values()))) for one in used)
    return {"with": told("with", used=Pieces(parts, ", ")) if parts else NOTHING}


def condition(reading: Reading, when: Expression | None, values: Mapping[str, object]) -> Why:
    """Why a page or a field is asked, or isn't."""
    if when is None:
        return NOTHING
    clause = when.explain(values, reading.now, reading.zone)
    used = used_values(reading, leaves(clause))
    return because([told("condition", source=when.text, state=_state(clause.result), **_with(used))])


def value(reading: Reading, name: object, figure: Expression, values: Mapping[str, object]) -> Why:
    """How a figure was computed: the row of the table that decided, else the expression with what it read."""
    if figure.table is None:
        used = used_values(reading, leaves(figure.explain(values, reading.now, reading.zone)))
        return because([told("value", source=figure.text, **_with(used))]) if used else NOTHING
    found = decided(reading, figure, values, "number")
    first = found[0] if found else None
    if first is None:
        return NOTHING
    numbers = [number for number in first.rows if number]
    code = "row" if numbers else "otherwise_row"
    shown = Pieces(tuple(numbers), ", ")
    return because([told(code, rows=shown, name=name, **_with(first.used))])


def answer(fields: Mapping[str, Field], problem: AnswerProblem) -> Told:
    """What is wrong with one answer, as people read it: `household: Enter a number of at least 1`."""
    path = ".".join(str(part) for part in problem.path)
    field = fields.get(str(problem.path[0])) if problem.path else None
    sentences = {
        language: problem_sentence(problem, field, language, labelled=False) for language in ("en", "fr")
    }
    return told("answer", path=path or Word("@page"), told=Quoted(sentences))


def answers(fields: Mapping[str, Field], problems: Iterable[AnswerProblem]) -> Pieces:
    """What is wrong with several answers."""
    return Pieces(tuple(answer(fields, problem) for problem in problems))


def refusal(found: Refusal) -> Told:
    """One clause per code of workflows.guards.Refusal: `it is not for who did take`."""
    params = found.params
    if found.code == "not_eligible":
        failed = [one for one in _sequence(params["rules"]) if isinstance(one, RuleResult)]
        return told("refused_rules", rules=Pieces(tuple(rule(one) for one in failed)))
    if found.code == "guard":
        return _guard(params)
    return Told(found.code, params)


def _guard(params: Mapping[str, object]) -> Told:
    clause, phrases = params["clause"], params["phrases"]
    assert isinstance(clause, Clause)
    shown = told("clause", source=clause.source, state=_state(clause.result), **{"with": NOTHING})
    if not isinstance(phrases, Mapping) or not phrases:
        return told("guard_alone", clause=shown)
    return told("guard", text=Quoted({one: phrase(said, one) for one, said in phrases.items()}), clause=shown)


def _sequence(found: object) -> Sequence[object]:
    return found if isinstance(found, list | tuple) else ()
