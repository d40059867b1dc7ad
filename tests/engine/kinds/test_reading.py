"""What people type is read generously and exactly; each slip bears a code and says where it is."""

from __future__ import annotations

import pytest

from engine.kinds import BY_NAME, Slips
from engine.kinds.codes import EVERY_KIND, stated
from engine.kinds.typed import is_line

NBSP, THIN = "\u00a0", "\u202f"


def read(field, raw):
    """What the field's kind reads: the answer, or the problems as (path, code, params)."""
    found = BY_NAME[field.kind].read(field, raw if isinstance(raw, dict) else {"": [raw]})
    if not isinstance(found, Slips):
        return found
    for problem in found.problems:
        assert stated(problem.code, problem.params), problem
        kinds = [field.kind, *(inner.kind for inner in field.fields.values())]
        assert problem.code in {*EVERY_KIND, *(code for kind in kinds for code in BY_NAME[kind].codes)}, (
            problem
        )
    return [(problem.path, problem.code, dict(problem.params)) for problem in found.problems]


def slip(code, *part, **params):
    return [(("it", *part), code, params)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("12000", "12000.00"),
        ("12000.50", "12000.50"),
        ("1 234", "1234.00"),
        ("12 000,50", "12000.50"),
        ("12.000,50", "12000.50"),
        ("12,000.50", "12000.50"),
        (f"12{NBSP}000,50{NBSP}€", "12000.50"),
        (f"12{THIN}000,5", "12000.50"),
        ("12,000", "12000.00"),
        ("12.000", "12000.00"),
        ("1'234.50", "1234.50"),
        ("1.234.567", "1234567.00"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 €", "1234.00"),
        ("€1,234.50", "1234.50"),
        ("1234 EUR", "1234.00"),
        ("1 234 euros", "1234.00"),
        (",5", "0.50"),
        ("0,500", "0.50"),
        ("  7  ", "7.00"),
        ("-2", "-2.00"),
        ("−2,5", "-2.50"),
        ("-0", "0.00"),
        ("+3", "3.00"),
        ("１２", "12.00"),
        ("١٢", "12.00"),
        ("9" * 13, "9" * 13 + ".00"),
        ("", None),
        ("   ", None),
    ],
)
def test_money_is_read_as_it_was_meant(make_field, typed, stored):
    assert read(make_field("money"), typed) == stored


@pytest.mark.parametrize(
    ("typed", "code", "params"),
    [
        ("nope", "not_a_number", {}),
        ("1 2 000", "not_a_number", {}),
        ("12 00", "not_a_number", {}),
        ("5,", "not_a_number", {}),
        ("--5", "not_a_number", {}),
        ("1.000.00", "not_a_number", {}),
        ("1.000,000.50", "not_a_number", {}),
        ("1e5", "not_a_number", {}),
        ("NaN", "not_a_number", {}),
        ("Infinity", "not_a_number", {}),
        ("2²", "not_a_number", {}),
        ("0x10", "not_a_number", {}),
        ("1_000", "not_a_number", {}),
        ("True", "not_a_number", {}),
        ("9" * 5000, "not_a_number", {}),
        ("1234,567", "too_many_decimals", {"max": 2}),
        ("0,005", "too_many_decimals", {"max": 2}),
        ("9" * 14, "too_many_digits", {"max": 13}),
    ],
)
def test_money_slips_are_told_apart(make_field, typed, code, params):
    assert read(make_field("money"), typed) == slip(code, **params)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("integer", "1 000", 1000),
        ("integer", "12.000", 12000),
        ("integer", "12,0", 12),
        ("integer", "-3", -3),
        ("integer", "12,5", slip("not_a_whole_number")),
        ("integer", "deux", slip("not_a_number")),
        ("percentage", "40 %", "40"),
        ("percentage", "40", "40"),
        ("percentage", "12,50%", "12.5"),
        ("percentage", "33,3333", "33.3333"),
        ("percentage", "33,33333", slip("too_many_decimals", max=4)),
        ("decimal", "0.1", "0.1"),
        ("decimal", "100", "100"),
        ("decimal", "1 234,5", "1234.5"),
        ("decimal", "1,234", slip("ambiguous_number", thousands="1234", decimal="1,234")),
        ("decimal", "1,2340", "1.234"),
    ],
)
def test_other_figures_keep_their_exact_value(make_field, kind, typed, stored):
    assert read(make_field(kind), typed) == stored


