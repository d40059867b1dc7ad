"""Parameters, eligibility and award: the figures and the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from engine.feel import types
from engine.language.checks.cells import is_span
from engine.language.checks.parameters import check_rows
from engine.language.expressions import Expression
from engine.language.loader.later_forms import named_form
from engine.language.loader.loading import NOTHING_KNOWN, Data, Loading, Scope
from engine.language.loader.names import PARAMETER_TYPES, award_scope, mapping, rule_scope
from engine.language.loader.parties import party_names
from engine.language.loader.tables import load_value, quoted_options
from engine.language.model import Award, Parameter, ParameterValue, Rule
from engine.language.scalars import read_date
from engine.problems import Path


def load_parameters(load: Loading) -> dict[str, Parameter]:
    """Every parameter, in order; its expressions know the lists and the parameters before it."""
    found: dict[str, Parameter] = {}
    scope = Scope({name: load.scope.names[name] for name in load.lists if name in load.scope.names})
    for id, data in mapping(load.data, "parameters").items():
        if isinstance(data, Mapping):
            found[id] = _parameter(load, id, data, scope)
        scope = scope.with_names({id: load.scope.names.get(id, types.ANY)})
    return found


def _parameter(load: Loading, id: str, data: Data, scope: Scope) -> Parameter:
    label = load.text(data, "label", ("parameters", id), NOTHING_KNOWN)
    known = Parameter(id, words(data.get("by")), str(data.get("type", "number")), (), label)
    path: Path = ("parameters", id, "values")
    values: list[ParameterValue] = []
    days: set[date] = set()
    for number, value in enumerate(data.get("values") or ()):
        here = (*path, number)
        if not isinstance(value, Mapping) or (day := load_day(load, value, "from", here)) is None:
            continue
        if day in days:
            load.report("same_day_twice", (*here, "from"), day=day.isoformat())
        days.add(day)
        values.append(_value(load, value, here, scope, known))
    return replace(known, values=tuple(values))


def _value(load: Loading, data: Data, path: Path, scope: Scope, known: Parameter) -> ParameterValue:
    if known.by and "rows" not in data:
        load.report("rows_wanted", path, by=known.by)
    elif not known.by and "is" not in data:
        load.report("is_wanted", path)
    more = data.get("each_more")
    return ParameterValue(
        date.fromisoformat(str(data["from"])),
        load.expression(data, "is", path, scope, PARAMETER_TYPES[known.type]),
        _rows(load, data, path, scope, known),
        Decimal(more) if more is not None else None,
    )


_Cell = tuple[Path, object]


def _rows(
    load: Loading, data: Data, path: Path, scope: Scope, known: Parameter
) -> tuple[tuple[tuple[Expression, ...], Expression], ...]:
    found: list[tuple[tuple[Expression, ...], Expression]] = []
    is_key, told = isinstance(data.get("rows"), Mapping), len(load.problems)
    for tests, (where, value) in _cells(load, data.get("rows"), (*path, "rows"), len(known.by)):
        read = [
            _read_test(load, name, cell, scope, is_key=is_key)
            for name, cell in zip(known.by, tests, strict=False)
        ]
        wanted = PARAMETER_TYPES[known.type]
        result = load.expression({str(where[-1]): value}, str(where[-1]), where[:-1], scope, wanted)
        kept = tuple(test for test in read if test is not None)
        if result is not None and len(kept) == len(read):
            found.append((kept, result))
    if found and len(load.problems) == told:
        check_rows(load, (*path, "rows"), known.by, found)
    return tuple(found)


def _read_test(load: Loading, name: str, cell: _Cell, scope: Scope, *, is_key: bool) -> Expression | None:
    here, test = cell
    told = len(load.problems)
    if is_span(load, test, here, at_key=is_key) and load.problems[told].severity == "error":
        return None
    return load.unary(_test(load, name, test), here, scope, types.ANY, is_key=is_key)


def _test(load: Loading, by: str, test: object) -> object:
    """A test of a choice: what depends on the field of that name takes its options as bare words."""
    of = load.scope.names.get(by)
    options = of.values if isinstance(of, types.String) else None
    return quoted_options(test, options) if options and isinstance(test, str) else test


def _cells(load: Loading, rows: object, path: Path, count: int) -> Iterator[tuple[list[_Cell], _Cell]]:
    """The tests and the value of each row: {test: value}, or [test, …, value] where it depends on several things."""
    if isinstance(rows, Mapping) and count == 1:
        for test, value in rows.items():
            yield [((*path, test), test)], ((*path, test), value)
    elif isinstance(rows, Mapping):
        load.report("row_length", path, wanted=count + 1)
    for number, line in enumerate(rows if isinstance(rows, list) else ()):
        here = (*path, number)
        if not isinstance(line, list) or len(line) != count + 1 or None in line:
            load.report("row_length", here, wanted=count + 1)
            continue
        placed: list[_Cell] = [((*here, column), cell) for column, cell in enumerate(line)]
        yield placed[:-1], placed[-1]


def load_eligibility(load: Loading) -> dict[str, Rule]:
    """Every rule, in order; one that reads the clock is told, since its result may change before the decision."""
    scope = rule_scope(load.scope)
    found: dict[str, Rule] = {}
    for id, data in mapping(load.data, "eligibility").items():
        path: Path = ("eligibility", id)
        if not isinstance(data, Mapping):
            continue
        require = load.expression(data, "require", path, scope, types.BOOLEAN)
        otherwise = load.text(data, "otherwise", path, scope)
        law = load.text(data, "law", path, NOTHING_KNOWN)
        _reads_clock(load, require, (*path, "require"))
        if require is not None and otherwise is not None:
            form = named_form(load, data, path)
            stop, severity = data.get("stop"), data.get("severity", "refuse")
            found[id] = Rule(id, require, otherwise, law, stop, severity, form)
    return found


def _reads_clock(load: Loading, expression: Expression | None, path: Path) -> None:
    if expression is not None and expression.reads_clock:
        load.report("clock_in_rule", path, severity="warning")


def load_award(load: Loading) -> Award | None:
    """How much is granted; None when the scheme grants no money."""
    data = mapping(load.data, "award")
    if not data:
        return None
    path: Path = ("award",)
    scope = award_scope(load.scope, mapping(load.data, "eligibility"))
    amount = load_value(load, data, "amount", path, scope, types.NUMBER)
    _reads_clock(load, amount, (*path, "amount"))
    at_least = load.expression(data, "at_least", path, scope, types.NUMBER)
    at_most = load.expression(data, "at_most", path, scope, types.NUMBER)
    paid_to = _paid_to(load, mapping(data, "paid_to"))
    requested = _requested(load, data)
    if amount is None:
        return None
    mode, _, decimals = str(data.get("round", "half up, 2 decimals")).partition(", ")
    rounding = (mode, int(decimals.split()[0]))
    return Award(data.get("currency", "EUR"), amount, rounding, at_least, at_most, paid_to, requested)


def _requested(load: Loading, data: Mapping[str, Any]) -> str | None:
    if data.get("requested") is None:
        return None
    name, path = str(data["requested"]), ("award", "requested")
    if not load.known("unknown_field", path, name, load.field_names()):
        return None
    if _kinds(load).get(name) != "money":
        load.report("no_amount", path, field=name)
    return name


def _kinds(load: Loading) -> dict[str, Any]:
    """The kind of each field of the form, as it is written."""
    return {
        id: data.get("type")
        for page in mapping(load.data, "form").values()
        for id, data in mapping(page, "fields").items()
        if isinstance(data, Mapping)
    }


def _paid_to(load: Loading, data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for who, paid in data.items():
        path: Path = ("award", "paid_to", who)
        if not load.known("unknown_payee", path, who, party_names(load), at_key=True):
            continue
        field = str(paid.get("iban", "")) if isinstance(paid, Mapping) else ""
        if not field or not load.known("unknown_field", (*path, "iban"), field, load.field_names()):
            continue
        if _kinds(load).get(field) != "iban":
            load.report("no_iban", (*path, "iban"), field=field)
        found[who] = {"iban": field} | ({"share": str(paid["share"])} if "share" in paid else {})
    _check_shares(load, found)
    return found


def _check_shares(load: Loading, paid_to: Mapping[str, Mapping[str, str]]) -> None:
    """Between several, each has a share, and they make up the whole."""
    shares = [Decimal(paid["share"]) for paid in paid_to.values() if "share" in paid]
    if (len(paid_to) > 1 or shares) and (len(shares) != len(paid_to) or sum(shares) != 100):
        load.report("shares_not_whole", ("award", "paid_to"), at_key=True, sum=sum(shares))


def words(given: object) -> tuple[str, ...]:
    """One word, or a list of words."""
    if isinstance(given, list):
        return tuple(str(word) for word in given if word is not None)
    return (str(given),) if given is not None else ()


def actors(by: object) -> tuple[str, ...]:
    """Who may do an action: a word, a list, or those who must all sign (`all_of`)."""
    return words(by.get("all_of") if isinstance(by, Mapping) else by)


def load_day(load: Loading, data: Data, key: str, path: Path) -> date | None:
    """The day under a key; a day that is in no calendar is told."""
    if data.get(key) is None:
        return None
    day = read_date(str(data[key]))
    if day is None:
        load.report("no_such_day", (*path, key), day=str(data[key]))
    return day
