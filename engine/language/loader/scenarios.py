"""The scheme's own tests: scenarios and case tables, with every name they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from engine.feel import types
from engine.language.loader.given_documents import check_documents
from engine.language.loader.given_facts import given_fact, load_given_facts
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping
from engine.language.loader.rules import load_day
from engine.language.loader.steps import load_steps
from engine.language.model import CaseTable, Scenario, Sent
from engine.language.scalars import is_number, read_number
from engine.problems import Path, Place

EXPECTED = ("eligible", "amount", "because", "warnings", "asked", "not_asked")
SCENARIO_ONLY = ("then", "end", "status", "mails", "letters", "reminded", "warned", "amounts")


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
    workflow = mapping(load.source.data, "workflow")
    expect = mapping(data, "expect")
    for what, value in expect.items():
        if _may_expect(load, (*path, "expect", what), what):
            _check_names(load, (*path, "expect", what), what, value)
    return Scenario(
        id,
        load_day(load, data, "today", path),
        _answers(load, data, path),
        {what: _expected(value) for what, value in expect.items()},
        load_steps(load, data, path),
        _one(load, data, "end", path, "unknown_state", mapping(workflow, "states")),
        _sent(load, data, "mails", path),
        _one(load, data, "status", path, "unknown_status", mapping(workflow, "public")),
        _sent(load, data, "letters", path),
        _several(load, data, "reminded", path, "unknown_deadline", mapping(workflow, "deadlines")),
        _several(load, data, "warned", path, "unknown_deadline", mapping(workflow, "deadlines")),
        {name: _amount(value) for name, value in mapping(data, "amounts").items()},
        load_given_facts(load, data, path),
        _places(load, data, path),
    )


def _table(load: Loading, id: str, data: Data) -> CaseTable:
    path: Path = ("tests", id)
    for key in SCENARIO_ONLY:
        if key in data:
            load.report("not_in_a_table", (*path, key), at_key=True, key=key)
    given = tuple(str(name) for name in data.get("given") or ())
    expect = tuple(str(name) for name in data.get("expect") or ())
    for number, name in enumerate(given):
        known = [*load.field_names(), *mapping(load.source.data, "facts")]
        load.known("unknown_field", (*path, "given", number), name.split(".")[0], known)
    for number, name in enumerate(expect):
        _may_expect(load, (*path, "expect", number), name)
    cases: list[tuple[object, ...]] = []
    for number, case in enumerate(data.get("cases") or ()):
        if not isinstance(case, list) or len(case) != len(given) + len(expect):
            load.report("case_length", (*path, "cases", number), wanted=len(given) + len(expect))
            continue
        for column, what in enumerate(expect, len(given)):
            _check_names(load, (*path, "cases", number, column), what, case[column])
        first = [
            _cell(load, name, cell, (*path, "cases", number, column))
            for column, (name, cell) in enumerate(zip(given, case, strict=False))
        ]
        cases.append((*first, *(_expected(cell) for cell in case[len(given) :])))
    day, answers = load_day(load, data, "today", path), _answers(load, data, path)
    facts = load_given_facts(load, data, path)
    return CaseTable(id, day, given, expect, tuple(cases), answers, facts, _places(load, data, path))


def _cell(load: Loading, name: str, cell: object, path: Path) -> object:
    """A given cell: an answer as it is written, a part of a fact as FEEL sees it."""
    fact, _, part = name.partition(".")
    return given_fact(load, (fact, part), cell, path) if fact in load.facts else cell


def _answers(load: Loading, data: Data, path: Path) -> dict[str, Any]:
    answers = mapping(data, "answers")
    for name in answers:
        load.known("unknown_field", (*path, "answers", name), name, load.field_names(), at_key=True)
    check_documents(load, answers, (*path, "answers"))
    return answers


def _may_expect(load: Loading, path: Path, what: str) -> bool:
    """eligible, amount, because, warnings, asked, not_asked, rules.NAME, or a field or total."""
    if what.startswith("rules."):
        return load.known("unknown_rule", path, what.removeprefix("rules."), _rules(load), at_key=True)
    first, *parts = what.split(".")
    names = (*EXPECTED, *load.scope.names)
    if not load.known("unknown_expected", path, what if first not in names else first, names, at_key=True):
        return False
    inside = load.scope.names.get(first, types.ANY)
    for part in parts:
        inside = inside.of if isinstance(inside, types.List) else inside
        if isinstance(inside, types.Any):
            return True
        known = inside.members if isinstance(inside, types.Context) else {}
        if not load.known("unknown_part", path, part, known, at_key=True):
            return False
        inside = known[part]
    return True


def _check_names(load: Loading, path: Path, what: str, value: object) -> None:
    """The rules that `because` and `warnings` name, the pages and fields that `asked` does."""
    if what in {"because", "warnings"}:
        code, names, at_key = "unknown_rule", list(_rules(load)), isinstance(value, Mapping)
    elif what in {"asked", "not_asked"}:
        code, names, at_key = "unknown_question", _questions(load), False
    else:
        return
    said = list(value) if isinstance(value, Mapping | list) else [value] if isinstance(value, str) else []
    for number, name in enumerate(said):
        here = (*path, str(name)) if at_key else (*path, number) if isinstance(value, list) else path
        load.known(code, here, str(name), names, at_key=at_key)


def _questions(load: Loading) -> list[str]:
    """Pages, fields, and the fields of rows as `partners.share`, of rows in them as `projects.lines.amount`."""
    pages = mapping(load.source.data, "form")
    before = {id: f"{repeat}." for id, repeat in load.pages_of_rows.items()}
    return [*pages, *(name for id, page in pages.items() for name in _named(page, before.get(id, "")))]


def _named(held: object, before: str = "") -> Iterator[str]:
    for id, field in mapping(held, "fields").items():
        yield before + id
        yield from _named(field, f"{before}{id}.")


def _expected(value: object) -> object:
    """A number as Decimal, a list as tuple; true, false, nothing and words as they are."""
    if isinstance(value, str) and is_number(value):
        return read_number(value)
    return tuple(value) if isinstance(value, list) else value


def _amount(value: object) -> Decimal | None:
    return read_number(value) if isinstance(value, str) and is_number(value) else None


def _one(load: Loading, data: Data, key: str, path: Path, code: str, names: Mapping[str, Any]) -> str | None:
    if (found := data.get(key)) is not None:
        load.known(code, (*path, key), str(found), names)
    return found


def _several(
    load: Loading, data: Data, key: str, path: Path, code: str, names: Mapping[str, Any]
) -> tuple[str, ...] | None:
    found = data.get(key)
    for number, name in enumerate(found or ()):
        load.known(code, (*path, key, number), str(name), names)
    return None if found is None else tuple(str(name) for name in found)


def _sent(load: Loading, data: Data, key: str, path: Path) -> tuple[Sent, ...] | None:
    """`mails: [acknowledgement, accepted: "1 000 €"]`."""
    if (found := data.get(key)) is None:
        return None
    sent: list[Sent] = []
    for number, one in enumerate(found):
        name, says = next(iter(one.items()), ("", None)) if isinstance(one, Mapping) else (one, None)
        place = (*path, key, number, name) if isinstance(one, Mapping) else (*path, key, number)
        load.known("unknown_text", place, str(name), load.texts, at_key=True)
        phrases = says if isinstance(says, list) else [] if says is None else [says]
        sent.append(Sent(str(name), tuple(str(phrase) for phrase in phrases)))
    return tuple(sent)


def _rules(load: Loading) -> Mapping[str, Any]:
    return mapping(load.source.data, "eligibility")


def _places(load: Loading, data: Data, path: Path) -> dict[Path, Place]:
    """Where the test stands, and each part of it that may fail."""
    source = load.source
    found: dict[Path, Place] = {(): source.key_place(path)}
    for key, value in data.items():
        found[(key,)] = source.key_place((*path, key))
        parts = value if isinstance(value, Mapping) else range(len(value)) if isinstance(value, list) else ()
        found |= {(key, part): source.key_place((*path, key, part)) for part in parts}
    return found
