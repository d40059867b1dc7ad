"""Which computed values tell something of a field: whoever may not see the field may not see them either."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from engine.asked.order import reads
from engine.language import Scheme
from engine.language.model import Expression, Field


def derived(scheme: Scheme, ids: Collection[str]) -> frozenset[str]:
    """These names, and all that is computed from them: values of a row, totals, computed values."""
    found = set(ids)
    sources = list(_sources(scheme))
    while more := {name for name, read in sources if name not in found and read & found}:
        found |= more
    return frozenset(found)


def _sources(scheme: Scheme) -> Iterator[tuple[str, frozenset[str]]]:
    """Each name that is computed, with the names it reads."""
    for fact in scheme.facts.values():
        yield fact.id, fact.fields
    for one in scheme.computed.values():
        yield one.id, _read(scheme, one.value) - set(one.by)
    for field in scheme.fields.values():
        for inner in field.below:
            if inner.value is not None:
                yield inner.id, _read(scheme, inner.value)
            for name, total in inner.totals.items():
                yield name, frozenset({inner.id, total.sum, *reads(total.where)})
        for line in field.lines.values():
            if line.value is not None:
                yield field.id, _read(scheme, line.value) - field.lines.keys()
        for name, total in field.totals.items():
            yield name, frozenset({field.id, total.sum, *reads(total.where)})


def _read(scheme: Scheme, expression: Expression) -> frozenset[str]:
    """What an expression reads, parts of rows included: all of them when it takes the rows whole (`count(children)`,
    `for child in children …`), since nobody can tell which then."""
    found = set(reads(expression))
    for first, *rest in expression.names:
        for repeat in _repeats(scheme, first):
            found |= _parts(repeat, rest)
    return frozenset(found)


def _repeats(scheme: Scheme, name: str) -> Iterator[Field]:
    """The repeats of this name, those in rows too: there they are read bare."""
    for field in scheme.fields.values():
        yield from (one for one in (field, *field.below) if one.id == name and one.fields)


def _parts(repeat: Field, rest: Sequence[str]) -> set[str]:
    """What a path into the rows reads: one name of theirs, or all of them."""
    if not rest:
        return {name for one in (repeat, *repeat.below) for name in (one.fields.keys() | one.row_totals)}
    inner = repeat.fields.get(rest[0])
    return ({rest[0]} & repeat.row_names) | (_parts(inner, rest[1:]) if inner and inner.fields else set())
