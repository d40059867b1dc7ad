"""The same expressions evaluated in the three ways there are: by closures, by a function of their own, over columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bench.random_feel import Case, cases
from bench.same_values import outcome, same
from engine.feel import compile_rows, parse
from engine.feel.closures import compile_node
from engine.feel.generated import rule
from engine.feel.limits import Run
from engine.feel.scopes import Env


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
    root = parse(text).root
    read, made = compile_node(root), rule(root)
    columns = {name: [case.values.get(name) for case in given] for name in sorted(_names(given))}
    found = compile_rows(text).run(columns)
    for number, case in enumerate(given):
        expected = outcome(lambda case=case: read(Env(case.values, None, Run())))
        by_rule = outcome(lambda case=case: made(case.values, Run()))
        by_columns = found.stopped.get(number, found.values[number])
        for way, result in (("function", by_rule), ("columns", by_columns)):
            if not same(expected, result):
                yield Difference(case, way, expected, result)


def _names(given: Sequence[Case]) -> set[str]:
    found: set[str] = set()
    for case in given:
        found |= case.values.keys()
    return found


def compare_random(seed: int, count: int) -> tuple[Mapping[str, int], list[Difference]]:
    """Compare so many random cases; what there was of them, and every difference."""
    seen = {"expressions": 0, "evaluations": 0}

    def counted() -> Iterator[Case]:
        last = ""
        for case in cases(seed, count):
            seen["evaluations"] += 1
            seen["expressions"] += case.text != last
            last = case.text
            yield case

    found = list(differences(counted()))
    return seen, found
