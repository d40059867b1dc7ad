"""The two evaluators beside one another: each expression in Python and in JavaScript, and where they differ."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from bench.feel_kit import decide, read
from bench.feel_random import Expressions, Values
from engine.feel import FeelError, FeelProblem, compile, parse, to_json
from engine.feel.shipping import NotShippable, ship_value

HERE = Path(__file__).parent
STATIC = HERE.parent / "renderers" / "static"
NOW = datetime(2020, 5, 12, 22, 30, tzinfo=UTC)
Batch = list[list[Any]]
Evaluator = Callable[[Batch], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Case:
    """One expression and the values of its names."""

    text: str
    values: Mapping[str, Any]
    unary: bool = False


@dataclass(slots=True)
class Compared:
    """How many were compared, what differed, and what only the server knows."""

    same: int = 0
    known: int = 0  # those whose value is not null
    stopped: int = 0  # refused by both with the same bound
    refused: int = 0  # no FEEL, or values that can't travel
    server_only: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.same} equal ({self.known} not null, {self.stopped} stopped by the same bound), {len(self.differences)} different, "
            f"{len(self.server_only)} left to the server, {self.refused} not compared"
        )


def random_cases(seed: int, count: int) -> Iterator[Case]:
    """So many random expressions with their values, the same for the same seed."""
    random = Random(seed)
    expressions, values = Expressions(random), Values(random)
    for _ in range(count):
        unary = random.random() < 0.1
        yield Case(expressions.tests() if unary else expressions.one(), values.all(), unary)


def kit_cases(path: Path) -> Iterator[Case]:
    """The expressions of the public kit with its inputs, and the decisions they need."""
    for test in json.loads(path.read_text(encoding="utf-8")):
        inputs = {name: read(value) for name, value in test["inputs"].items()}
        yield from _plan_cases(test["plan"], inputs)


def _plan_cases(plan: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[Case]:
    for _, needed in plan["deps"]:
        yield from _plan_cases(needed, inputs)
    yield Case(plan["expr"], {**inputs, **{name: decide(needed, inputs) for name, needed in plan["deps"]}})


def compare(cases: Iterable[Case], evaluator: Evaluator, size: int = 2000) -> Compared:
    """Evaluate each case on both sides, in batches."""
    compared, batch, expected = Compared(), [], []
    for case in cases:
        try:
            compiled = compile(parse(case.text, unary=case.unary, names=case.values))
            sent = {name: ship_value(case.values.get(name)) for name in read_by(compiled, case)}
        except (FeelError, NotShippable):
            compared.refused += 1
            continue
        batch.append([to_json(compiled.tree), sent, ship_value(NOW)])
        expected.append((case, compiled))
        if len(batch) == size:
            _settle(compared, expected, evaluator(batch))
            batch, expected = [], []
    _settle(compared, expected, evaluator(batch))
    return compared


def _settle(compared: Compared, expected: list[Any], found: list[dict[str, Any]]) -> None:
    for (case, compiled), theirs in zip(expected, found, strict=True):
        ours = python_result(compiled, case.values)
        if "server" in theirs:
            compared.server_only.append(f"{case.text} ({theirs['server']})")
        elif ours == theirs:
            compared.same += 1
            compared.known += ours.get("is") is not None
            compared.stopped += "stopped" in ours
        else:
            compared.differences.append(
                f"{case.text}\n  Python  {ours}\n  browser {theirs}\n  with {read_by(compiled, case)}"
            )


def read_by(compiled: Any, case: Case) -> dict[str, Any]:
    """The values an expression may read."""
    names = {path[0] for path in compiled.names} | {"?"}
    return {name: case.values[name] for name in names if name in case.values}


def python_result(compiled: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """What Python gives, in the words of the runner."""
    noted: list[FeelProblem] = []
    try:
        value = compiled.run(values, now=NOW, zone=UTC, noted=noted)
        return {"stopped": noted[0].code} if noted else {"is": canonical(value)}
    except NotShippable as error:
        return {"not shippable": str(error)}
    except Exception as error:  # the promise is that there is none: it is shown as a difference
        return {"raised": repr(error)}


def canonical(value: Any) -> Any:
    """A value as JSON, each number written in one way only."""
    if callable(value):
        return {"f": True}
    if isinstance(value, list | tuple):
        return [canonical(item) for item in value]
    if isinstance(value, Mapping):
        return {"c": [[key, canonical(item)] for key, item in value.items()]}
    sent = ship_value(value) if type(value).__name__ != "RangeValue" else None
    if sent is None and value is not None:
        ends = [canonical(value.low), canonical(value.high)]
        return {"r": [*ends, value.low_included, value.high_included, value.operator]}
    return {"n": one_way(Decimal(value))} if isinstance(sent, dict) and "n" in sent else sent


def one_way(number: Decimal) -> str:
    """A number with one digit before the mark, as JavaScript's toExponential has it."""
    sign, digits, _ = number.as_tuple()
    text = "".join(map(str, digits)).lstrip("0").rstrip("0")
    if not text:
        return "0e+0"
    mark = f"{text[0]}.{text[1:]}" if len(text) > 1 else text
    return f"{'-' if sign else ''}{mark}e{number.adjusted():+d}"


# -- where the JavaScript runs --------------------------------------------------------------------------------------

ADDRESS = "http://guichet.test"


def in_chromium(page: Any) -> Evaluator:
    """The evaluator of the pages in this page of Chromium; its files are given from our static folder, no server runs."""

    def give(route: Any) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        if path == "/":
            route.fulfill(content_type="text/html", body="<!doctype html><title>FEEL</title>")
            return
        file = HERE / "feel_runner.js" if path == "/runner.js" else STATIC / path.removeprefix("/static/")
        route.fulfill(content_type="text/javascript", body=file.read_text(encoding="utf-8"))

    page.route(f"{ADDRESS}/**", give)
    page.goto(f"{ADDRESS}/")

    def evaluate(batch: Batch) -> list[dict[str, Any]]:
        run = "async (batch) => JSON.stringify((await (await import('/runner.js')).evaluateAll(JSON.parse(batch), '/static/feel/')))"
        found: list[dict[str, Any]] = json.loads(page.evaluate(run, json.dumps(batch)))
        return found

    return evaluate


def in_node(batch: Batch) -> list[dict[str, Any]]:
    """The same files in Node: quicker to try, but Chromium is the reference."""
    program = (
        f"import {{ evaluateAll }} from '{HERE / 'feel_runner.js'}'; import {{ readFileSync }} from 'node:fs';"
        f"const batch = JSON.parse(readFileSync(0, 'utf8'));"
        f"console.log(JSON.stringify(await evaluateAll(batch, '{STATIC / 'feel'}/')));"
    )
    run = subprocess.run(
        ["node", "--input-type=module", "-e", program],
        input=json.dumps(batch),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found