def date_typed(day, month, year):
    return {"-day": [day], "-month": [month], "-year": [year]}


@pytest.mark.parametrize(
    ("day", "month", "year", "stored"),
    [
        ("5", "5", "2020", "2020-05-05"),
        (" 05 ", "05", "2020", "2020-05-05"),
        ("1er", "mars", "2020", "2020-03-01"),
        ("1", "Août", "2020", "2020-08-01"),
        ("1", "aout", "2020", "2020-08-01"),
        ("1", "févr.", "2020", "2020-02-01"),
        ("4", "July", "2020", "2020-07-04"),
        ("29", "2", "2020", "2020-02-29"),
        ("٥", "5", "2020", "2020-05-05"),
        ("05/05/2020", "", "", "2020-05-05"),
        ("2020-05-05", "", "", "2020-05-05"),
        ("", "", "", None),
        ("31", "02", "1990", slip("no_such_date", day=31, month=2, year=1990)),
        ("29", "2", "2021", slip("no_such_date", day=29, month=2, year=2021)),
        ("5", "13", "2020", slip("no_such_date", day=5, month=13, year=2020)),
        ("0", "1", "2020", slip("no_such_date", day=0, month=1, year=2020)),
        ("5", "5", "20", slip("year_not_four_digits")),
        ("5", "5", "12020", slip("year_not_four_digits")),
        ("5", "5", "0020", slip("year_not_four_digits")),
        ("5", "", "2020", slip("date_incomplete", parts=("month",))),
        ("", "", "2020", slip("date_incomplete", parts=("day", "month"))),
        ("x", "5", "2020", slip("not_a_date")),
        ("5", "brumaire", "2020", slip("not_a_date")),
        ("5", "5", "l'an 2020", slip("not_a_date")),
    ],
)
def test_a_day_is_read_from_three_controls(make_field, day, month, year, stored):
    assert read(make_field("date"), date_typed(day, month, year)) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("31/12/2020", "2020-12-31"),
        ("31 / 12 / 2020", "2020-12-31"),
        ("31.12.2020", "2020-12-31"),
        ("31-12-2020", "2020-12-31"),
        ("31 12 2020", "2020-12-31"),
        ("2020-12-31", "2020-12-31"),
        ("31.12.20", slip("year_not_four_digits")),
        ("1er janvier 2020", "2020-01-01"),
        ("Le 1er janvier 2020", "2020-01-01"),
        (f"1er{NBSP}janvier{NBSP}2020", "2020-01-01"),
        ("3 févr. 2020", "2020-02-03"),
        ("15 AOÛT 2020", "2020-08-15"),
        ("4-juil-2020", "2020-07-04"),
        ("January 1st, 2020", "2020-01-01"),
        ("4 July 2020", "2020-07-04"),
        ("31 février 2020", slip("no_such_date", day=31, month=2, year=2020)),
        ("1er janvier 20", slip("year_not_four_digits")),
        ("3 brumaire 2020", slip("not_a_date")),
        ("premier janvier 2020", slip("not_a_date")),
        ("1er janvier", slip("not_a_date")),
        ("trente et un décembre", slip("not_a_date")),
        ("aujourd’hui", slip("not_a_date")),
        ("12/31/2020", slip("no_such_date", day=12, month=31, year=2020)),
    ],
)
def test_a_whole_date_pasted_into_the_first_control_is_read(make_field, typed, stored):
    assert read(make_field("date"), date_typed(typed, "", "")) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("text", "  Café de l’Étoile  ", "Café de l’Étoile"),
        ("text", "Cafe\u0301", "Café"),
        ("text", "é" * 300, "é" * 300),
        ("text", "é" * 301, slip("too_long", max=300, length=301)),
        ("text", "a\x00b", "ab"),
        ("text", "a\x1bb", "ab"),
        ("text", "a\ud800b", slip("control_character")),
        ("text", "gauche\u202edroite", "gauchedroite"),
        ("text", "so\u00adlution\u200b finale\ufeff", "solution finale"),
        ("text", "deux\x0blignes", "deux lignes"),
        ("text", "\u200b\u2060", None),
        ("text", "une famille : 👨\u200d👩\u200d👧", "une famille : 👨\u200d👩\u200d👧"),
        ("phone", "\u202a06 12 34 56 78\u202c", "+33612345678"),
        ("phone", "\u200e06 12 34 56 78", "+33612345678"),
        ("email", "\u200eada@exemple.fr\u200b", "ada@exemple.fr"),
        ("iban", "\u2068FR76 3000 6000 0112 3456 7890 189\u2069", "FR7630006000011234567890189"),
        ("money", "\u200e12\u200b 000,50", "12000.50"),
        ("text", "une\r\nligne", "une ligne"),
        ("text", "<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("text", "=1+1", "=1+1"),
        ("long_text", "une\r\nligne\rpuis", "une\nligne\npuis"),
        ("long_text", "a\x00b\x0cc", "ab\nc"),
        ("long_text", "\n\n", None),
    ],
)
def test_texts_are_kept_without_what_nobody_sees_and_counted_in_characters(make_field, kind, typed, stored):
    assert read(make_field(kind), typed) == stored


