"""Each problem is told once, with its place; nothing that is hidden is judged."""

from __future__ import annotations

from datetime import date

import pytest
from jsonschema import Draft202012Validator

from engine.answers import read_form
from engine.kinds.codes import stated
from engine.validation import answer_schema, validate_all, validate_fields, validate_page
from engine.words import Printed
from renderers.words import problem_sentence

YOU = """\
form:
  you:
    title: {fr: Vous, en: You}
    fields:
      name: {type: text, max_length: 70, label: {fr: Nom, en: Name}}
      email: {type: email, label: {fr: Courriel, en: E-mail}}
      born: {type: date, min: date("1900-01-01"), max: today(), label: {fr: Naissance, en: Birth}}
      income: {type: money, min: 0, max: 1000000, label: {fr: Revenu, en: Income}}
      phone: {type: phone, optional: true, label: {fr: Téléphone, en: Phone}}
      honour: {type: consent, label: {fr: Je certifie, en: I certify}}
"""


def typed(**controls):
    return {name.replace("__", "-"): [text] for name, text in controls.items()}


def post(scheme, reading_of, page, form):
    """What a page posted alone says: slips of reading first, else what is wrong with the answers."""
    read = read_form(scheme.form[page].fields.values(), form)
    problems = read.problems + tuple(
        problem
        for problem in validate_page(reading_of(scheme, read.answers), page)
        if problem.path[0] in read.answers
    )
    assert all(stated(problem.code, problem.params) for problem in problems)
    return read, problems


def test_all_the_slips_of_one_page_come_at_once(scheme_of, reading_of, told):
    """DEFRA acceptance case 5."""
    scheme = scheme_of(YOU)
    form = typed(
        name=" ", email="nope", born__day="31", born__month="02", born__year="1990", income="12 000,50"
    )
    read, problems = post(scheme, reading_of, "you", form)
    assert told(problems) == [
        ("email", "not_an_email"),
        ("born", "no_such_date"),
        ("name", "missing"),
        ("honour", "not_accepted"),
    ]
    assert read.typed == form
    assert read.answers == {"name": None, "income": "12000.50", "phone": None, "honour": None}


@pytest.mark.parametrize(
    ("field", "controls", "code", "params"),
    [
        (
            "born",
            {"born__day": "13", "born__month": "5", "born__year": "2020"},
            "too_late",
            {"max": Printed("2020-05-12", "date")},
        ),
        (
            "born",
            {"born__day": "31", "born__month": "12", "born__year": "1899"},
            "too_early",
            {"min": Printed("1900-01-01", "date")},
        ),
        ("income", {"income": "-2"}, "too_small", {"min": Printed("0", "money")}),
        ("income", {"income": "1000001"}, "too_large", {"max": Printed("1000000", "money")}),
        ("income", {"income": "1 000 000,01"}, "too_large", {"max": Printed("1000000", "money")}),
        ("name", {"name": "x" * 71}, "too_long", {"max": 70, "length": 71}),
        ("phone", {"phone": "12"}, "not_a_phone", {}),
    ],
)
def test_each_slip_says_what_was_wanted(scheme_of, reading_of, field, controls, code, params):
    _, problems = post(scheme_of(YOU), reading_of, "you", typed(**controls))
    assert [(one.code, dict(one.params)) for one in problems if one.path == (field,)] == [(code, params)]


@pytest.mark.parametrize(
    ("field", "controls", "stored"),
    [
        ("income", {"income": "12,000"}, "12000.00"),
        ("income", {"income": "1 000 000"}, "1000000.00"),
        ("income", {"income": "0"}, "0.00"),
        ("name", {"name": f"  {'é' * 70}  "}, "é" * 70),
        ("born", {"born__day": "12", "born__month": "mai", "born__year": "2020"}, "2020-05-12"),
        ("phone", {"phone": ""}, None),
    ],
)
def test_what_lies_on_the_edge_is_accepted(scheme_of, reading_of, field, controls, stored):
    read, problems = post(scheme_of(YOU), reading_of, "you", typed(**controls))
    assert [one for one in problems if one.path == (field,)] == []
    assert read.answers[field] == stored


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"income": 12}, ("income", "malformed")),
        ({"income": "12"}, ("income", "malformed")),
        ({"income": "12.00\n"}, ("income", "malformed")),
        ({"born": "2020-02-30"}, ("born", "no_such_date")),
        ({"name": ""}, ("name", "too_short")),
        ({"name": ["x"]}, ("name", "malformed")),
        ({"email": "a@b"}, ("email", "not_an_email")),
        ({"phone": "+33123"}, ("phone", "not_a_phone")),
        ({"honour": False}, ("honour", "not_accepted")),
    ],
)
def test_stored_answers_are_proven_again(scheme_of, reading_of, told, answers, expected):
    problems = told(validate_all(reading_of(scheme_of(YOU), answers)))
    assert [one for one in problems if one[0] == expected[0]] == [expected]


