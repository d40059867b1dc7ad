"""Times, moments and years are read as people write them in French and in English."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from engine.kinds import BY_NAME, Slips
from engine.kinds.codes import stated

NBSP = "\u00a0"


def read(field, raw):
    """The answer, or the path, code and params of each problem."""
    found = BY_NAME[field.kind].read(field, raw if isinstance(raw, dict) else {"": [raw]})
    if not isinstance(found, Slips):
        return found
    assert all(stated(one.code, one.params) for one in found.problems)
    return [(".".join(map(str, one.path[1:])), one.code) for one in found.problems]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9h30", "09:30"),
        ("9 h 30", "09:30"),
        (f"9{NBSP}h{NBSP}30", "09:30"),
        ("9 h", "09:00"),
        ("9H", "09:00"),
        ("9 heures", "09:00"),
        ("09:30", "09:30"),
        ("9.30", "09:30"),
        ("21h05", "21:05"),
        ("9:30 pm", "21:30"),
        ("12:10 a.m.", "00:10"),
        ("midi", "12:00"),
        ("Minuit", "00:00"),
        ("٩:٣٠", "09:30"),
        ("", None),
        ("24:00", [("", "no_such_time")]),
        ("9h75", [("", "no_such_time")]),
        ("13:00 pm", [("", "no_such_time")]),
        ("9", [("", "not_a_time")]),
        ("930", [("", "not_a_time")]),
        ("le matin", [("", "not_a_time")]),
    ],
)
def test_a_time_is_read_as_it_was_meant(make_field, typed, stored):
    assert read(make_field("time"), typed) == stored


def moment(day, month, year, clock):
    return {"-day": [day], "-month": [month], "-year": [year], "-time": [clock]}


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (moment("5", "mai", "2020", "9h30"), "2020-05-05T09:30"),
        (moment("05/05/2020", "", "", "9 h"), "2020-05-05T09:00"),
        ({"": ["2020-05-05T09:30"]}, "2020-05-05T09:30"),
        (moment("", "", "", ""), None),
        (moment("5", "5", "2020", ""), [("time", "missing")]),
        (moment("", "", "", "9h30"), [("", "date_incomplete")]),
        (moment("31", "2", "2020", "25h"), [("", "no_such_date"), ("time", "no_such_time")]),
    ],
)
def test_a_moment_is_a_day_and_a_time(make_field, raw, stored):
    assert read(make_field("date_time"), raw) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2020", 2020),
        (" 1998 ", 1998),
        ("１９９８", 1998),
        ("98", [("", "year_not_four_digits")]),
        ("0998", [("", "year_not_four_digits")]),
        ("19998", [("", "year_not_four_digits")]),
        ("mille", [("", "not_a_year")]),
        ("", None),
    ],
)
def test_a_year_has_four_digits(make_field, typed, stored):
    assert read(make_field("year"), typed) == stored


def test_rules_see_times_moments_and_years_as_feel_has_them(make_field):
    def value(kind, answer):
        return BY_NAME[kind].value(make_field(kind), answer)

    assert value("time", "09:30") == time(9, 30)
    assert value("date_time", "2020-05-05T09:30") == datetime.fromisoformat("2020-05-05T09:30")
    assert value("year", 2020) == 2020
    assert value("date_time", "2020-02-31T09:30") is None


PERSON = {
    "-civility": ["mrs"],
    "-first_name": ["Ada"],
    "-last_name": ["Exemple"],
    "-birth_name": ["Essai"],
    "-born-day": ["5"],
    "-born-month": ["5"],
    "-born-year": ["1980"],
    "-birth_place": ["Annecy"],
}


def test_a_person_has_the_parts_the_scheme_declares(make_field):
    field = make_field("person", parts=("birth_place", "born", "civility", "birth_name"))
    kind = BY_NAME["person"]
    assert [*read(field, PERSON)] == [
        "civility",
        "first_name",
        "last_name",
        "birth_name",
        "born",
        "birth_place",
    ]
    assert kind.value(field, read(field, PERSON))["born"] == date(1980, 5, 5)
    assert kind.raw(field, read(field, PERSON)) == {**PERSON, "-born-year": ["1980"]}
    assert read(make_field("person"), PERSON) == {"first_name": "Ada", "last_name": "Exemple"}


def test_nobody_owes_a_civility_or_a_name_at_birth(make_field):
    field = make_field("person", parts=("civility", "birth_name", "birth_place"))
    raw = {name: values for name, values in PERSON.items() if name not in ("-civility", "-birth_name")}
    assert read(field, raw) == {"first_name": "Ada", "last_name": "Exemple", "birth_place": "Annecy"}
    assert read(field, {**raw, "-birth_place": [""]}) == [("birth_place", "missing")]
    assert read(field, {**raw, "-civility": ["baron"]}) == [("civility", "not_an_option")]
