"""What is typed in a form is read in the browser as on the server, or left to it; figures are written alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bench.feel_compared import canonical, in_chromium
from engine.kinds import Slips, kind_of
from engine.kinds.postal_code import pattern_of
from engine.words import Printed
from renderers.live.writing import UNITS, figures
from renderers.words import printed

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@dataclass(frozen=True)
class OneField:
    """A field as its kind sees it."""

    kind: str
    id: str = "it"
    label: Any = None
    optional: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    messages: Mapping[str, Any] = field(default_factory=dict)


SIGNS = [
    " ",
    "\u00a0",
    "\u202f",
    "\u2009",
    ",",
    ".",
    "'",
    "’",
    "-",
    "−",
    "+",
    "€",
    "%",
    " euros",
    "EUR ",
    "a",
    "0",
    "00",
    "12",
    "345",
    "000",
    "1",
]
FIGURES = ["", "12 000,50", "12.000,50", "12,000.50", "12'000.50", "1 234", "12,345", "1,5", "1.500.000", ",5", "5,", "-3", "− 3", "1e3",
           "0,001", "99999999999999", "9999999999999,99", "EUR 5", "€5", "5 €", "5euros", "40 %", "40 pour cent", "1 2", "١٢", "00012", "1,234,567.8"]  # fmt: skip
DAYS = [
    "",
    "1",
    "31",
    "29",
    "1er",
    "02",
    "2nd",
    "14/03/2020",
    "2020-03-14",
    "14 3 2020",
    "x",
    "0",
    "14/3/20",
    "30-02-2020",
    "1er janvier 2020",
    "le 3 févr. 2020",
    "January 1st, 2020",
    "31.12.2020",
    "31.12.20",
    "premier janvier 2020",
    " 7 ",
]
MONTHS = ["", "2", "02", "13", "mars", "Févr.", "FEVRIER", "août", "dec", "Mayo", "0", "sept", "1er"]
YEARS = ["", "2020", "2021", "0999", "99", "2000", "1900", "20 20", "９９９９"]
TEXTS = [
    "",
    " ",
    "abc",
    " Élodie ",
    "e\u0301",
    "a\tb",
    "a\r\nb",
    "\ufeffx",
    "x" * 301,
    "💶",
    "a\u0007",
    "\u202eabc",
    "l'aide",
    "ＡＢ",
]
TICKS = ["", "yes", "no", "on", "peut-être"]

NUMBERS = {
    "siren": [
        "732 829 320",
        "732 829 321",
        "356 000 000",
        "73282932",
        "",
        " ",
        "732 829 320 00074",
        "７32829320",
        "-",
    ],
    "rna": ["w751 234 567", "W2A1001234", "751 234 567", "W9r4 001234", "", "Ｗ751234567", "association"],
    "time": [
        "9 h 30",
        "9h",
        "09:30",
        "9.30",
        "24:00",
        "",
        "9",
        "9 : 30",
        "9h60",
        "midi",
        "21 h 05",
        "０9:30",
    ],
    "rating": ["1", "5", "", "٣", "x"],
    "year": ["2020", "202", "0999", "", " 1999 ", "20 20", "deux mille", "２０20"],
    "postal_code": ["74 000", "01000", "F-74000", "96000", "97400", "", "7400", "74000 Annecy", "２０000"],
}


def raws(random: Random, kind: str) -> dict[str, list[str]]:
    """Something typed in the controls of a kind."""
    if kind == "date":
        parts = (("-day", DAYS), ("-month", MONTHS), ("-year", YEARS))
        if random.random() < 0.4:
            return {"-day": [random.choice(DAYS)]}
        return {suffix: [random.choice(texts)] for suffix, texts in parts}
    if kind == "date_time":
        clocks = ["", *NUMBERS["time"]]
        return {**raws(random, "date"), "-time": [random.choice(clocks)]}
    if kind == "address":
        parts = (
            ("-street", TEXTS),
            ("-extra", TEXTS),
            ("-postcode", ["74000", "74 000", "7400", "", "７４０００"]),
            ("-commune", TEXTS),
        )
        return {suffix: [random.choice(texts)] for suffix, texts in parts}
    if kind in {"text", "long_text"}:
        return {"": [random.choice(TEXTS) + random.choice(TEXTS)]}
    if kind in {"yes_no", "consent"}:
        return {"": [random.choice(TICKS)]} if random.random() < 0.9 else {}
    if kind in NUMBERS:
        return {"": [random.choice(NUMBERS[kind]).replace(" ", random.choice([" ", "", ".", "\u00a0", "-"]))]}
    if random.random() < 0.5:
        return {"": [random.choice(FIGURES)]}
    return {"": ["".join(random.choices(SIGNS, k=random.randint(1, 6)))]}


KINDS = (
    "text",
    "long_text",
    "integer",
    "decimal",
    "money",
    "percentage",
    "date",
    "yes_no",
    "consent",
    "address",
    *NUMBERS,
    "date_time",
)


def expected(one: OneField, raw: dict[str, list[str]]) -> Any:
    """What the server reads: "slip", or the value of the answer for the rules."""
    answer = kind_of(one).read(one, raw)
    if isinstance(answer, Slips):
        return "slip"
    return None if answer is None else canonical(kind_of(one).value(one, answer))


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    in_chromium(page)
    yield page
    page.close()


READ = """async (batch) => { const { readTyped, UNKNOWN } = await import('/static/form/typed.js');
  const { sent } = await import('/static/feel/transport.js');
  return JSON.stringify(JSON.parse(batch).map(([field, raw]) => {
    const value = readTyped(field, new Map(Object.entries(raw)));
    return value === UNKNOWN ? 'unknown' : sent(value); })); }"""


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_is_read_as_on_the_server_or_left_to_it(blank: Page, kind: str):
    random = Random(f"typed {kind}")
    places = {"integer": 0, "money": 2}.get(kind, 4)
    lengths = {"longest": 300 if kind == "text" else 10_000, "shortest": 0}
    cases = []
    for _ in range(2_000):
        one = OneField(kind, optional=random.random() < 0.5)
        shipped = {"kind": kind, "optional": one.optional, "places": places, **lengths}
        if kind == "postal_code":
            shipped["pattern"] = pattern_of(one)
        cases.append((one, shipped, raws(random, kind)))
    theirs = json.loads(blank.evaluate(READ, json.dumps([[shipped, raw] for _, shipped, raw in cases])))
    ours = [expected(one, raw) for one, _, raw in cases]
    wrong = [
        (raw, read, found)
        for (_, _, raw), read, found in zip(cases, ours, theirs, strict=True)
        if found not in ("unknown", read)
    ]
    assert wrong == [], wrong[:5]
    readable = [found for read, found in zip(ours, theirs, strict=True) if read != "slip"]
    assert len(readable) - readable.count("unknown") > 100, "the comparison had something to compare"


WRITE = """async (batch) => { const { printed } = await import('/static/form/saying.js');
  const { decimal } = await import('/static/feel/numbers.js');
  return JSON.parse(batch).map(([number, unit, figures]) => printed(decimal(number), unit, figures)); }"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_figures_are_written_as_on_the_server(blank: Page, language: str):
    numbers = [
        "0",
        "1",
        "12",
        "1000",
        "1234567.5",
        "-5",
        "-1234.05",
        "0.1",
        "40",
        "99999999999.99",
        "1250.50",
    ]
    pairs = [(number, unit) for number in numbers for unit in UNITS]
    theirs = blank.evaluate(WRITE, json.dumps([[number, unit, figures(language)] for number, unit in pairs]))
    assert theirs == [printed(Printed(str(Decimal(number)), unit), language) for number, unit in pairs]
