"""A posted form becomes answers: every slip told, everything typed kept, nothing whatever raised."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.answers import read_form
from engine.journey import walk
from engine.kinds.codes import stated
from engine.validation import validate_all

ALL = """\
form:
  one:
    title: {fr: Un, en: One}
    fields:
      name: {type: text, label: {fr: Nom, en: Name}}
      cost: {type: money, min: 1, max: 100, label: {fr: Coût, en: Cost}}
      day: {type: date, max: today(), label: {fr: Jour, en: Day}}
      home: {type: address, label: {fr: Adresse, en: Address}}
      person: {type: person, born: true, label: {fr: Identité, en: Identity}}
      agreed: {type: yes_no, label: {fr: Accord, en: Agreed}}
      status: {type: choice, options: {a: {fr: A, en: A}, b: {fr: B, en: B}}, label: {fr: Statut, en: Status}}
      proof: {type: file, optional: true, label: {fr: Preuve, en: Proof}}
      rows:
        type: repeat
        optional: true
        label: {fr: Lignes, en: Rows}
        fields:
          what: {type: text, label: {fr: Objet, en: What}}
          price: {type: money, min: 0, label: {fr: Prix, en: Price}}
        totals: {spent: {sum: price, label: {fr: Total, en: Total}}}
        check: {fits: {require: spent <= cost, otherwise: {fr: "{spent} de trop.", en: "{spent} too much."}}}
eligibility:
  small: {require: cost < 50, otherwise: {fr: "{cost} !", en: "{cost}!"}, stop: early}
"""


def read(scheme, form):
    return read_form(scheme.fields.values(), form)


def test_a_whole_form_is_read(scheme_of):
    form = {
        "name": ["Ada"],
        "cost": ["12,50 €"],
        "day-day": ["5"],
        "day-month": ["mai"],
        "day-year": ["2020"],
        "agreed": ["no"],
        "status": ["b"],
        "rows-7-what": ["Pain"],
        "rows-7-price": ["1"],
        "rows-12": ["row"],
        "csrf_token": ["x"],
        "-": ["x"],
    }
    found = read(scheme_of(ALL), form)
    assert found.problems == ()
    assert found.answers == {
        "name": "Ada",
        "cost": "12.50",
        "day": "2020-05-05",
        "home": None,
        "person": None,
        "agreed": False,
        "status": "b",
        "rows": [{"what": "Pain", "price": "1.00"}, {}],
    }
    assert found.typed == {name: values for name, values in form.items() if name not in {"csrf_token", "-"}}


def test_a_slip_leaves_no_answer_but_what_was_typed(scheme_of):
    form = {
        "cost": ["douze"],
        "rows-0-price": ["treize"],
        "day-day": ["31"],
        "day-month": ["2"],
        "day-year": ["2020"],
    }
    found = read(scheme_of(ALL), form)
    assert [(problem.path, problem.code) for problem in found.problems] == [
        (("cost",), "not_a_number"),
        (("day",), "no_such_date"),
        (("rows", 0, "price"), "not_a_number"),
    ]
    assert not {"cost", "day", "rows"} & found.answers.keys()
    assert found.typed == form


def test_only_the_fields_presented_are_read(scheme_of):
    scheme = scheme_of(ALL)
    found = read_form(
        [scheme.fields["name"], scheme.fields["proof"]], {"name": ["Ada"], "cost": ["5"], "proof": ["x"]}
    )
    assert (found.answers, found.typed) == ({"name": "Ada"}, {"name": ["Ada"]})


names = st.sampled_from(
    [
        *(
            "name",
            "cost",
            "day",
            "day-day",
            "day-month",
            "day-year",
            "home-street",
            "home-postcode",
            "home-commune",
        ),
        *(
            "person-first_name",
            "person-born-day",
            "person-born-month",
            "person-born-year",
            "agreed",
            "status",
        ),
        *(
            "rows",
            "rows-0",
            "rows-0-what",
            "rows-1-price",
            "rows-0-price",
            "rows-99999-what",
            "rows--",
            "proof",
            "",
        ),
    ]
)
texts = st.one_of(
    st.text(max_size=20), st.sampled_from(["", "5", "12,5", "2020", "mai", "a", "yes", "74000"])
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form=st.dictionaries(names, st.lists(texts, max_size=2), max_size=12))
def test_any_form_is_read_judged_and_kept(scheme_of, reading_of, form):
    scheme = scheme_of(ALL)
    found = read(scheme, form)
    assert all(stated(problem.code, problem.params) for problem in found.problems)
    reading = reading_of(scheme, found.answers)
    problems = validate_all(reading)
    assert all(stated(problem.code, problem.params) for problem in problems)
    # what was read is right but for what the scheme itself forbids, or what is missing
    own = {"missing", "check", "too_small", "too_large", "too_early", "too_late"}
    assert {problem.code for problem in problems} <= own
    assert json.loads(json.dumps(reading.kept())) == reading.kept()
    walk(reading, {"one"})


stored = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["what", "price", "born", "street", "id"]), inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_stored_answers_are_judged(scheme_of, reading_of, data):
    """What a draft holds may come from another version, or from a machine: it is judged, it never raises."""
    scheme = scheme_of(ALL)
    answers = data.draw(st.dictionaries(st.sampled_from(sorted(scheme.fields)), stored, max_size=9))
    reading = reading_of(scheme, answers)
    assert all(stated(problem.code, problem.params) for problem in validate_all(reading))
    walk(reading, {"one"})
    reading.kept()


@pytest.mark.parametrize("rows", [1, 200])
def test_rows_of_one_form_are_bounded(scheme_of, rows):
    form = {f"rows-{number}-what": ["x"] for number in range(rows)}
    assert len(read(scheme_of(ALL), form).answers["rows"]) == rows
    [problem] = read(
        scheme_of(ALL), form | {f"rows-{rows + 200}-what": ["x"] for rows in range(200)}
    ).problems
    assert problem.code == "too_many"