BILLS = """\
form:
  costs:
    title: {fr: Dépenses, en: Costs}
    fields:
      at_most_bills: {type: integer, label: {fr: Combien, en: How many}}
      bills:
        type: repeat
        label: {fr: Factures, en: Bills}
        at_least: 1
        at_most: 5
        fields:
          what: {type: text, label: {fr: Objet, en: What}}
          price:
            type: money
            min: 1
            label: {fr: Montant, en: Price}
            check: {round_price: {require: "modulo(price, 1) = 0", otherwise: {fr: "Sans centimes : {price}.", en: "No cents: {price}."}}}
          why: {when: price > 100, type: text, label: {fr: Raison, en: Why}}
        totals: {spent: {sum: price, label: {fr: Total, en: Total}}}
        check: {spent_fits: {require: spent <= 500, otherwise: {fr: "Trop : {spent}.", en: "Too much: {spent}."}}}
      files: {type: file, at_most: at_most_bills, optional: true, label: {fr: Pièces, en: Files}}
"""
BREAD = {"what": "Pain", "price": "10.00"}


def document(number):
    return {"id": f"d{number}", "name": f"{number}.pdf", "size": 1, "media_type": "application/pdf"}


@pytest.mark.parametrize(
    ("bills", "expected"),
    [
        (None, [("bills", "missing")]),
        ([], [("bills", "missing")]),
        ([BREAD] * 5, []),
        ([BREAD] * 6, [("bills", "too_many")]),
        ([BREAD, {"price": "10.00"}], [("bills.1.what", "missing")]),
        (
            [BREAD, {"what": "x", "price": "0.50"}],
            [("bills.1.price", "too_small"), ("bills.1.price", "check")],
        ),
        ([{"what": "x", "price": "200.00"}], [("bills.0.why", "missing")]),
        ([{"what": "x", "price": "50.00", "why": ""}], []),
        ([{"what": "x", "price": "200.00", "why": "y"}] * 3, [("bills", "check")]),
        ([{"what": "x", "price": "10.50"}], [("bills.0.price", "check")]),
        ([{"what": "x", "price": 10}], [("bills.0.price", "malformed")]),
        (["x"], [("bills.0", "malformed")]),
        ("x", [("bills", "malformed")]),
    ],
)
def test_rows_are_judged_one_by_one_and_together(scheme_of, reading_of, told, bills, expected):
    """DEFRA acceptance case 7, and checks on one row and on all."""
    reading = reading_of(scheme_of(BILLS), {"at_most_bills": 2, "bills": bills})
    problems = validate_page(reading, "costs")
    assert told(problems) == expected
    assert all(stated(problem.code, problem.params) for problem in problems)


def test_a_computed_bound_counts_documents(scheme_of, reading_of, told):
    answers = {"at_most_bills": 2, "bills": [BREAD], "files": [document(1), document(2), document(3)]}
    [problem] = validate_all(reading_of(scheme_of(BILLS), answers))
    assert (problem.path, problem.code, dict(problem.params)) == (
        ("files",),
        "too_many",
        {"max": Printed("2", "integer")},
    )
    assert validate_all(reading_of(scheme_of(BILLS), {**answers, "files": [document(1)]})) == ()


def test_a_check_says_its_text_with_the_figures(scheme_of, reading_of):
    answers = {"at_most_bills": 2, "bills": [{"what": "x", "price": "10.50"}]}
    [problem] = validate_all(reading_of(scheme_of(BILLS), answers))
    assert list(problem.params["phrases"]) == ["fr", "en"]
    assert problem.params["phrases"]["fr"][0].startswith("Sans centimes")


CHECKS = """\
form:
  ways:
    title: {fr: Joindre, en: Reach}
    fields:
      phone: {type: phone, optional: true, label: {fr: Téléphone, en: Phone}}
      email: {type: email, optional: true, label: {fr: Courriel, en: E-mail}}
      opening: {type: date, label: {fr: Début, en: Start}}
      closing: {type: date, label: {fr: Fin, en: End}}
    check:
      one_way: {require: phone != null or email != null, otherwise: {fr: Un moyen., en: One way.}}
      in_order: {require: opening < closing, otherwise: {fr: "L'ordre.", en: Order.}}
      same: {require: opening = closing or opening < closing, otherwise: {fr: "L'ordre encore.", en: Order again.}}
"""


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, [("opening", "missing"), ("closing", "missing"), ("email", "check")]),
        ({"phone": "+33450000000", "opening": "2020-05-05"}, [("closing", "missing")]),
        ({"phone": "+33450000000", "opening": "2020-05-05", "closing": "2020-05-06"}, []),
        (
            {"phone": "+33450000000", "opening": "2020-05-06", "closing": "2020-05-05"},
            [("closing", "check"), ("closing", "check")],
        ),
        ({"email": "a@exemple.fr", "opening": "2020-05-05", "closing": "2020-05-05"}, [("closing", "check")]),
    ],
)
def test_a_check_waits_for_what_it_reads(scheme_of, reading_of, told, answers, expected):
    assert told(validate_page(reading_of(scheme_of(CHECKS), answers), "ways")) == expected


