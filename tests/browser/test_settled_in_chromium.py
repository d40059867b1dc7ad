"""A form settled in the browser as on the server: the same answers give the same values, figure by figure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page

from bench.feel_compared import canonical, in_chromium
from engine.answers import read_form
from engine.asked import Reading, RowReading, read_answers
from engine.language import Scheme, load_scheme
from engine.language.model import Field
from engine.organisation import Organisation
from renderers.control_views import Again, Control
from renderers.controls import Questions, controls
from renderers.form_figures import Figure
from renderers.live import live_page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
HERE = Path(__file__).parent
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TOWN = Organisation(name="Commune (fictive)", zone=ZoneInfo("Europe/Paris"))
ONLY_SERVER = {
    "zoned_aids",
    "extra",
    "zoned",
    "paid",
}  # of the computing form: they read a list, a sensitive answer
Typed = dict[str, list[str]]


@dataclass(frozen=True)
class Case:
    """Answers of earlier pages, and what is typed in the controls of a page."""

    earlier: Mapping[str, Any]
    typed: Typed


def maybe(random: Random, *texts: str) -> list[str]:
    """One of the texts, or nothing."""
    return [random.choice(["", *texts])]


def amount(random: Random) -> list[str]:
    whole = random.choice([0, 7, 150, 999, 1000, 5999, 9600, 24_000, 1_234_567])
    cents = random.choice(["", ",5", ",33", ".99"])
    return [random.choice(["", f"{whole}{cents}", f"{whole:,}".replace(",", " ") + cents + " €"])]


def grant_case(random: Random) -> Case:
    """Children of a household, some of their answers still blank."""
    earlier = {"yearly_income": f"{random.randint(0, 20_000)}.{random.randint(0, 99):02}", "parts": random.choice(["1", "2.5", "3", "7"])}  # fmt: skip
    typed: Typed = {}
    for row in range(random.randint(0, 4)):
        name = f"children-{row}"
        typed |= {name: ["row"], f"{name}-first_name": maybe(random, "Lou", "Zoé")}
        typed |= {f"{name}-level": maybe(random, "primary", "college", "lycee", "lycee")}
        typed |= {f"{name}-boarder": maybe(random, "yes", "no")}
    return Case({key: value for key, value in earlier.items() if random.random() < 0.95}, typed)


def computing_case(random: Random) -> Case:
    """The works of the computing form, with everything it computes from."""
    earlier = {"salary": "1500.00", "zone": random.choice(["lake", "hill"]), "persons": random.randint(1, 7)}
    typed: Typed = {"income": amount(random), "parts": maybe(random, "1", "1,5", "3", "7"), "trusted": maybe(random, "yes", "no")}  # fmt: skip
    typed |= {"helped": maybe(random, "yes", "no"), "why": maybe(random, "Parce que")}
    for row in range(random.randint(0, 4)):
        name = f"works-{row}"
        typed |= {name: ["row"], f"{name}-kind": maybe(random, "roof", "wall", "other"), f"{name}-cost": amount(random)}  # fmt: skip
        typed |= {f"{name}-own": maybe(random, "yes", "no")}
    return Case(earlier, typed)


def budget_case(random: Random) -> Case:
    """A budget of which some cells are blank, and its invoices."""
    lines, columns = ("purchases", "services", "others"), ("planned", "paid")
    typed: Typed = {f"budget-{line}-{column}": amount(random) for line in lines for column in columns}
    typed |= {"budget-purchases-what": maybe(random, "Papier"), "asked": amount(random)}
    for row in range(random.randint(0, 3)):
        name = f"invoices-{row}"
        typed |= {name: ["row"], f"{name}-ref": [f"F{row}"], f"{name}-amount": amount(random), f"{name}-vat": maybe(random, "5,5", "20")}  # fmt: skip
    return Case({}, typed)


def projects_case(random: Random) -> Case:
    """Projects, each with the lines of its budget."""
    typed: Typed = {"cap": amount(random)}
    for row in range(random.randint(0, 3)):
        name = f"projects-{row}"
        typed |= {name: ["row"], f"{name}-title": maybe(random, "Fête"), f"{name}-why": maybe(random, "Parce que")}  # fmt: skip
        for line in range(random.randint(0, 3)):
            below = f"{name}-lines-{line}"
            typed |= {below: ["row"], f"{below}-what": maybe(random, "Scène", "Son"), f"{below}-price": amount(random)}  # fmt: skip
            typed |= {f"{below}-quantity": maybe(random, "2", "10"), f"{below}-granted": maybe(random, "yes", "no"), f"{below}-by": maybe(random, "Région")}  # fmt: skip
    return Case({}, typed)


def reading_of(scheme: Scheme, page: str, case: Case) -> Reading:
    """What the server reads once the page is sent."""
    found = read_form(scheme.form[page].fields.values(), case.typed)
    assert found.problems == (), "only what can be read is compared"
    return read_answers(scheme, {**case.earlier, **found.answers}, now=NOON, organisation=TOWN)


def on_server(reading: Reading, page: str, case: Case) -> dict[str, Any]:
    """Every total, computed value and computed cell, what is asked, and each figure as it is written."""
    scheme, fields = reading.scheme, reading.scheme.form[page].fields
    names = [*(total for one in fields.values() for total in one.totals), *scheme.computed]
    values = {name: canonical(reading.values[name]) for name in names}
    rows = {name: value for one in fields.values() for name, value in computed_in(one, reading.rows(one.id))}
    shown = controls(fields.values(), Questions("fr", case.typed, reading=reading))
    figures = {figure.name: figure.value for control in shown for figure in figures_of(control)}
    return {
        "values": values,
        "rows": rows,
        "figures": figures,
        "asked": sorted(reading.asked & fields.keys()),
    }


def computed_in(repeat: Field, rows: Iterable[RowReading], before: str = "") -> Iterator[tuple[str, Any]]:
    """What is computed in rows, and in the rows in them: cells, and the totals each row knows."""
    for row in rows:
        name = f"{before}{repeat.id}-{row.step}"
        yield from ((f"{name}-{inner.id}", canonical(row.values[inner.id])) for inner in row.computed)
        yield from ((f"{name}-{total}", canonical(row.values[total])) for total in repeat.row_totals)
        for inner in row.fields:
            yield from computed_in(inner, row.rows(inner.id), f"{name}-")


def figures_of(control: Control | Again) -> Iterator[Figure]:
    if isinstance(control, Again):  # a plain question, asked in another row too: it has no figures
        return
    yield from control.totals
    for row in control.rows:
        yield from row.figures
        for inner in row.controls:
            yield from figures_of(inner)


SETTLE = """async (batch) => { const { Page, everyRow } = await import('/static/form/settle.js');
  const { computed, shown } = await import('/static/form/saying.js');
  const { UNKNOWN } = await import('/static/form/typed.js');
  const { sent } = await import('/static/feel/transport.js');
  const out = (values, name) => values.isKnown(name) ? sent(values.get(name)) : raw(values, name) === UNKNOWN ? 'unknown' : null;
  const raw = (values, name) => Map.prototype.get.call(values, name) ?? null;
  return JSON.stringify(JSON.parse(batch).map(([data, controls, names]) => {
    const typed = new Map();
    for (const [name, values] of Object.entries(controls)) {
      const place = `${name}-`.indexOf('-'), id = name.slice(0, place);
      typed.set(id, (typed.get(id) ?? new Map()).set(name.slice(place), values));
    }
    const page = new Page(data), found = page.settle(typed), rows = {};
    for (const row of everyRow([...found.rows.values()].flat()))
      for (const [name, cell] of Object.entries(row.field.rows)) {
        if ((row.isSum ? name in row.field.units : 'value' in cell) && row.asked.get(name) !== false)
          rows[`${row.name}-${name}`] = out(row.values, name);
        for (const total of Object.keys(cell.totals ?? {})) rows[`${row.name}-${total}`] = out(row.values, total);
      }
    return { rows,
      values: Object.fromEntries(names.filter((name) => name in data.computed || found.names.has(name)).map((name) => [name, out(found.names, name)])),
      figures: Object.fromEntries([...computed(page, found)].map(([name, told, value]) => [name, shown(value, told, data.figures)])),
      asked: [...found.asked].filter(([, asked]) => asked === true).map(([id]) => id).sort() };
  })); }"""


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    in_chromium(page)
    yield page
    page.close()


def in_browser(blank: Page, scheme: Scheme, page: str, cases: list[Case]) -> list[dict[str, Any]]:
    """What the script of the page finds: it was given the page before anything on it was typed."""
    batch = []
    for case in cases:
        before = read_answers(scheme, case.earlier, now=NOON, organisation=TOWN)
        live = live_page(before, scheme.form[page], scheme.form[page].fields.values(), "fr")
        assert live is not None
        names = [*scheme.computed, *(total for one in scheme.fields.values() for total in one.totals)]
        batch.append([json.loads(live.data), case.typed, names])
    found: list[dict[str, Any]] = json.loads(blank.evaluate(SETTLE, json.dumps(batch)))
    return found


@pytest.mark.parametrize(
    ("folder", "page", "case_of"),
    [
        (HERE.parents[1] / "examples" / "school-year-grant", "children", grant_case),
        (HERE / "computing-form", "house", computing_case),
        (HERE / "budget-form", "money", budget_case),
        (HERE.parent / "fixtures" / "projects.yaml", "about", projects_case),
    ],
    ids=["school-year-grant", "computing-form", "budget-form", "rows in rows"],
)
def test_form_is_settled_as_on_the_server(blank: Page, folder: Path, page: str, case_of: Any):
    scheme, random = load_scheme(folder), Random(f"settled {page}")
    cases = [case_of(random) for _ in range(400)]
    theirs = in_browser(blank, scheme, page, cases)
    compared = 0
    for case, found in zip(cases, theirs, strict=True):
        ours = on_server(reading_of(scheme, page, case), page, case)
        for part in ("values", "rows", "figures"):
            for name, value in found[part].items():
                left = value in ("unknown", "") and name.rpartition("-")[2] in ONLY_SERVER
                assert left or value == ours[part][name], (part, name, case)
                compared += value not in ("unknown", None, "")
        assert found["rows"].keys() == ours["rows"].keys()
        assert found["figures"].keys() == ours["figures"].keys()
        assert set(found["asked"]) == set(ours["asked"]) - ONLY_SERVER, case

    assert compared > 2_000, "the comparison had something to compare"
