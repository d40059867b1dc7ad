"""What the services compute without a database: rows of a form, the applicant's timeline, masks, payments."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import dossiers
from dossiers.changes.amounts import from_cents, to_cents
from dossiers.services import timeline
from dossiers.services.export_options import from_json, to_json
from dossiers.services.export_plans import Asked
from dossiers.services.masking import hidden_ids, mask_verdict
from dossiers.services.refusals import CODES, Refused
from dossiers.services.rows import MOST, with_row, with_rows_swapped, without_row
from dossiers.services.timeline import Move
from dossiers.services.wanted import AnswerWanted, Wanted
from engine.asked import read_answers
from engine.eligibility import judge
from engine.words import Printed
from workflows.legal_clock import Stay, of_stays
from workflows.lifecycle import SYSTEM, Actor, Step
from workflows.money import pays

NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
APPLICANT, ACCOUNTANT = (
    Actor("applicant", "applicant", ""),
    Actor("staff", "4", "Odile (fictif)", frozenset({"accountant"})),
)


def test_a_row_is_added_after_the_last():
    form = {"children-0": [""], "children-0-age": ["4"], "children-1-age": ["7"], "income": ["1"]}
    assert with_row(form, "children") == {**form, "children-2": [""]}
    assert with_row({}, "children") == {"children-0": [""]}


def test_moved_row_takes_the_place_of_its_neighbour_with_all_that_is_typed_in_it():
    form = {"children-0": ["row"], "children-0-age": ["4"], "children-1": ["row"], "income": ["1"]}
    assert with_rows_swapped(form, "children", 1, 0) == {
        "children-1": ["row"],
        "children-1-age": ["4"],
        "children-0": ["row"],
        "income": ["1"],
    }
    assert with_rows_swapped(form, "children", 0, -1) == form
    assert with_rows_swapped(form, "children", 1, 2) == form


def test_rows_after_a_removed_one_move_up():
    form = {
        "children-0-age": ["4"],
        "children-1-age": ["7"],
        "children-2": [""],
        "children-2-age": ["9"],
        "income": ["1"],
    }
    assert without_row(form, "children", 1) == {
        "children-0-age": ["4"],
        "children-1": [""],
        "children-1-age": ["9"],
        "income": ["1"],
    }


def test_a_form_holds_no_endless_rows():
    with pytest.raises(Refused, match="too_many"):
        with_row({f"children-{MOST - 1}": [""]}, "children")


def step(source: str, action: str, target: str) -> Step:
    return Step(action, source, target, (), (), None)


@pytest.mark.parametrize(
    ("source", "target", "actor", "expected"),
    [
        ("accepted", "paid", ACCOUNTANT, True),
        ("accepted", "withdrawn", APPLICANT, False),
        ("accepted", "paid", SYSTEM, False),
        ("in_review", "withdrawn", ACCOUNTANT, False),
        ("accepted", "refused", ACCOUNTANT, False),
    ],
)
def test_only_staff_ending_a_granted_dossier_pays(scheme, source, target, actor, expected):
    assert pays(scheme, step(source, "any", target), actor) is expected


def test_cents_are_exact_or_refused():
    from decimal import Decimal

    assert to_cents(Decimal("1234.56")) == 123456
    assert from_cents(123456) == Decimal("1234.56")
    with pytest.raises(ValueError, match="more than two decimals"):
        to_cents(Decimal("0.005"))


def test_the_legal_clock_stands_still_on_hold(scheme, organisation):
    def at(day: int) -> datetime:
        return datetime(2020, 5, day, 10, tzinfo=UTC)

    stays = [
        Stay(at(5), "submitted"),
        Stay(at(6), "on_hold"),
        Stay(at(8), "in_review"),
        Stay(at(11), "on_hold"),
    ]
    clock = of_stays(scheme, organisation, at(5), stays)
    assert clock.started_on == date(2020, 5, 5)
    assert clock.suspended == ((date(2020, 5, 6), date(2020, 5, 8)), (date(2020, 5, 11), None))


MOVES = [
    Move(NOON, "submit", "applicant", "draft", "submitted", 1),
    Move(NOON, "take", "staff", "submitted", "in_review", None),
    Move(NOON, "ask", "staff", "in_review", "on_hold", None),
    Move(NOON, "answer", "applicant", "on_hold", "in_review", 2),
    Move(NOON, "accept", "staff", "in_review", "accepted", None),
]


def test_the_timeline_tells_public_things_only(scheme):
    told = timeline.entries(scheme, MOVES)
    assert [(entry.kind, entry.status.id if entry.status else None) for entry in told] == [
        ("filed", "received"),
        ("status", "examined"),
        ("asked", "examined"),
        ("corrected", "examined"),
        ("status", "decided"),
    ]


def test_the_way_shows_what_is_behind_and_ahead(scheme):
    steps = timeline.steps(scheme.workflow, MOVES[:2], "in_review")
    assert [(one.status.id, one.standing) for one in steps] == [
        ("received", "done"),
        ("examined", "now"),
        ("decided", "later"),
        ("closed", "later"),
    ]
    steps = timeline.steps(
        scheme.workflow,
        [*MOVES[:1], Move(NOON, "withdraw", "applicant", "submitted", "withdrawn", None)],
        "withdrawn",
    )
    assert [(one.status.id, one.standing) for one in steps] == [("received", "done"), ("closed", "now")]


def test_nobody_reads_beforehand_that_something_will_be_asked_of_them(scheme):
    examined = scheme.workflow.public["examined"]
    states = tuple(one for one in examined.states if one != "on_hold")
    public = {**scheme.workflow.public, "examined": replace(examined, states=states)}
    workflow = replace(
        scheme.workflow, public={**public, "asked": replace(examined, id="asked", states=("on_hold",))}
    )
    ahead = {one.status.id: one.standing for one in timeline.steps(workflow, MOVES[:2], "in_review")}
    assert "asked" not in ahead and ahead["decided"] == "later"
    asked = {one.status.id: one.standing for one in timeline.steps(workflow, MOVES[:3], "on_hold")}
    assert asked["asked"] == "now"


@pytest.mark.parametrize(
    ("roles", "hidden"),
    [
        ({"hotline"}, {"income", "iban"}),
        ({"instructor"}, {"iban"}),
        ({"hotline", "supervisor"}, set()),
        ({"hotline", "instructor"}, {"iban"}),
    ],
)
def test_a_field_is_hidden_from_who_has_only_such_roles(scheme, roles, hidden):
    assert hidden_ids(scheme, roles) == hidden


def test_a_hidden_value_is_crossed_out_of_explanations(scheme, organisation):
    reading = read_answers(
        scheme, {"income": "60000.00", "resident": True}, now=NOON, organisation=organisation
    )
    masked = mask_verdict(judge(reading), scheme, {"income"})
    result = next(rule for rule in masked.rules if rule.id == "poor_enough")
    assert result.phrases["fr"] == ("Le revenu (", "•••", ") dépasse 50 000 €.")
    assert [
        used.printed["fr"] for reason in result.reasons for used in reason.used if used.path == "income"
    ] == [Printed("•••", "text")]
    assert "60000" not in str(masked.to_json())


@pytest.mark.parametrize("room", ["services", "changes"])
def test_every_refusal_bears_a_listed_code(room):
    folder = Path(dossiers.__file__).parent / room
    raised = {
        code
        for path in folder.glob("*.py")
        for code in re.findall(r'Refused\("(\w+)"', path.read_text("utf-8"))
    }
    assert raised
    assert raised <= CODES.keys()


def test_an_export_keeps_the_list_it_was_asked_from():
    answers = (AnswerWanted("income", least=100, most=200), AnswerWanted("born", least=date(2020, 5, 1)))
    wanted = Wanted(
        state="submitted", query="ada", due_by=date(2020, 5, 14), answers=answers, columns=("siret",)
    )
    asked = Asked("list", "csv", wanted, for_people=True)
    assert from_json("list", "csv", json.loads(json.dumps(to_json(asked)))) == asked
