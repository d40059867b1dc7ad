"""Conditions that can never hold, or always do; rules that exclude one another; bounds nothing lies between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from authoring.check.whole import Whole, is_said_true
from authoring.proofs import (
    FALSE,
    NOT_FALSE,
    NOT_TRUE,
    TRUE,
    Claim,
    Names,
    Proof,
    Standing,
    Truths,
    impossible,
)
from authoring.proofs.domains import Ordered
from engine.feel import tree as t
from engine.language.form_model import inner_path
from engine.language.model import Action, Check, Expression, Field, Page, Rule
from engine.problems import Path, Problem, Severity

OUTCOMES = frozenset({"eligible", "rules"})
BOUNDS = (("min", "max"), ("at_least", "at_most"), ("min_length", "max_length"))


def check_conditions(whole: Whole) -> Iterator[Problem]:
    """All that is proved of the conditions of a scheme."""
    draft = Names(whole.scheme)
    for page in whole.scheme.form.values():
        yield from _page(whole, page, draft)
    filed = Names(whole.scheme, Standing(filed=True))
    rules = tuple(whole.scheme.eligibility.values())
    told = [problem for rule in rules for problem in _rule(whole, rule, filed)]
    if not any(problem.code == "rule_never_holds" for problem in told):
        told += _contradiction(whole, [rule for rule in rules if rule.severity == "refuse"], filed)
    yield from told
    for action in whole.scheme.workflow.actions.values():
        if not (told and action.if_ is not None and OUTCOMES & {path[0] for path in action.if_.names}):
            yield from _guard(whole, action)  # what only follows from a faulty rule isn't worth a line


def _page(whole: Whole, page: Page, names: Names) -> Iterator[Problem]:
    path: Path = ("form", page.id)
    yield from _asked(whole, page.when, (*path, "when"), names, page.id)
    yield from _checks(whole, page.checks, path, names)
    for field in page.fields.values():
        yield from _field(whole, field, (*path, "fields", field.id), names)


def _field(whole: Whole, field: Field, path: Path, names: Names) -> Iterator[Problem]:
    yield from _asked(whole, field.when, (*path, "when"), names, field.id)
    yield from _checks(whole, field.checks, path, names)
    yield from _bounds(whole, field, path, names)
    row = Names(whole.scheme, Standing(own=field.fields)) if field.fields else names
    for inner in field.fields.values():
        yield from _field(whole, inner, inner_path(path, field, inner), row)
    for id, total in field.totals.items():
        here = (*path, "totals", id, "where")
        yield from _both(whole, total.where, here, row, ("where_never_holds", "where_always_holds"), id)


def _asked(whole: Whole, when: Expression | None, path: Path, names: Names, id: str) -> Iterator[Problem]:
    yield from _both(whole, when, path, names, ("never_asked", "always_asked"), id)


def _both(
    whole: Whole,
    condition: Expression | None,
    path: Path,
    names: Names,
    codes: tuple[str, str],
    id: str,
) -> Iterator[Problem]:
    """A warning for a condition that never holds, or always does."""
    if condition is None or is_said_true(condition):
        return
    for code, truths in zip(codes, (TRUE, NOT_TRUE), strict=True):
        if proof := _proof(names, condition, truths):
            yield whole.at(condition, code, path, id=id, by=worded(proof))


def worded(proof: Proof) -> str:
    """How a proof was found, as the tables of sentences word it."""
    return f"@proof_{proof}"


def _proof(names: Names, condition: Expression, truths: Truths) -> Proof | None:
    return impossible(names, [Claim(condition.compiled.tree.root, truths)])


def _checks(whole: Whole, checks: Sequence[Check], path: Path, names: Names) -> Iterator[Problem]:
    """A check waits for what it reads; it is wrong when it then is always false."""
    for check in checks:
        here = (*path, "check", check.id, "require")
        require = check.require
        answered = [Claim(t.Comparison("!=", _node(name), t.Literal(None)), TRUE) for name in require.names]
        claim = Claim(require.compiled.tree.root, NOT_FALSE)
        if proof := impossible(names, [*answered, claim]):
            if not impossible(names, answered):
                by = worded(proof)
                yield whole.at(require, "check_never_holds", here, "error", id=check.id, by=by)
        elif proof := _proof(names, require, FALSE):
            yield whole.at(require, "check_always_holds", here, id=check.id, by=worded(proof))


def _node(path: tuple[str, ...]) -> t.Node:
    node: t.Node = t.Name(path[0])
    for member in path[1:]:
        node = t.Path(node, member)
    return node


def _rule(whole: Whole, rule: Rule, names: Names) -> Iterator[Problem]:
    path: Path = ("eligibility", rule.id, "require")
    if is_said_true(rule.require):
        return
    if proof := _proof(names, rule.require, TRUE):
        severity: Severity = "error" if rule.severity == "refuse" else "warning"
        yield whole.at(rule.require, "rule_never_holds", path, severity, id=rule.id, by=worded(proof))
    elif proof := _proof(names, rule.require, NOT_TRUE):
        yield whole.at(rule.require, "rule_always_holds", path, id=rule.id, by=worded(proof))


def _contradiction(whole: Whole, rules: Sequence[Rule], names: Names) -> Iterator[Problem]:
    """The rules no dossier can satisfy together: two if two are enough, else the fewest found."""
    proof = _together(names, rules) if len(rules) > 1 else None
    pairs = (pair for pair in combinations(rules, 2) if proof or _share_a_field(whole, *pair))
    found = next(
        ((pair, told) for pair in pairs if (told := _together(names, pair, solve=bool(proof)))), None
    )
    if found:
        yield _contradict(whole, *found)
    elif proof:
        needed: Sequence[Rule] = rules
        for rule in rules:
            fewer = [one for one in needed if one is not rule]
            if told := _together(names, fewer):
                needed, proof = fewer, told
        yield _contradict(whole, needed, proof)


def _share_a_field(whole: Whole, one: Rule, other: Rule) -> bool:
    heads = {path[0] for path in one.require.names} & {path[0] for path in other.require.names}
    return not heads.isdisjoint(whole.scheme.fields)


def _together(names: Names, rules: Sequence[Rule], *, solve: bool = True) -> Proof | None:
    claims = [Claim(rule.require.compiled.tree.root, TRUE) for rule in rules]
    return impossible(names, claims, solve=solve)


def _contradict(whole: Whole, rules: Sequence[Rule], proof: Proof) -> Problem:
    *others, last = rules
    told = tuple(f"`{rule.id}`" for rule in others)
    path: Path = ("eligibility", last.id, "require")
    return whole.at(
        last.require, "rules_contradict", path, "error", id=last.id, others=told, by=worded(proof)
    )


def _guard(whole: Whole, action: Action) -> Iterator[Problem]:
    path: Path = ("workflow", "actions", action.id, "if")
    start = whole.scheme.workflow.start.id
    standing = Standing(start not in action.sources, action.form, action.sources)
    names = Names(whole.scheme, standing)
    yield from _both(whole, action.if_, path, names, ("guard_never_holds", "guard_always_holds"), action.id)


def _bounds(whole: Whole, field: Field, path: Path, names: Names) -> Iterator[Problem]:
    """The smallest value accepted must not be above the greatest."""
    for least, most in BOUNDS:
        low, high = names.bound(field, least), names.bound(field, most)
        if not (isinstance(low.some, Ordered) and isinstance(high.some, Ordered)):
            continue
        lowest, highest = low.some.low, high.some.high
        if not (low.null or high.null) and lowest is not None and highest is not None and lowest > highest:
            yield whole.at_value(
                "bounds_contradict", (*path, most), "error", id=field.id, least=least, most=most
            )
