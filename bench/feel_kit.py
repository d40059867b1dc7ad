"""The public kit of DMN (its literal FEEL expressions as JSON) run through the engine: `python -m bench.feel_kit FILE`.

Each object of the file holds suite, id, node, inputs, plan (expression, the decisions it needs, type) and the wanted value.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.feel import FeelError, evaluate

NOW = datetime(2020, 5, 12, 10, tzinfo=UTC)
EXACT_TO = Decimal("0.00000001")  # what the kit's own runners allow
READERS = {"date": "date", "time": "time", "dateTime": "date and time", "duration": "duration"}
# The type of a decision is the model's business, not FEEL's: its value is converted to it, or is null.
TYPES = {
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result of the kit: what was wanted, what the engine gave, and whether they are the same."""

    key: Key
    expression: str
    wanted: Any
    given: Any

    @property
    def passed(self) -> bool:
        return same(self.given, self.wanted)


def run(path: Path) -> list[Outcome]:
    """Every result of a file."""
    return [outcome(test) for test in json.loads(path.read_text(encoding="utf-8"))]


def outcome(test: Mapping[str, Any]) -> Outcome:
    """The result of one test."""
    inputs = {name: read(value) for name, value in test["inputs"].items()}
    key = (test["suite"], test["id"], test["node"])
    return Outcome(key, test["plan"]["expr"], read(test["want"]), decide(test["plan"], inputs))


def read(written: Mapping[str, Any]) -> Any:
    """A value of the file as FEEL holds it; raises ValueError for one that is no FEEL value."""
    kind, text = written["t"], written.get("v")
    match kind:
        case "null":
            return None
        case "string":
            return text
        case "boolean":
            return text == "true"
        case "decimal":
            return Decimal(text)
        case "list":
            return [read(item) for item in text]
        case "context":
            return {name: read(value) for name, value in text}
    value = evaluate(f"{READERS[kind]}(text)", {"text": text})
    if value is None:
        raise ValueError(f"{text} is no {kind}")
    return value


def decide(plan: Mapping[str, Any], inputs: Mapping[str, Any]) -> Any:
    """The value of a decision, after those it needs; null when its text is no FEEL."""
    known = dict(inputs) | {name: decide(needed, inputs) for name, needed in plan["deps"]}
    try:
        value = evaluate(plan["expr"], known, now=NOW, zone=UTC)
    except FeelError:
        return None
    return converted(value, TYPES.get(plan["type"] or ""))


def converted(value: Any, wanted: str | None) -> Any:
    """The value as the decision's type wants it, or None (DMN 1.5, 10.3.2.9.4)."""
    if wanted is None or value is None:
        return value
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if evaluate(f"value instance of {wanted}", {"value": value}) is True else None


def same(given: Any, wanted: Any) -> bool:
    """Whether two values are the same; numbers to eight decimals, everything else exactly."""
    if isinstance(given, Decimal) and isinstance(wanted, Decimal):
        return abs(given - wanted) < EXACT_TO
    if isinstance(given, list) and isinstance(wanted, list):
        return len(given) == len(wanted) and all(map(same, given, wanted))
    if isinstance(given, dict) and isinstance(wanted, dict):
        return given.keys() == wanted.keys() and all(same(given[key], wanted[key]) for key in wanted)
    fractions = getattr(given, "microsecond", 0) == getattr(wanted, "microsecond", 0)
    return fractions and evaluate("given = wanted", {"given": given, "wanted": wanted}) is True


def share(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """How many passed, of how many."""
    found = [outcome.passed for outcome in outcomes]
    return sum(found), len(found)


def report(outcomes: list[Outcome]) -> list[str]:
    """A line for each suite, all results and those that are not null apart, and one for the whole."""
    suites: dict[str, list[Outcome]] = {}
    for one in outcomes:
        suites.setdefault(one.key[0], []).append(one)
    lines = [f"{'suite':<52} {'all':>11} {'not null':>11}"]
    return lines + [_line(name, of) for name, of in sorted(suites.items())] + [_line("whole kit", outcomes)]


def _line(name: str, outcomes: list[Outcome]) -> str:
    everything = share(outcomes)
    told = share(one for one in outcomes if one.wanted is not None)
    percents = "".join(f" {100 * passed / of:6.2f} %" for passed, of in (everything, told) if of)
    return f"{name:<52} {everything[0]:>5}/{everything[1]:<5} {told[0]:>5}/{told[1]:<5}{percents}"


def main() -> None:
    """Print the report, then each result that is not the wanted one."""
    outcomes = run(Path(sys.argv[1]))
    print("\n".join(report(outcomes)))
    for one in outcomes:
        if not one.passed:
            wanted, given = (repr(value)[:60] for value in (one.wanted, one.given))
            print(f"FAILED {' '.join(one.key)}: {one.expression!r} wants {wanted}, gives {given}")


if __name__ == "__main__":
    main()
