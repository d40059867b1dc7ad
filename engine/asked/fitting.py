"""Which options of a choice may be chosen now: the rows of its list for which its `where` is true."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from engine.asked.order import reads
from engine.asked.reading import Reading
from engine.language.lists import ReferenceList
from engine.language.model import Expression, Field


def fitting(field: Field, values: Mapping[str, object], reading: Reading) -> frozenset[str] | None:
    """The codes that may be chosen with these values (those of its row, in a row); None when all may."""
    where = where_of(field)
    if where is None:
        return None
    return _fitting(_Question(where, cast("ReferenceList", field.options["list"]), values, reading))


def where_of(field: Field) -> Expression | None:
    """The condition its options are chosen by."""
    found = field.options.get("where")
    return found if isinstance(found, Expression) else None


def depends_on(field: Field) -> frozenset[str]:
    """The names outside its list that its options change with."""
    where = where_of(field)
    return reads(where) - set(cast("ReferenceList", field.options["list"]).columns) if where else frozenset()


class _Question:
    """A condition over a list with the values it reads besides: the same question has the same answer."""

    __slots__ = ("key", "now", "outer", "rows", "where", "zone")

    def __init__(
        self, where: Expression, rows: ReferenceList, values: Mapping[str, object], reading: Reading
    ) -> None:
        self.where, self.rows, self.now, self.zone = where, rows, reading.now, reading.zone
        self.outer = {name: values.get(name) for name in sorted(reads(where) - set(rows.columns))}
        instant = reading.now if where.reads_clock else None
        self.key = (id(where), id(rows), repr(self.outer), instant, reading.zone)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Question) and self.key == other.key


@lru_cache(maxsize=256)
def _fitting(question: _Question) -> frozenset[str]:
    where, outer, now, zone = question.where, question.outer, question.now, question.zone
    return frozenset(
        code for code, row in question.rows.rows.items() if where.holds({**outer, **row}, now, zone)
    )
