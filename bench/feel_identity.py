"""The same expressions evaluated in the three ways there are: by closures, by a function of their own, over columns."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import chain, groupby
from pathlib import Path
from random import Random
from typing import Any

from bench import feel_kit, feel_random
from bench.feel_kit import NOW
from bench.random_feel import Case, cases
from bench.same_values import outcome, same
from engine.feel import Compiled, FeelError, FeelProblem, Results, compile, compile_rows, parse
from engine.feel.generated import is_small, rule
from engine.feel.limits import Run


@dataclass(frozen=True, slots=True)
class Difference:
    """One expression and values of which two ways say different things."""

    case: Case
    way: str
    expected: Any
    found: Any


def differences(given: Iterable[Case]) -> Iterator[Difference]:
    """Where a function of its own, or columns, give something else than closures do."""
    for text, of_text in groupby(given, key=lambda case: case.text):
        yield from _of_one_text(text, list(of_text))


def _of_one_text(text: str, given: Sequence[Case]) -> Iterator[Difference]:
    names = sorted(_names(given))
    tree = parse(text, names=names)
    compiled = compile(tree)
    made = rule(tree.root) if is_small(tree.root) and not compiled.at_start else None
    # a column nobody reads says how many rows there are
    columns = {name: [case.values.get(name) for case in given] for name in [*names, ""]}
    found = compile_rows(tree).run(columns, now=NOW, zone=UTC)
    for number, case in enumerate(given):
        expected = _by_closures(compiled, case)
        by_way = {"columns": _of_row(found, number)}
        if made is not None:
            by_way["function"] = outcome(lambda made=made, case=case: made(case.values, Run(NOW, UTC)))
        for way, result in by_way.items():
            if not same(expected, result):
                yield Difference(case, way, expected, result)


def _by_closures(compiled: Compiled, case: Case) -> Any:
    """The value, or the bound that is passed."""
    noted: list[FeelProblem] = []
    value = compiled.run(case.values, now=NOW, zone=UTC, noted=noted)
    return FeelError(noted[0].code) if noted else value


def _of_row(found: Results, number: int) -> Any:
    noted = found.noted.get(number)
    return FeelError(noted.code) if noted else found.values[number]


def _names(given: Sequence[Case]) -> set[str]:
    found: set[str] = set()
    for case in given:
        found |= case.values.keys()
    return found


def compare_random(seed: int, count: int) -> tuple[Mapping[str, int], list[Difference]]:
    """Compare so many random cases of both generators; what there was of them, and every difference."""
    seen = {"expressions": 0, "evaluations": 0}

    def counted() -> Iterator[Case]:
        last = ""
        for case in chain(cases(seed, count // 2), _other_cases(seed, count - count // 2)):
            seen["evaluations"] += 1
            seen["expressions"] += case.text != last
            last = case.text
            yield case

    found = list(differences(counted()))
    return seen, found


def _other_cases(seed: int, count: int, *, per_text: int = 4) -> Iterator[Case]:
    """Cases of the generator that Python and the browser are compared with."""
    random = Random(seed)
    expressions, values = feel_random.Expressions(random), feel_random.Values(random)
    made = 0
    while made < count:
        text = expressions.one()
        try:
            parse(text, names=values.all())
        except FeelError:
            continue
        for _ in range(min(per_text, count - made)):
            made += 1
            yield Case(text, values.all())


def compare_kit() -> tuple[int, list[Difference]] | None:
    """Compare the expressions of the public kit's file; None when GUICHET_FEEL_KIT names none."""
    path = os.environ.get("GUICHET_FEEL_KIT")
    if not path or not Path(path).is_file():
        return None
    given = list(_kit_cases(json.loads(Path(path).read_text(encoding="utf-8"))))
    return len(given), list(differences(given))


def _kit_cases(tests: Sequence[Mapping[str, Any]]) -> Iterator[Case]:
    """Each decision of the kit whose text is FEEL, with its inputs and the decisions it needs."""
    for test in tests:
        inputs = {name: feel_kit.read(value) for name, value in test["inputs"].items()}
        plan = test["plan"]
        values = inputs | {name: feel_kit.decide(needed, inputs) for name, needed in plan["deps"]}
        try:
            parse(plan["expr"], names=values)
        except FeelError:
            continue
        yield Case(plan["expr"], values)
