"""An amount is explained by the rows that made it: for each child, each total, each computed value it was read from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.asked.derived import derived
from engine.award import compute, decisions
from engine.eligibility import judge
from engine.journey import walk
from engine.language import Bundle, load_scheme
from engine.language.bundle import SCHEME
from engine.organisation import Organisation
from engine.validation import answer_schema, validate_all

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "school-year-grant"
NOON = datetime(2026, 9, 1, 10, tzinfo=UTC)
TOWN = Organisation(name="Commune (fictive)", zone=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def scheme():
    """The school-year grant of the examples."""
    return load_scheme(ROOT / "examples" / "school-year-grant")


def read(scheme, *children, income="12000.00", parts="2"):
    answers = {"yearly_income": income, "parts": parts, "children": list(children)}
    return read_answers(scheme, answers, now=NOON, organisation=TOWN)


LOU = {"first_name": "Lou", "level": "primary"}
MAX = {"first_name": "Max", "level": "lycee", "boarder": True}


def test_each_child_is_explained_by_its_row(scheme):
    reading = read(scheme, LOU, MAX)
    found = decisions(reading, judge(reading))
    told = [
        (
            "".join(part if isinstance(part, str) else str(part.value) for part in one.title["en"]),
            one.rows,
            [(used.label("en"), used.value("en").value) for used in one.used],
            one.result["en"].value,
        )
        for one in found
    ]
    quotient = ("Monthly family quotient", "500.00")
    assert told == [
        ("Lou – Grant", (5,), [quotient, ("Level this year", "Primary school")], "75"),
        ("Max – Grant", (6,), [quotient, ("Level this year", "Upper secondary school")], "300"),
    ]


def test_otherwise_is_row_nought_and_who_is_refused_has_no_amount_to_explain(scheme):
    refused = read(scheme, LOU, income="24000.00")
    assert decisions(refused, judge(refused)) == ()
    granted = read(scheme, LOU)
    assert compute(granted, judge(granted)).amount == 75
    unknown = read(scheme, LOU, income=None)
    assert [one.rows for one in decisions(unknown, judge(unknown))] == [(0,)]


def test_what_is_computed_is_neither_asked_nor_accepted_from_who_types(scheme):
    reading = read(scheme, {**LOU, "grant": "9999.00"})
    assert reading.values["grants"] == 75
    assert [field.id for field in reading.rows("children")[0].fields] == ["first_name", "level", "school"]
    assert "grant" not in str(reading.kept())
    assert "grant" not in answer_schema(scheme)["properties"]["children"]["items"]["properties"]
    paths = {problem.path for problem in validate_all(reading)}
    assert ("children", 0, "grant") not in paths


def test_who_may_not_see_an_answer_may_not_see_what_is_computed_from_it(scheme):
    assert derived(scheme, {"yearly_income"}) == {
        "yearly_income", "family_quotient", "grant", "grants", "boarders_grants"
    }  # fmt: skip
    assert derived(scheme, {"parent"}) == {"parent"}


def test_rule_on_a_computed_value_stops_early_only_once_all_it_reads_is_answered(scheme_of, reading_of):
    form = """\
form:
  one: {title: {fr: Un, en: One}, fields: {income: {type: money, label: {fr: Revenu, en: Income}}}}
  two: {title: {fr: Deux, en: Two}, fields: {parts: {type: integer, optional: true, label: {fr: Parts, en: Shares}}}}
  three: {title: {fr: Trois, en: Three}, fields: {name: {type: text, label: {fr: Nom, en: Name}}}}
computed:
  band: {value: {decide: [income / parts], hit: first, rows: [["< 500", 1], ["< 800", 2]], otherwise: 3}}
eligibility:
  low_band: {require: band < 3, stop: early, otherwise: {fr: Non., en: No.}}
"""
    scheme = scheme_of(form)
    first = walk(reading_of(scheme, {"income": "1000.00"}), ["one"])
    assert first.stopped is None
    second = walk(reading_of(scheme, {"income": "1000.00", "parts": 1}), ["one", "two"])
    assert (second.stopped.id, second.stopped_after) == ("low_band", "two")


@pytest.mark.parametrize(
    ("value", "tells"),
    [
        ("sum(children.grant)", True),
        ("sum(for child in children return child.grant)", True),
        ("count(children[grant > 100])", True),
        ("count(children.level)", False),
    ],
)
def test_a_part_of_rows_read_by_its_path_is_derived_from_too(value, tells):
    text = (EXAMPLE / "scheme.yaml").read_text(encoding="utf-8")
    named = "computed:\n"
    more = f"{named}  told: {{type: number, label: {{fr: Dit, en: Told}}, value: '{value}'}}\n"
    files = {**Bundle.read(EXAMPLE).files, SCHEME: text.replace(named, more, 1)}
    assert ("told" in derived(load_scheme(Bundle(files)), {"grant"})) is tells