def test_71_characters_of_70_are_refused(make_field):
    assert read(make_field("text", max_length=70), "x" * 71) == slip("too_long", max=70, length=71)
    assert read(make_field("text", min_length=3), "ab") == slip("too_short", min=3, length=2)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("04 50 00 00 00", "+33450000000"),
        ("04.50.00.00.00", "+33450000000"),
        ("+33 (0)4 50 33 00 00", "+33450330000"),
        ("00 33 4 50 33 00 00", "+33450330000"),
        ("0262 12 34 56", "+262262123456"),
        ("0692 12 34 56", "+262692123456"),
        ("0590 27 12 34", "+590590271234"),
        ("0596 70 12 34", "+596596701234"),
        ("0594 30 12 34", "+594594301234"),
        ("0269 61 12 34", "+262269611234"),
        ("0508 41 12 34", "+508411234"),
        ("+508 41 12 34", "+508411234"),
        ("+687 26 54 32", "+687265432"),
        ("+41 22 730 51 11", "+41227305111"),
        ("041 12 34", slip("not_a_phone")),
        ("0450", slip("not_a_phone")),
        ("mon portable", slip("not_a_phone")),
        ("", None),
    ],
)
def test_phones_of_france_and_overseas_are_known(make_field, typed, stored):
    assert read(make_field("phone"), typed) == stored


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("siret", "732 829 320 00074", "73282932000074"),
        ("siret", "73282932000075", slip("siret_wrong_key")),
        ("siret", "7328293200007", slip("siret_not_14_digits", digits=13)),
        ("siret", "siret", slip("siret_not_14_digits", digits=0)),
        ("siret", "35600000049837", "35600000049837"),  # La Poste's own sum
        ("iban", "fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189"),
        ("iban", "FR76.3000.6000.0112.3456.7890.189", "FR7630006000011234567890189"),
        ("iban", "FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        ("iban", "FR06 3000 6000 0112 3456 7890 188", slip("rib_wrong_key")),
        ("iban", "FR77 3000 6000 0112 3456 7890 189", slip("iban_wrong_key")),
        ("iban", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("iban", "mon compte", slip("not_an_iban")),
        ("email", " jeanne@exemple.fr ", "jeanne@exemple.fr"),
        ("email", "jeanne@Exemple.FR", "jeanne@exemple.fr"),
        ("email", "nope", slip("not_an_email")),
        ("email", "a@b", slip("not_an_email")),
        ("email", "a" * 300 + "@exemple.fr", slip("not_an_email")),
        ("yes_no", "yes", True),
        ("yes_no", "non", False),
        ("yes_no", "", None),
        ("yes_no", "peut-être", slip("not_yes_or_no")),
        ("consent", "yes", True),
        ("consent", "", None),
    ],
)
def test_numbers_with_a_key_are_proven(make_field, kind, typed, stored):
    assert read(make_field(kind), typed) == stored


