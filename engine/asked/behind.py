"""The answers behind a figure: the fields, and the cells of rows ("children/level"), that it is made from in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.asked.kept import Kept
from engine.asked.order import reads
from engine.asked.reading import Reading, Row
from engine.language import Scheme
from engine.language.model import Field
from engine.problems import Path


def behind(scheme: Scheme, names: Iterable[str], repeat: Field | None = None) -> frozenset[str]:
    """What people answer that these names come from, conditions of being asked included.

    `repeat`: the one whose row the names are read in.
    """
    key = (frozenset(names), repeat.place if repeat else None)
    known = _found(scheme)
    if key not in known:
        known[key] = frozenset(_Search(scheme).of(key[0], _around(scheme, key[1])))
    return known[key]


def _around(scheme: Scheme, place: str | None) -> tuple[Field, ...]:
    """The repeats on the way to one, it first."""
    if place is None:
        return ()
    first, *rest = place.split("/")
    found = [scheme.fields[first]]
    for name in rest:
        found.insert(0, found[0].fields[name])
    return tuple(found)


# what was looked for in a scheme: the names its own expressions read, so never many
_found: Kept[dict[tuple[frozenset[str], str | None], frozenset[str]]] = Kept(lambda scheme: {})


def is_blank(reading: Reading, path: str, *, even_optional: bool = False, row: Path = ()) -> bool:
    """Whether an answer is asked and still to come: a field, or a cell of any row; of their repeats only this `row`
    ("children", 0), or ("projects", 0, "lines", 1).

    What is optional and blank is answered, unless `even_optional`.
    """
    above, field = _standing(reading.scheme, path)
    last = field.id
    if (above or [last])[0] not in reading.asked or (field.optional and not even_optional):
        return False
    if not above:
        return not reading.settled_rows.get(last) if field.fields else reading.values[last] is None
    seen = [one for one in _rows(reading, above, row) if field in one.fields]
    return any(not one.rows.get(last) if field.fields else one.values[last] is None for one in seen)


def blank_paths(reading: Reading) -> frozenset[str]:
    """The fields, and cells of rows ("children/level"), of which `is_blank` says that one at least is still to come."""
    fields = [reading.scheme.fields[id] for id in reading.asked]
    return frozenset(_blank(fields, reading.values, reading.settled_rows, ""))


def _blank(
    fields: Iterable[Field], values: Mapping[str, object], rows: Mapping[str, tuple[Row, ...]], above: str
) -> Iterator[str]:
    for field in fields:
        inner = rows.get(field.id, ())
        if not field.optional and (not inner if field.fields else values[field.id] is None):
            yield above + field.id
        for row in inner:
            yield from _blank(row.fields, row.values, row.rows, f"{above}{field.id}/")


def _standing(scheme: Scheme, path: str) -> tuple[list[str], Field]:
    """The repeats above a field or a cell, by name, the outer one first, and the field."""
    known = _places(scheme)
    if path not in known:
        *above, last = path.split("/")
        repeats = _around(scheme, "/".join(above) or None)
        known[path] = above, (repeats[0].fields[last] if repeats else scheme.fields[last])
    return known[path]


_places: Kept[dict[str, tuple[list[str], Field]]] = Kept(lambda scheme: {})


def _rows(reading: Reading, repeats: list[str], row: Path) -> list[Row]:
    """The rows at the end of a way through repeats, but for those beside `row`."""
    first, *rest = repeats
    found = list(reading.settled_rows.get(first, ()))
    for depth, name in enumerate((*rest, "")):
        if row[2 * depth : 2 * depth + 1] == (repeats[depth],):
            place = int(row[2 * depth + 1])
            found = found[place : place + 1]
        else:
            row = ()
        if name:
            found = [inner for one in found for inner in one.rows.get(name, ())]
    return found


class _Search:
    """Goes from names to the answers behind them, each name once."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.seen: set[str] = set()
        fields = scheme.fields.values()
        self.totals = {name: (field, total) for field in fields for name, total in field.totals.items()}

    def of(self, names: Iterable[str], rows: tuple[Field, ...] = ()) -> Iterator[str]:
        """The answers behind these names; those of a row mean its own fields first, then those of the row around it."""
        for name in sorted(names):
            place = next((place for place, one in enumerate(rows) if name in one.row_names), None)
            if place is not None:
                yield from self._in_row(name, rows[place:])
            elif name not in self.seen:
                self.seen.add(name)
                yield from self._named(name)

    def _named(self, name: str) -> Iterator[str]:
        if (field := self.scheme.fields.get(name)) is not None:
            yield name
            yield from self.of(reads(field.when))
            for inner in field.fields.values():
                yield from self._cell(inner, (field,))
        elif name in self.totals:
            field, total = self.totals[name]
            yield field.id
            yield from self.of(reads(field.when))
            yield from self.of({total.sum, *reads(total.where)}, (field,))
        elif (one := self.scheme.computed.get(name)) is not None:
            yield from self.of(reads(one.value) - set(one.by))

    def _in_row(self, name: str, rows: tuple[Field, ...]) -> Iterator[str]:
        """What a name of a row comes from: a field, or the total of a repeat in it."""
        if name in rows[0].fields:
            yield from self._cell(rows[0].fields[name], rows)
            return
        inner, total = rows[0].row_totals[name]
        yield inner.place
        yield from self.of(reads(inner.when), rows)
        yield from self.of({total.sum, *reads(total.where)}, (inner, *rows))

    def _cell(self, inner: Field, rows: tuple[Field, ...]) -> Iterator[str]:
        repeat, path = rows[0], inner.place
        if path in self.seen:
            return
        self.seen.add(path)
        if inner.value is None:
            yield path
        yield from self.of(reads(inner.when) | reads(inner.value), rows)
        for below in inner.fields.values():
            yield from self._cell(below, (inner, *rows))
        yield from self.of(
            {name for line in repeat.lines.values() for name in reads(line.value)} - repeat.lines.keys()
        )
