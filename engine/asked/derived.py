"""Which computed values tell something of a field: whoever may not see the field may not see them either."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.asked.order import reads
from engine.language import Scheme


def derived(scheme: Scheme, ids: Collection[str]) -> frozenset[str]:
    """These names, and all that is computed from them: values of a row, totals, computed values."""
    found = set(ids)
    sources = list(_sources(scheme))
    while more := {name for name, read in sources if name not in found and read & found}:
        found |= more
    return frozenset(found)


def _sources(scheme: Scheme) -> Iterator[tuple[str, frozenset[str]]]:
    """Each name that is computed, with the names it reads."""
    for one in scheme.computed.values():
        yield one.id, reads(one.value) - set(one.by)
    for field in scheme.fields.values():
        for inner in field.fields.values():
            if inner.value is not None:
                yield inner.id, reads(inner.value)
        for name, total in field.totals.items():
            yield name, frozenset({field.id, total.sum, *reads(total.where)})