def test_choices_are_those_of_the_scheme(make_field, label):
    options = {"a": label("Une"), "b": label("Deux")}
    assert read(make_field("choice", options=options), "b") == "b"
    assert read(make_field("choice", options=options), "c") == slip("not_an_option")
    assert read(make_field("choices", options=options), {"": ["b", "a", "b"]}) == ["a", "b"]
    assert read(make_field("choices", options=options), {"": ["a", "z"]}) == slip("not_an_option")
    assert read(make_field("choices", options=options), {}) is None
    assert read(make_field("choices", options=options, optional=True), {}) == []


def test_an_address_tells_each_missing_part(make_field):
    home = make_field("address")
    whole = {"-street": ["1 rue du Lac"], "-extra": [""], "-postcode": ["74 000"], "-commune": ["Annecy"]}
    assert read(home, whole) == {"street": "1 rue du Lac", "postcode": "74000", "commune": "Annecy"}
    assert read(home, {"-street": [" "]}) is None
    assert read(home, {"-street": ["1 rue"], "-postcode": ["740"]}) == [
        (("it", "postcode"), "not_a_postcode", {}),
        (("it", "commune"), "missing", {}),
    ]


def test_a_person_tells_each_slip(make_field):
    person = make_field("person", born=True)
    typed = {
        "-first_name": ["Ada"],
        "-last_name": [""],
        "-born-day": ["31"],
        "-born-month": ["2"],
        "-born-year": ["1990"],
    }
    assert read(person, typed) == [
        (("it", "last_name"), "missing", {}),
        (("it", "born"), "no_such_date", {"day": 31, "month": 2, "year": 1990}),
    ]
    assert read(make_field("person"), {"-first_name": ["Ada"], "-last_name": ["Essai"]}) == {
        "first_name": "Ada",
        "last_name": "Essai",
    }


def test_rows_are_read_in_order(make_field):
    rows = {"name": make_field("text", "name"), "share": make_field("percentage", "share")}
    partners = make_field("repeat", fields=rows)
    typed = {"-10-name": ["Dix"], "-10-share": ["60"], "-2-name": ["Deux"], "-2-share": ["40 %"]}
    assert read(partners, typed) == [{"name": "Deux", "share": "40"}, {"name": "Dix", "share": "60"}]
    assert read(partners, {"-0": ["row"], "-1-share": ["beaucoup"]}) == [
        (("it", 1, "share"), "not_a_number", {})
    ]
    assert read(partners, {"-0": ["row"]}) == [{}]
    assert read(partners, {}) == []
    assert read(partners, {f"-{n}": ["row"] for n in range(201)})[0][1] == "too_many"


def test_names_of_fields_are_names(make_field):
    field = make_field("fields")
    assert read(field, {"": ["iban", "home", "iban"]}) == ["iban", "home"]
    assert read(field, {"": ["iban'; --"]}) == slip("not_a_field")


def test_every_line_of_a_grid_is_answered_unless_it_is_optional(make_field, label):
    keys = {"rows": {"x": label("Ici"), "y": label("Là")}, "options": {"a": label("Une"), "b": label("Deux")}}
    kind = BY_NAME["choice_grid"]
    wrong = kind.read(make_field("choice_grid", **keys), {"-x": ["a"]})
    assert [(one.code, one.path) for one in wrong.problems] == [("missing", ("it", "y"))]
    assert kind.read(make_field("choice_grid", optional=True, **keys), {"-x": ["a"]}) == {"x": "a"}
    assert kind.read(make_field("choice_grid", **keys), {}) is None
    assert kind.value(make_field("choice_grid", **keys), {"x": "a"}) == {"x": "a", "y": None}


def test_format_of_a_line_wants_something_said():
    assert [is_line(one) for one in ("Annecy", " ", "\u00a0", "")] == [True, False, False, True]
