"""In which order pages, fields, totals and computed values are settled: whatever a condition reads comes before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.asked.kept import Kept
from engine.asked.later import fields_of
from engine.language import Scheme
from engine.language.model import Expression, Field


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to settle: `sort` is "page", "field", "total", "computed", "fact", or "form" (asked later)."""

    sort: str
    id: str


def reads(expression: Expression | None) -> frozenset[str]:
    """The first names of what an expression reads."""
    return frozenset(path[0] for path in expression.names) if expression else frozenset()


def _order(scheme: Scheme) -> tuple[Step, ...]:
    names = _named(scheme)
    needs = dict(_needs(scheme, names))
    found: dict[Step, bool] = {}
    for step in needs:
        found.update(_visit(step, needs, found, set()))
    return tuple(found)


def _named(scheme: Scheme) -> Mapping[str, Step]:
    """Everything that has a name in expressions and is settled: fields, totals, facts, computed values."""
    names = {name: Step("field", name) for name in scheme.fields}
    names |= {name: Step("total", name) for field in scheme.fields.values() for name in field.totals}
    names |= {name: Step("fact", name) for name in scheme.facts}
    names |= {name: Step("form", name) for name in fields_of(scheme)}
    return names | {name: Step("computed", name) for name in scheme.computed}


def _needs(scheme: Scheme, names: Mapping[str, Step]) -> Iterator[tuple[Step, tuple[Step, ...]]]:
    """Each step with the steps it waits for, in the order of the form."""
    for page in scheme.form.values():
        yield Step("page", page.id), _steps(reads(page.when), names)
        for field in page.fields.values():
            inner = set(_inside(field))
            inner |= {
                name for line in field.lines.values() for name in reads(line.value)
            } - field.lines.keys()
            waits = _steps(reads(field.when) | (inner - {field.id}), names)
            yield Step("field", field.id), (Step("page", page.id), *waits)
            for name, total in field.totals.items():
                outer = _steps(reads(total.where) - field.fields.keys(), names)
                yield Step("total", name), (Step("field", field.id), *outer)
    for id, fields in fields_of(scheme).items():
        totals = {name for field in fields for name in scheme.fields[field].totals}
        yield Step("form", id), _steps(fields | totals, names)
    for fact in scheme.facts.values():
        yield Step("fact", fact.id), _steps(fact.fields, names)
    for one in scheme.computed.values():
        yield Step("computed", one.id), _steps(reads(one.value) - set(one.by), names)


def _inside(field: Field) -> frozenset[str]:
    """What the rows of a field read from around them."""
    read = {name for inner in field.fields.values() for name in _row_reads(inner)}
    return frozenset(read - field.row_names)


def _row_reads(field: Field) -> frozenset[str]:
    """What a field of a row waits for; of rows in a row, what is read around them."""
    own = reads(field.when) | reads(field.value)
    sums = {name for total in field.totals.values() for name in reads(total.where)} - field.fields.keys()
    return own | sums | (_inside(field) - {field.id}) if field.fields else own


def _steps(read: Iterable[str], names: Mapping[str, Step]) -> tuple[Step, ...]:
    return tuple(names[name] for name in sorted(read) if name in names)


def _visit(
    step: Step, needs: Mapping[Step, tuple[Step, ...]], done: Mapping[Step, bool], under: set[Step]
) -> dict[Step, bool]:
    """The steps to add, in order. A loop (refused when the scheme is checked) is cut where it closes."""
    if step in done or step in under:
        return {}
    found: dict[Step, bool] = {}
    for need in needs.get(step, ()):
        found.update(_visit(need, needs, {**done, **found}, under | {step}))
    return {**found, step: True}


order = Kept(_order)


def _dependencies(scheme: Scheme) -> Mapping[str, frozenset[str]]:
    names = _named(scheme)
    needs = dict(_needs(scheme, names))
    return {name: frozenset(one.id for one in _under(step, needs)) for name, step in names.items()}


def _under(step: Step, needs: Mapping[Step, tuple[Step, ...]]) -> set[Step]:
    """All that a step waits for, directly or not; pages are no names."""
    found: set[Step] = set()
    waiting = [step]
    while waiting:
        new = set(needs.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return {one for one in found if one.sort != "page"}


# For each field, total, fact and computed value, those its value may change with.
dependencies = Kept(_dependencies)


def _row_order(scheme: Scheme) -> Mapping[str, tuple[Field, ...]]:
    every = (one for field in scheme.fields.values() for one in (field, *field.below))
    return {field.place: _sorted_rows(field) for field in every if field.fields}


def _sorted_rows(field: Field) -> tuple[Field, ...]:
    steps = {name: Step("field", name) for name in field.fields}
    named = steps | {name: steps[inner.id] for name, (inner, _) in field.row_totals.items()}
    needs = {steps[name]: _steps(_row_reads(inner), named) for name, inner in field.fields.items()}
    found: dict[Step, bool] = {}
    for step in needs:
        found.update(_visit(step, needs, found, set()))
    return tuple(field.fields[step.id] for step in found)


row_order = Kept(_row_order)
