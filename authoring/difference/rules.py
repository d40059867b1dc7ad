"""What changes in the rules: who is eligible, what is computed, the figures of the office, the reference lists."""

from __future__ import annotations

from typing import Any

from authoring.difference.change import Sides, pairs, text_of
from authoring.difference.facts import compare_facts
from engine.language.model import Expression, Parameter, ParameterValue, Rule, Text
from engine.problems import Path


def compare_rules(sides: Sides) -> None:
    """Eligibility, facts, computed values, parameters, lists."""
    for old, new in pairs(sides.old.eligibility, sides.new.eligibility):
        _rule(sides, sides.old.eligibility.get(old or ""), sides.new.eligibility.get(new or ""))
    compare_facts(sides)
    _computed(sides)
    for old, new in pairs(sides.old.parameters, sides.new.parameters):
        _parameter(sides, sides.old.parameters.get(old or ""), sides.new.parameters.get(new or ""))
    _lists(sides)


def _rule(sides: Sides, was: Rule | None, now: Rule | None) -> None:
    if was is None or now is None:
        one = now or was
        assert one is not None
        code = "rule_added" if now else "rule_removed"
        sides.add(
            code, ("eligibility", one.id), rule=one.id, text=one.otherwise, condition=text_of(one.require)
        )
        return
    path: Path = ("eligibility", now.id)
    told: dict[str, Any] = {"rule": now.id}
    compare_value(sides, "rule_require", (*path, "require"), was.require, now.require, **told)
    sides.says(
        "rule_otherwise", (*path, "otherwise"), (*path, "otherwise"), was.otherwise, now.otherwise, **told
    )
    if was.severity != now.severity:
        sides.add("rule_warns" if now.severity == "warn" else "rule_refuses", (*path, "severity"), **told)
    if was.stop != now.stop:
        sides.add("rule_stops_early" if now.stop else "rule_stops_late", (*path, "stop"), **told)
    sides.says("rule_law", (*path, "law"), (*path, "law"), was.law, now.law, **told)


def compare_value(
    sides: Sides,
    code: str,
    path: Path,
    was: Expression | None,
    now: Expression | None,
    **params: Any,
) -> None:
    """An expression, or the rows of the decision table it was written as."""
    if was is not None and now is not None and was.table is not None and now.table is not None:
        _table(sides, code, path, was, now, **params)
        return
    sides.says(code, path, path, text_of(was), text_of(now), **params)


def _table(sides: Sides, code: str, path: Path, was: Expression, now: Expression, **params: Any) -> None:
    assert was.table is not None and now.table is not None
    old, new = ([_row(row) for row in one.table.rows] for one in (was, now) if one.table is not None)
    added, removed = tuple(row for row in new if row not in old), tuple(row for row in old if row not in new)
    if added or removed:
        sides.add("table_rows", path, what=f"@{code}", added=added, removed=removed, **params)
    elif not sides.same(text_of(was), text_of(now)):
        sides.add("table_order", path, what=f"@{code}", **params)


def _row(row: object) -> str:
    tests, results = (getattr(row, name) for name in ("tests", "results"))
    said = ", ".join(" ".join(cell.text.split()) for cell in tests)
    return f"{said} → {', '.join(' '.join(cell.text.split()) for cell in results)}"


def _computed(sides: Sides) -> None:
    old, new = sides.old.computed, sides.new.computed
    for before, after in pairs(old, new):
        if before is None and after is not None:
            sides.add("computed_added", ("computed", after), name=_name(new[after].label, after))
        elif before is not None and after is None:
            sides.add("computed_removed", ("computed", before), name=_name(old[before].label, before))
        elif before is not None and after is not None:
            told: dict[str, Any] = {"name": _name(new[after].label, after)}
            compare_value(sides, "computed_value", ("computed", after, "value"), old[before].value, new[after].value, **told)  # fmt: skip


def _name(label: Text | None, id: str) -> Text | str:
    return id if label is None else label


def _parameter(sides: Sides, was: Parameter | None, now: Parameter | None) -> None:
    if was is None or now is None:
        one = now or was
        assert one is not None
        code = "parameter_added" if now else "parameter_removed"
        sides.add(code, ("parameters", one.id), name=_name(one.label, one.id))
        return
    path: Path = ("parameters", now.id)
    name = _name(now.label, now.id)
    old, new = ({value.from_: _figure(value) for value in one.values} for one in (was, now))
    for day in sorted(old | new):
        if day not in old:
            sides.add("figure_added", path, name=name, day=day, now=new[day])
        elif day not in new:
            sides.add("figure_removed", path, name=name, day=day, was=old[day])
        else:
            sides.says("figure", path, path, old[day], new[day], name=name, day=day)


def _figure(value: ParameterValue) -> str | None:
    """One value, or its rows, as they stand: `1 → 19074, 2 → 27896`."""
    if not value.rows:
        return text_of(value.is_)
    rows = [
        f"{' / '.join(text_of(one) or '' for one in tests)} → {text_of(found)}" for tests, found in value.rows
    ]
    return ", ".join([*rows, *([f"+ {value.each_more}"] if value.each_more is not None else [])])


def _lists(sides: Sides) -> None:
    old, new = sides.old.lists, sides.new.lists
    for before, after in pairs(old, new):
        if before is None or after is None:
            code = "list_added" if before is None else "list_removed"
            sides.add(code, ("lists", after or before or ""), name=after or before)
            continue
        was, now = old[before].rows, new[after].rows
        counts: dict[str, Any] = {
            "added": sum(code not in was for code in now),
            "removed": sum(code not in now for code in was),
            "changed": sum(code in was and was[code] != row for code, row in now.items()),
        }
        if any(counts.values()):
            sides.add("list_rows", ("lists", after), name=after, **counts)
