"""Which computed values tell something of a field: whoever may not see the field may not see them either."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.asked.order import reads
from engine.language import Scheme
from engine.language.model import Expression


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
        for inner in field.fields.values():
            if inner.value is not None:
                yield inner.id, _read(scheme, inner.value)
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
        rows = scheme.fields[first].fields if first in scheme.fields else {}
        found |= {rest[0]} & rows.keys() if rest else rows.keys()
    return frozenset(found)
