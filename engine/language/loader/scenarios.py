"""The scheme's own tests: scenarios and case tables, with every name they say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping
from engine.language.loader.rules import load_day
from engine.language.loader.workflow import ACTORS
from engine.language.model import CaseTable, Scenario
from engine.language.scalars import is_number, read_number
from engine.problems import Path

EXPECTED = ("eligible", "amount", "because", "warnings")
_ACT = re.compile(r"(?P<action>\S+) by (?P<who>\S+)")


def load_tests(load: Loading) -> dict[str, Scenario | CaseTable]:
    """Every test, in order."""
    found: dict[str, Scenario | CaseTable] = {}
    for id, data in mapping(load.data, "tests").items():
        if not isinstance(data, Mapping):
            continue
        table = "cases" in data or "given" in data or isinstance(data.get("expect"), list)
        found[id] = _table(load, id, data) if table else _scenario(load, id, data)
    return found


def _scenario(load: Loading, id: str, data: Data) -> Scenario:
    path: Path = ("tests", id)
    expect = mapping(data, "expect")
    for what, value in expect.items():
        if _may_expect(load, (*path, "expect", what), what) and what in {"because", "warnings"}:
            for number, rule in enumerate(value if isinstance(value, list) else ()):
                load.known("unknown_rule", (*path, "expect", what, number), str(rule), _rules(load))
    _check_acts(load, data, path)
    mails = data.get("mails")
    for number, mail in enumerate(mails or ()):
        load.known("unknown_text", (*path, "mails", number), str(mail), load.texts)
    if (end := data.get("end")) is not None:
        load.known("unknown_state", (*path, "end"), str(end), mapping(_workflow(load), "states"))
    return Scenario(
        id,
        load_day(load, data, "today", path),
        _answers(load, data, path),
        {what: _expected(value) for what, value in expect.items()},
        tuple(str(act) for act in data.get("then") or () if act),
        end,
        tuple(str(mail) for mail in mails) if mails is not None else None,
    )


def _table(load: Loading, id: str, data: Data) -> CaseTable:
    path: Path = ("tests", id)
    given = tuple(str(name) for name in data.get("given") or ())
    expect = tuple(str(name) for name in data.get("expect") or ())
    for number, name in enumerate(given):
        load.known("unknown_field", (*path, "given", number), name.split(".")[0], load.field_names())
    for number, name in enumerate(expect):
        _may_expect(load, (*path, "expect", number), name)
    cases: list[tuple[object, ...]] = []
    for number, case in enumerate(data.get("cases") or ()):
        if not isinstance(case, list) or len(case) != len(given) + len(expect):
            load.report("case_length", (*path, "cases", number), wanted=len(given) + len(expect))
        else:
            cases.append((*case[: len(given)], *(_expected(cell) for cell in case[len(given) :])))
    answers = _answers(load, data, path)
    return CaseTable(id, load_day(load, data, "today", path), given, expect, tuple(cases), answers)


def _answers(load: Loading, data: Data, path: Path) -> dict[str, Any]:
    answers = mapping(data, "answers")
    for name in answers:
        load.known("unknown_field", (*path, "answers", name), name, load.field_names(), at_key=True)
    return answers


def _may_expect(load: Loading, path: Path, what: str) -> bool:
    """eligible, amount, because, warnings, rules.NAME, or a field or total."""
    if what.startswith("rules."):
        return load.known("unknown_rule", path, what.removeprefix("rules."), _rules(load), at_key=True)
    return load.known("unknown_expected", path, what, (*EXPECTED, *load.scope.names), at_key=True)


def _expected(value: object) -> object:
    """A number as Decimal, a list as tuple; true, false, nothing and words as they are."""
    if isinstance(value, str) and is_number(value):
        return read_number(value)
    return tuple(value) if isinstance(value, list) else value


def _check_acts(load: Loading, data: Data, path: Path) -> None:
    actors = (*mapping(load.source.data, "roles"), *ACTORS)
    for number, act in enumerate(data.get("then") or ()):
        here = (*path, "then", number)
        found = _ACT.fullmatch(str(act).strip())
        if found is None:
            load.report("act_not_understood", here, act=str(act))
        elif load.known("unknown_action", here, found["action"], mapping(_workflow(load), "actions")):
            load.known("unknown_role", here, found["who"], actors)


def _rules(load: Loading) -> Mapping[str, Any]:
    return mapping(load.source.data, "eligibility")


def _workflow(load: Loading) -> Mapping[str, Any]:
    return mapping(load.source.data, "workflow")
