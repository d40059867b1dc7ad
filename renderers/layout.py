"""A page from top to bottom: its questions, the sections they stand in, and what is said among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.asked import Reading, RowReading, holds
from engine.asked.behind import behind, is_blank
from engine.asked.order import reads
from engine.language.model import Field, Note, Page, Section
from engine.problems import Path
from engine.words import Printed
from renderers import labels
from renderers.control_views import Control
from renderers.words import phrase, printed


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on a page: `sort` is "question", "info", "warning", "shows", "section" (it opens) or "end" (it closes).

    `id` names a note or a section; `text` is what is read there, `value` what is shown or said below a title. `hidden`: it
    is there for the page's script alone.
    """

    sort: str
    id: str = ""
    text: str = ""
    value: str = ""
    hidden: bool = False
    control: Control | None = None


def laid_out(
    page: Page, controls: Sequence[Control], reading: Reading, language: str, live: Collection[str]
) -> tuple[Block, ...]:
    """The blocks of a page in order. `live`: the notes the page's script may bring, by id."""
    return tuple(_blocks(page, page.fields, controls, _Saying(reading, language, live)))


def laid_out_row(
    page: Page,
    controls: Sequence[Control],
    row: RowReading,
    repeat: Field,
    reading: Reading,
    language: str,
    live: Collection[str],
) -> tuple[Block, ...]:
    """The blocks of a page asked for each row; what is said there knows the row. `live`: see `laid_out`."""
    of = {name: section for section in page.sections.values() for name in section.fields}
    ids = [id for id, one in repeat.fields.items() if one.page == page.id]
    together = dict.fromkeys(name for id in ids for name in (of[id].fields if id in of else (id,)))
    known = replace(reading, values=row.values)
    return tuple(
        _blocks(page, together, controls, _Saying(known, language, live, repeat, (repeat.id, row.index)))
    )


@dataclass(frozen=True, slots=True)
class _Saying:
    reading: Reading
    language: str
    live: Collection[str]
    repeat: Field | None = None
    row: Path = ()


def _blocks(page: Page, ids: Iterable[str], controls: Sequence[Control], saying: _Saying) -> Iterator[Block]:
    of = {name: section for section in page.sections.values() for name in section.fields}
    shown = {control.name.rpartition("-")[2]: control for control in controls}
    here: Section | None = None
    for id in ids:
        if (section := of.get(id)) is not here:
            yield from _turn(here, section, shown, saying)
            here = section
        yield from _notes(page, id, saying)
        if id in shown:
            yield Block("question", id, control=shown[id])
    yield from _turn(here, None, shown, saying)
    yield from _notes(page, "", saying)


def _turn(
    left: Section | None, entered: Section | None, shown: Mapping[str, Control], saying: _Saying
) -> Iterator[Block]:
    """Leave a section, enter another."""
    if left is not None:
        yield Block("end")
    if entered is not None:
        asked = [shown[name].asked for name in entered.fields if name in shown]
        title = labels.said(entered.title, saying.reading, saying.language)
        help = labels.said(entered.help, saying.reading, saying.language) if entered.help else ""
        yield Block("section", entered.id, title, help, hidden=all(one == "hidden" for one in asked))


def _notes(page: Page, before: str, saying: _Saying) -> Iterator[Block]:
    for note in page.notes.values():
        if note.before != before:
            continue
        said = holds(note.when, saying.reading.values, saying.reading)
        value = _figure(note, saying)
        is_there = said and (note.value is None or value != "")
        if is_there or note.id in saying.live:
            text = labels.said(note.text, saying.reading, saying.language)
            yield Block(note.sort, note.id, text, value, hidden=not is_there)


def figure(note: Note, reading: Reading, language: str) -> str:
    """What a note shows as people read it; "" while it isn't known, or an answer behind it is still to come."""
    return _figure(note, _Saying(reading, language, ()))


def _figure(note: Note, saying: _Saying) -> str:
    reading, language = saying.reading, saying.language
    if note.value is None or any(
        is_blank(reading, path, row=saying.row)
        for path in behind(reading.scheme, reads(note.value), saying.repeat)
    ):
        return ""
    found = note.value.printed(language, reading.values, reading.now, reading.zone)
    if isinstance(found, Printed):
        return "" if found.value is None else printed(found, language)
    return phrase((found,), language)
