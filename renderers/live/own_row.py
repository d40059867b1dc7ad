"""The page of one row as its script sees it: the questions of the row stand there as those of any page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.asked import Reading, RowReading
from engine.asked.derived import derived
from engine.asked.kept import Kept
from engine.language.model import Computed, Expression, Field, Note, Page, Scheme


@dataclass(frozen=True, slots=True)
class OwnRow:
    """What the page of one row is made from, with the row's fields as the form's own.

    `before` stands before the names of its controls ("children-0-"); `unsure` are the names only the server can tell, for
    they come from the other rows too; `figures` are what is computed in the row, by the name of its line.
    """

    repeat: str
    reading: Reading
    page: Page
    fields: tuple[Field, ...]
    before: str
    unsure: frozenset[str]
    figures: Mapping[str, Field]


def own_row(reading: Reading, page: Page, index: int) -> OwnRow | None:
    """The page of the row at this place, counted from 0; None when there is no such row."""
    repeat, row = reading.scheme.fields[page.for_each], reading.row(page.for_each, index)
    if row is None:
        return None
    flat, before = _flat(reading.scheme)[page.id], f"{repeat.id}-{index}-"
    unsure = _from_all_rows(reading.scheme)[repeat.id]
    computed = [one for one in repeat.fields.values() if one.value is not None]
    return OwnRow(
        repeat.id,
        _of_row(reading, flat, repeat, row),
        flat.form[page.id],
        tuple(flat.form[page.id].fields.values()),
        before,
        unsure,
        {f"{before}{one.id}": one for one in computed if one.page == page.id},
    )


def notes_of(row: OwnRow) -> tuple[Note, ...]:
    """The figures of the row, which stand among what is said on its page."""
    return tuple(Note(name, "shows", one.label, one.when, one.value) for name, one in row.figures.items())


def _of_row(reading: Reading, flat: Scheme, repeat: Field, row: RowReading) -> Reading:
    """What is known in a row, read as what is known of a form."""
    return replace(
        reading,
        scheme=flat,
        values=row.values,
        asked=(reading.asked - {repeat.id}) | {one.id for one in row.fields},
        settled_rows={**reading.settled_rows, repeat.id: (), **row.inner},
    )


def _flattened(scheme: Scheme) -> dict[str, Scheme]:
    """For each page asked for each row, the scheme in which the fields of its rows are fields of the form."""
    pages = (page for page in scheme.form.values() if page.for_each)
    return {page.id: _with_row(scheme, page, scheme.fields[page.for_each]) for page in pages}


_flat = Kept(_flattened)


def _unsure(scheme: Scheme) -> dict[str, frozenset[str]]:
    """By repeat, what comes from all its rows, and what is computed in a row under a condition: a plain value has none."""
    return {id: derived(scheme, {id}) | _conditional(scheme.fields[id]) for id in scheme.repeats_apart}


def _conditional(repeat: Field) -> set[str]:
    return {one.id for one in repeat.fields.values() if one.value is not None and one.when is not None}


_from_all_rows = Kept(_unsure)


def _with_row(scheme: Scheme, page: Page, repeat: Field) -> Scheme:
    inner = {id: _outermost(one) for id, one in repeat.fields.items() if one.value is None}
    here = {id: one for id, one in inner.items() if one.page == page.id}
    home = scheme.form[repeat.page]
    around = {id: one for id, one in home.fields.items() if id != repeat.id}
    others = {id: one for id, one in inner.items() if id not in here}
    form = {
        **scheme.form,
        home.id: replace(home, fields={**around, **others}),
        page.id: replace(page, fields=here, for_each=""),
    }
    found = {id: one.value for id, one in repeat.fields.items() if one.value is not None}
    return replace(scheme, form=form, computed={**scheme.computed, **_computed(found)})


def _computed(found: Mapping[str, Expression]) -> dict[str, Computed]:
    return {id: Computed(id, (), value, type=value.type) for id, value in found.items()}


def _outermost(field: Field) -> Field:
    """A field of rows as one of the form; the rows in it are then those of a repeat of the form."""
    below = {id: replace(one, parent=field.id) for id, one in field.fields.items()}
    return replace(field, parent=None, fields=below)
