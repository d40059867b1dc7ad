"""The map of a form: its pages one below the other, their fields, and arrows from what is answered to what it decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.language import Scheme
from engine.language.form_model import asked_on
from engine.language.model import Expression, Field, Page
from renderers.catalogues import marked, say
from renderers.pictures.wrapping import cut

WIDE, INSET, LINE = 520.0, 14.0, 18.0
LEFT, LANE = 20.0, 13.0  # where the pages begin; from one arrow's lane to the next
IF = marked("if %(condition)s")
OPTIONAL = marked("optional")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the map: a field, a field of a row, or the condition of the line above."""

    id: str
    text: str
    sort: str
    x: float
    y: float
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its frame, its title, its rows."""

    id: str
    title: str
    y: float
    height: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From an answer to what is asked because of it, in a lane of its own beside the pages."""

    source: str
    target: str
    d: str


@dataclass(frozen=True, slots=True)
class Map:
    """All that the template draws."""

    width: float
    height: float
    sheets: tuple[Sheet, ...]
    arrows: tuple[Arrow, ...]
    page_width: float = WIDE
    left: float = LEFT


def form_map(scheme: Scheme, language: str) -> Map:
    """Place the pages, their fields, and the arrows of their conditions."""
    sheets, top = [], LEFT
    for page in scheme.form.values():
        sheets.append(_sheet(page, scheme.fields, language, top))
        top += sheets[-1].height + 16
    places = {row.id: row.y for sheet in sheets for row in sheet.rows if row.sort != "condition"}
    places |= {f"page {sheet.id}": sheet.y + 24 for sheet in sheets}
    arrows = tuple(_arrows(scheme, places))
    return Map(LEFT + WIDE + LANE * (len(arrows) + 2), top, tuple(sheets), arrows)


def _sheet(page: Page, fields: Mapping[str, Field], language: str, top: float) -> Sheet:
    rows: list[Row] = []
    y = top + 30
    if page.when is not None:
        y = _condition(rows, page.when, language, INSET, y)
    y += 4
    for field in asked_on(page, fields):
        y = _field(rows, field, language, INSET, y)
    return Sheet(
        page.id, cut(page.title.plain(language), WIDE - 2 * INSET, 1)[0], top, y - top + 10, tuple(rows)
    )


def _field(rows: list[Row], field: Field, language: str, x: float, y: float) -> float:
    id = field.place.replace("/", ".")
    y += LINE
    text = cut(field.label.plain(language), WIDE - 2 * x - 70, 1)[0]
    rows.append(Row(id, text, "field", x, y, say(language, OPTIONAL) if field.optional else ""))
    if field.when is not None:
        y = _condition(rows, field.when, language, x, y)
    for inner in field.fields.values():
        if inner.page == field.page:
            y = _field(rows, inner, language, x + 18, y)
    return y


def _condition(rows: list[Row], when: Expression, language: str, x: float, y: float) -> float:
    said = say(language, IF, {"condition": " ".join(when.text.split())})
    for line in cut(said, WIDE - 2 * x - 12, 2):
        y += LINE - 2
        rows.append(Row("", line, "condition", x + 12, y))
    return y


def links(scheme: Scheme) -> Iterator[tuple[str, str, Expression]]:
    """Which answer decides whether something is asked: its field, what it decides, the condition."""
    for page in scheme.form.values():
        yield from _read(scheme, page.when, f"page {page.id}", None)
        for field in page.fields.values():
            yield from _read(scheme, field.when, field.id, None)
            for inner in field.fields.values():
                yield from _read(scheme, inner.when, f"{field.id}.{inner.id}", field)


def _read(
    scheme: Scheme, when: Expression | None, target: str, row: Field | None
) -> Iterator[tuple[str, str, Expression]]:
    totals = {total: field.id for field in scheme.fields.values() for total in field.totals}
    for name in sorted({path[0] for path in when.names}) if when else ():
        assert when is not None
        if row is not None and name in row.fields:
            yield f"{row.id}.{name}", target, when
        elif name in scheme.fields or name in totals:
            yield totals.get(name, name), target, when


def _arrows(scheme: Scheme, places: dict[str, float]) -> Iterator[Arrow]:
    """The shorter an arrow, the nearer it stands to the pages."""
    found = sorted(links(scheme), key=lambda link: abs(places[link[0]] - places[link[1]]))
    edge = LEFT + WIDE
    for number, (source, target, _) in enumerate(found):
        lane, start, end = edge + LANE * (number + 1), places[source] - 4, places[target] - 4
        bend = 6 if end > start else -6
        yield Arrow(
            source,
            target,
            f"M{edge:.0f} {start:.0f}H{lane - 6:.0f}Q{lane:.0f} {start:.0f} {lane:.0f} {start + bend:.0f}"
            f"V{end - bend:.0f}Q{lane:.0f} {end:.0f} {lane - 6:.0f} {end:.0f}H{edge + 2:.0f}",
        )
