"""One form page as its script sees it: fields, conditions, totals, checks and early refusals (see static/form/)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from markupsafe import Markup

from engine.asked import Reading
from engine.asked.order import order
from engine.language.model import Field, Page
from renderers.catalogues import marked, say
from renderers.links import Links
from renderers.live.expressions import Json, Shipping
from renderers.live.own_row import OwnRow, own_row
from renderers.live.parts import Parts
from renderers.live.writing import figures

STATIC = Path(__file__).parents[1] / "static"
SHOWN = marked("More is asked: %(label)s")
TOTAL = marked("%(label)s: %(value)s")


@dataclass(frozen=True, slots=True)
class LivePage:
    """`data` is the JSON its script reads; `changing` the questions it may show and hide, "repeat/field" in rows; `notes` those
    it may bring, take away or compute."""

    data: str
    changing: frozenset[str]
    notes: frozenset[str] = frozenset()

    @property
    def preload(self) -> Markup:
        """The links by which a browser asks for all the files of its script at once."""
        return _preload()


@cache
def _preload() -> Markup:
    links, link = Links(), Markup('<link rel="modulepreload" href="{}">')
    return Markup("\n").join(link.format(links.static(name)) for name in modules())


@cache
def modules() -> tuple[str, ...]:
    """The files of the script, below the folder of static files."""
    folders = ("form", "feel", "vendor/decimal")
    found = (file for folder in folders for file in sorted((STATIC / folder).rglob("*js")))
    return tuple(file.relative_to(STATIC).as_posix() for file in found)


def live_page(
    reading: Reading, page: Page, fields: Iterable[Field], language: str, row: int | None = None
) -> LivePage | None:
    """What the page's script is given; None when nothing on the page changes with what is typed.

    `fields` are those of the page that may be answered, asked now or not, in order; on a page asked for each row, the repeat
    when it may be answered, `row` then counting from 0.
    """
    if row is None:
        return _live(reading, page, fields, language)
    own = own_row(reading, page, row) if tuple(fields) else None
    return None if own is None else _live(own.reading, own.page, own.fields, language, own)


def _live(
    reading: Reading, page: Page, fields: Iterable[Field], language: str, own: OwnRow | None = None
) -> LivePage | None:
    found = {field.id: field for field in fields}
    shipping = Shipping(reading, found, own.unsure if own else ())
    made = Parts(shipping, language)
    conditions = {field.id: made.condition(field) for field in found.values()}
    data: dict[str, Json] = {
        "fields": {id: made.field(field, conditions[id]) for id, field in found.items()},
        "totals": {name: total for field in found.values() for name, total in made.totals(field).items()},
        "checks": made.checks(page.checks),
        "notes": made.notes(page.notes.values()),
        "stops": made.stops(reading.scheme.eligibility.values()),
        "today": shipping.constant(_today(reading)),
        "figures": figures(language),
        "said": {"shown": say(language, SHOWN), "total": say(language, TOTAL)},
    }
    if own is not None:
        data |= {"before": own.before, "notes": data["notes"] | made.figures(own)}
        shipping.values["row"] = shipping.constant(reading.values["row"])
    if not made.is_alive:
        return None
    data |= {"values": shipping.values, "functions": shipping.functions, "computed": shipping.computed}
    settled = found.keys() | shipping.totals | shipping.computed.keys()
    data["order"] = [step.id for step in order(reading.scheme) if step.sort != "page" and step.id in settled]
    changing = {name for name, field in _every(data["fields"]) if isinstance(field["when"], dict)}
    if own is not None:
        changing = {f"{own.repeat}/{name}" for name in changing}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return LivePage(text, frozenset(changing), frozenset(data["notes"]))


def _every(fields: Json, before: str = "") -> Iterator[tuple[str, Json]]:
    """Every field with its way: those of rows, and of rows in them."""
    for name, field in fields.items():
        yield before + name, field
        yield from _every(field.get("rows", {}), f"{before}{name}/")


def _today(reading: Reading) -> datetime:
    """Midnight of the day it is in the organisation's zone, without a zone: `today()` reads its day alone."""
    return datetime.combine(reading.now.astimezone(reading.zone).date(), datetime.min.time())