LISTED = """\
form:
  one:
    title: {fr: Un, en: One}
    fields:
      naf: {type: choice, list: naf, label: {fr: Activité, en: Activity}}
      aids: {type: choices, options: {a: {fr: A, en: A}, b: {fr: B, en: B}}, at_most: 1, label: {fr: Aides, en: Aids}}
"""
NAF = "code,label\n" + "".join(f"{number:04}Z,Activité {number}\n" for number in range(732))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"naf": "0731Z", "aids": ["a"]}, []),
        ({"naf": "0732Z", "aids": ["a"]}, [("naf", "not_an_option")]),
        ({"naf": "0001Z", "aids": ["a", "b"]}, [("aids", "too_many")]),
        ({"naf": "0001Z", "aids": []}, [("aids", "missing")]),
        ({"naf": "0001Z", "aids": ["dropped"]}, [("aids.0", "not_an_option")]),
    ],
)
def test_an_option_that_was_dropped_is_told(scheme_of, reading_of, told, answers, expected):
    assert told(validate_all(reading_of(scheme_of(LISTED, naf=NAF), answers))) == expected


def test_a_page_that_is_hidden_has_no_problem(scheme_of, reading_of):
    hidden = YOU.replace("title: {fr: Vous, en: You}", "title: {fr: Vous, en: You}\n    when: 1 = 2")
    reading = reading_of(scheme_of(hidden), {"income": "x"})
    assert validate_all(reading) == ()
    assert validate_page(reading, "you") == ()
    assert validate_page(reading, "nowhere") == ()


def test_the_published_schema_fits_complete_answers(scheme_of, reading_of):
    schema = answer_schema(scheme_of(BILLS))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["at_most_bills", "bills"]
    assert schema["properties"]["bills"]["items"]["required"] == ["what", "price"]
    assert validator.is_valid({"at_most_bills": 2, "bills": [BREAD]})
    assert not validator.is_valid({"at_most_bills": 2, "bills": [BREAD], "other": 1})
    assert not validator.is_valid({"at_most_bills": 2, "bills": [{**BREAD, "price": "10.00\n"}]})


def test_the_form_of_an_action_is_judged_alone(scheme_of, reading_of, told):
    scheme = scheme_of(YOU)
    reading = reading_of(scheme, {})
    fields = {name: scheme.fields[name] for name in ("name", "income", "phone")}
    assert told(validate_fields(fields, {}, reading)) == [("name", "missing"), ("income", "missing")]
    assert told(validate_fields(fields, {"name": "x", "income": "-1.00"}, reading)) == [
        ("income", "too_small")
    ]
    assert validate_fields(fields, {"name": "x", "income": "1.00"}, reading) == ()


def test_today_moves_the_bounds(scheme_of, reading_of, told):
    answers = {"born": "2020-05-13"}
    codes = [
        dict(told(validate_all(reading_of(scheme_of(YOU), answers, day)))).get("born")
        for day in (date(2020, 5, 12), date(2020, 5, 13))
    ]
    assert codes == ["too_late", None]


def test_two_rows_that_share_what_is_unique_are_told_once_for_each_repetition(scheme_of, reading_of):
    scheme = scheme_of("""
        form:
          page:
            title: {fr: Page, en: Page}
            fields:
              bills:
                type: repeat
                unique: [seller, code]
                label: {fr: Factures, en: Bills}
                fields:
                  seller: {type: text, label: {fr: Vendeur, en: Seller}}
                  code: {type: text, optional: true, label: {fr: Code, en: Code}}
    """)
    rows = [
        {"seller": "Dupuis", "code": "A"},
        {"seller": "DUPUIS", "code": "a"},
        {"seller": "Dupuis"},
        {"seller": "Dupuis"},
    ]
    found = validate_page(reading_of(scheme, {"bills": rows}), "page")
    assert [(one.path, one.code, one.params) for one in found] == [
        (("bills",), "row_twice", {"row": 2, "first": 1})
    ]


def test_rows_that_say_the_same_are_told_with_their_names(scheme_of, reading_of):
    scheme = scheme_of("""
        form:
          page:
            title: {fr: Page, en: Page}
            fields:
              bills:
                type: repeat
                unique: [seller]
                row: {fr: "{seller}", en: "{seller}"}
                label: {fr: Factures, en: Bills}
                fields:
                  seller: {type: text, label: {fr: Vendeur, en: Seller}}
    """)
    rows = [{"seller": "Dupuis"}, {"seller": "DUPUIS"}]
    [found] = validate_page(reading_of(scheme, {"bills": rows}), "page")
    assert problem_sentence(found, scheme.fields["bills"], "en", labelled=False) == (
        "Change or remove row 2 (DUPUIS): it says the same as row 1 (Dupuis)."
    )
