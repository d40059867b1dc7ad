"""The answers behind a figure: the fields, and the cells of rows ("children/level"), that it is made from in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.asked.kept import Kept
from engine.asked.order import reads
from engine.asked.reading import Reading
from engine.language import Scheme
from engine.language.model import Field


def behind(scheme: Scheme, names: Iterable[str], repeat: Field | None = None) -> frozenset[str]:
    """What people answer that these names come from, conditions of being asked included.

    `repeat`: the one whose row the names are read in.
    """
    key = (frozenset(names), repeat.id if repeat else None)
    known = _found(scheme)
    if key not in known:
        known[key] = frozenset(_Search(scheme).of(key[0], repeat))
    return known[key]


# what was looked for in a scheme: the names its own expressions read, so never many
_found: Kept[dict[tuple[frozenset[str], str | None], frozenset[str]]] = Kept(lambda scheme: {})


def is_blank(
    reading: Reading, path: str, *, even_optional: bool = False, row: tuple[str, int] | None = None
) -> bool:
    """Whether an answer is asked and still to come: a field, or a cell of any row; of its repeat only this `row`.

    What is optional and blank is answered, unless `even_optional`.
    """
    id, _, cell = path.partition("/")
    field = reading.scheme.fields[id]
    if id not in reading.asked or ((field.fields[cell] if cell else field).optional and not even_optional):
        return False
    rows = reading.settled_rows.get(id, ())
    if cell:
        seen = rows if row is None or row[0] != id else rows[row[1] : row[1] + 1]
        return any(field.fields[cell] in one.fields and one.values[cell] is None for one in seen)
    return not rows if field.fields else reading.values[id] is None


class _Search:
    """Goes from names to the answers behind them, each name once."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.seen: set[str] = set()
        fields = scheme.fields.values()
        self.totals = {name: (field, total) for field in fields for name, total in field.totals.items()}

    def of(self, names: Iterable[str], repeat: Field | None = None) -> Iterator[str]:
        """The answers behind these names; those of a row mean its own fields first."""
        for name in sorted(names):
            if repeat is not None and name in repeat.fields:
                yield from self._cell(repeat, repeat.fields[name])
            elif name not in self.seen:
                self.seen.add(name)
                yield from self._named(name)

    def _named(self, name: str) -> Iterator[str]:
        if (field := self.scheme.fields.get(name)) is not None:
            yield name
            yield from self.of(reads(field.when))
            for inner in field.fields.values():
                yield from self._cell(field, inner)
        elif name in self.totals:
            field, total = self.totals[name]
            yield field.id
            yield from self.of(reads(field.when))
            yield from self.of({total.sum, *reads(total.where)}, field)
        elif (one := self.scheme.computed.get(name)) is not None:
            yield from self.of(reads(one.value) - set(one.by))

    def _cell(self, repeat: Field, inner: Field) -> Iterator[str]:
        path = f"{repeat.id}/{inner.id}"
        if path in self.seen:
            return
        self.seen.add(path)
        if inner.value is None:
            yield path
        yield from self.of(reads(inner.when) | reads(inner.value), repeat)
        yield from self.of(
            {name for line in repeat.lines.values() for name in reads(line.value)} - repeat.lines.keys()
        )
