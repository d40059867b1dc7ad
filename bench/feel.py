"""How fast expressions are, against Python written by hand and against other engines: `python -m bench.feel`.

Ratios are of processor time, measured in turn in the same process; the exit status is 1 when a goal is not met.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from bench import feel_rows, feel_scheme
from bench.feel_identity import compare_kit, compare_random
from bench.feel_rivals import MISSING, RIVALS
from bench.feel_rules import RULES, Rule
from bench.goals import Goal
from bench.in_turn import ratio, times_each
from bench.report import verdict
from engine.feel import compile
from engine.feel.compiled import OFTEN

SEED = 20260302


def speed(rule: Rule) -> Iterator[Goal]:
    """One rule: the expression, the function by hand, the careful one, and the rivals."""
    compiled = compile(rule.text)
    calls: dict[str, Callable[[], Any]] = {
        "by hand": lambda: rule.by_hand(rule.answers),
        "by hand, answers may be missing": lambda: rule.careful(rule.answers),
        "this engine": lambda: compiled.run(rule.answers),
    }
    calls |= {name: run for name, make in RIVALS.items() if (run := make(rule.name, rule.answers))}
    for name, run in calls.items():
        if run() is not True:
            raise SystemExit(f"{name} says {run()} of {rule.text}")
    for _ in range(OFTEN):
        compiled.run(rule.answers)
    times = times_each(calls)
    print(f"\n{rule.name}: {rule.text}")
    for name, found in times.items():
        print(f"  {name:<34}{median(found):>10.0f} ns {ratio(found, times['by hand']):>8.2f} times by hand")
    for name in RIVALS.keys() - calls.keys():
        print(f"  {name:<34}{MISSING}")
    reached = ratio(times["this engine"], times["by hand"])
    yield Goal(
        f"{rule.name}: {reached:.2f} times the function by hand (at most {rule.most})", reached <= rule.most
    )


def loading() -> Iterator[Goal]:
    """A scheme of sixty fields, read, checked and compiled."""
    least, middle = feel_scheme.milliseconds_each()
    told = f"{least:.1f} ms where others disturb least (median {middle:.1f}; under {feel_scheme.ENOUGH:.0f})"
    yield Goal(f"a scheme of sixty fields read, checked and compiled in {told}", least < feel_scheme.ENOUGH)


def many(count: int) -> Iterator[Goal]:
    """A million dossiers."""
    for one in feel_rows.timed(count):
        print(f"\n{count} dossiers, {one.name}: {one.ours:.2f} s, by hand {one.by_hand:.2f} s")
        yield Goal(
            f"{one.name}: {one.ratio:.2f} times the loop by hand (under {feel_rows.MOST})",
            one.ratio < feel_rows.MOST,
        )
        yield Goal(f"{one.name}: {one.different} results differ from the loop's", one.different == 0)


def identity(count: int) -> Iterator[Goal]:
    """The same results one at a time and over columns."""
    seen, found = compare_random(SEED, count)
    for one in found[:10]:
        print(f"  DIFFERENT {one.way}: {one.case.text}\n    {one.expected!r}\n    {one.found!r}")
    told = f"{seen['evaluations']} random evaluations of {seen['expressions']} expressions"
    yield Goal(f"{told}: {len(found)} differences between one at a time and columns", not found)
    if (kit := compare_kit()) is None:
        print("\nNOT COMPARED over the public kit: set GUICHET_FEEL_KIT to its file")
    else:
        yield Goal(f"{kit[0]} expressions of the public kit: {len(kit[1])} differences", not kit[1])


def main() -> int:
    """Measure everything, and say which goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--random", type=int, default=100_000, help="random evaluations compared")
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the dossiers, a fiftieth of the random ones"
    )
    given = parser.parse_args()
    dossiers = given.dossiers // (10 if given.quick else 1)
    random = given.random // (50 if given.quick else 1)
    print(f"{os.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    goals = [goal for rule in RULES for goal in speed(rule)]
    goals += [*loading(), *many(dossiers), *identity(random)]
    print(f"\n{verdict(goals)}")
    return 0 if all(goal.is_met for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
