"""Which rows of which decision tables made a figure: the tables it was read from, each with the values that decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine import feel, tables
from engine.asked.order import reads
from engine.asked.reading import Reading, RowReading
from engine.asked.used import UsedValue, leaves, printed, printed_value, used_values
from engine.language.model import Computed, Expression, Field, Total
from engine.words import Phrase, Printed


@dataclass(frozen=True, slots=True)
class Decided:
    """One table at work. `id`: the value it gives, "" for the figure itself; `title` what it is called, by language,
    `title_reads` the names the title prints; `rows`: the numbers of the rows that hit, 0 when it was `otherwise`."""

    id: str
    title: Mapping[str, Phrase]
    title_reads: frozenset[str]
    rows: tuple[int, ...]
    used: tuple[UsedValue, ...]
    result: Mapping[str, Printed]


def decided(
    reading: Reading, figure: Expression, values: Mapping[str, object], unit: str
) -> tuple[Decided, ...]:
    """The tables a figure was read from, itself first; what no row decided is left out."""
    return tuple(one for one in _Search(reading, values).of(figure, unit) if one.rows)


class _Search:
    """Goes from a figure to the names it reads, each once."""

    def __init__(self, reading: Reading, values: Mapping[str, object]) -> None:
        self.reading, self.values = reading, values
        self.seen: set[str] = set()
        fields = reading.scheme.fields.values()
        self.totals = {name: (field, total) for field in fields for name, total in field.totals.items()}

    def of(self, figure: Expression, unit: str) -> Iterator[Decided]:
        """The table the figure is, and those behind it."""
        if figure.table is not None:
            yield self._decided(figure, self.values, "", {}, self._plain(self._figure(figure, unit)))
        yield from self._behind(figure)

    def _behind(self, expression: Expression) -> Iterator[Decided]:
        for name in sorted(reads(expression) - self.seen):
            self.seen.add(name)
            if name in self.totals:
                field, total = self.totals[name]
                yield from self._summed(field, total, self.reading.rows(field.id))
            elif (one := self.reading.scheme.computed.get(name)) is not None and not one.by:
                yield from self._computed(one)

    def _computed(self, one: Computed) -> Iterator[Decided]:
        if one.value.table is not None:
            languages = self.reading.scheme.languages
            title = {
                language: (one.label.plain(language) if one.label else one.id,) for language in languages
            }
            value = printed(self.values.get(one.id), getattr(one.type, "unit", None) or "number")
            yield self._decided(one.value, self.values, one.id, title, self._plain(value))
        yield from self._behind(one.value)

    def _summed(self, repeat: Field, total: Total, rows: Sequence[RowReading]) -> Iterator[Decided]:
        """What a total adds up; of the totals of rows in rows, what these add up."""
        if total.sum in repeat.fields:
            yield from self._rows(repeat, repeat.fields[total.sum], rows)
            return
        inner, below = repeat.row_totals[total.sum]
        yield from self._summed(inner, below, [one for row in rows for one in row.rows(inner.id)])

    def _rows(self, repeat: Field, inner: Field, rows: Sequence[RowReading]) -> Iterator[Decided]:
        """What is computed for each row by a table."""
        if inner.value is None:
            return
        for row in rows:
            if inner.value.table is not None and inner in row.computed:
                languages = self.reading.scheme.languages
                title = {language: self._row_title(repeat, inner, row, language) for language in languages}
                value = row.values[inner.id]
                result = {language: printed_value(inner, value, language) for language in languages}
                names = _title_names(repeat)
                yield self._decided(inner.value, row.values, inner.id, title, result, names)
        yield from self._behind(inner.value)

    def _row_title(self, repeat: Field, inner: Field, row: RowReading, language: str) -> Phrase:
        label = inner.label.plain(language)
        if repeat.row is None:
            return (f"{repeat.label.plain(language)} {row.index + 1} – {label}",)
        said = repeat.row.say(language, row.values, self.reading.now, self.reading.zone)
        return (*said, f" – {label}")

    def _figure(self, figure: Expression, unit: str) -> Printed:
        return printed(figure.value(self.values, self.reading.now, self.reading.zone), unit)

    def _plain(self, value: Printed) -> Mapping[str, Printed]:
        return dict.fromkeys(self.reading.scheme.languages, value)

    def _decided(
        self,
        expression: Expression,
        values: Mapping[str, object],
        id: str,
        title: Mapping[str, Phrase],
        result: Mapping[str, Printed],
        title_reads: frozenset[str] = frozenset(),
    ) -> Decided:
        table, now, zone = expression.table, self.reading.now, self.reading.zone
        assert table is not None
        hits = tables.rows_hit(table, values, now, zone)
        looked = {text for hit in hits for text, _ in hit.tests}
        read = [
            one
            for cell in table.inputs
            if cell.text in looked or not looked
            for one in leaves(feel.explain(feel.Tree(cell.text, cell.node), values, now=now, zone=zone))
        ]
        numbers = tuple(hit.number for hit in hits)
        return Decided(id, title, title_reads, numbers, used_values(self.reading, read), result)


def _title_names(repeat: Field) -> frozenset[str]:
    versions = repeat.row.versions.values() if repeat.row else ()
    parts = (part for version in versions for part in version)
    return frozenset(name for part in parts if isinstance(part, Expression) for name in reads(part))
