"""Promises every kind keeps: whatever is typed never raises, and what is read fits its own schema."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.kinds import BY_NAME, KINDS, Slips
from engine.kinds.codes import CODES, EVERY_KIND, stated
from engine.kinds.file import refusals
from engine.language.form_model import Line
from engine.validation.formats import FORMATS

DATE = ("-day", "-month", "-year")


def fields_of(make_field, label):
    """One field of each kind that is read from a form."""
    options = {"a": label("Une"), "b": label("Deux")}
    keys = {"choice_grid": {"options": options, "rows": {"x": label("Ici"), "y": label("Là")}}}
    keys |= {"choice": {"options": options}, "choices": {"options": options}, "person": {"born": True}}
    found = {kind.name: make_field(kind.name, **keys.get(kind.name, {})) for kind in KINDS}
    row = {name: make_field(name, name, **keys.get(name, {})) for name in ("text", "money", "date", "choice")}
    lines = {id: Line(id, label(id)) for id in ("first", "second")}
    table = make_field(
        "matrix", fields={one: make_field(one, one, optional=True) for one in ("text", "money")}, lines=lines
    )
    return {**found, "repeat": make_field("repeat", fields=row), "matrix": table}


@pytest.fixture(scope="session")
def everything(make_field, label):
    """A field of every kind."""
    return fields_of(make_field, label)


SOME = {
    "text": {"": ["Café de l’Étoile"]},
    "long_text": {"": ["une\nligne"]},
    "integer": {"": ["12"]},
    "decimal": {"": ["12,3450"]},
    "money": {"": ["12 000,50"]},
    "percentage": {"": ["40"]},
    "date": dict(zip(DATE, (["5"], ["5"], ["2020"]), strict=True)),
    "yes_no": {"": ["no"]},
    "choice": {"": ["a"]},
    "choices": {"": ["a", "b"]},
    "choice_grid": {"-x": ["a"], "-y": ["b"]},
    "consent": {"": ["yes"]},
    "email": {"": ["jeanne@exemple.fr"]},
    "phone": {"": ["04 50 00 00 00"]},
    "address": {"-street": ["1 rue"], "-postcode": ["74000"], "-commune": ["Annecy"]},
    "siret": {"": ["73282932000074"]},
    "iban": {"": ["FR76 3000 6000 0112 3456 7890 189"]},
    "siren": {"": ["732 829 320"]},
    "rna": {"": ["w751234567"]},
    "vat": {"": ["FR 40 303 265 045"]},
    "nir": {"": ["2 95 10 99 126 111 93"]},
    "bic": {"": ["agri fr pp"]},
    "url": {"": ["exemple.fr"]},
    "postal_code": {"": ["74 000"]},
    "time": {"": ["9 h 30"]},
    "rating": {"": ["4"]},
    "geo_point": {"-latitude": ["45,899"], "-longitude": ["6.129 E"]},
    "dossier_reference": {"": ["au74-2026-00012"]},
    "date_time": dict(zip((*DATE, "-time"), (["5"], ["5"], ["2020"], ["9h30"]), strict=True)),
    "year": {"": ["2020"]},
    "commune": {"": ["Saint-Denis"], "-code": ["93066"]},
    "department": {"": ["74"]},
    "country": {"": ["FR"]},
    "person": {
        "-first_name": ["Ada"],
        "-last_name": ["Essai"],
        "-born-day": ["5"],
        "-born-month": ["5"],
        "-born-year": ["1980"],
    },
    "fields": {"": ["iban"]},
    "matrix": {"-first-money": ["5 000,50"], "-second-text": ["Rien"]},
    "repeat": {
        "-0": ["row"],
        "-0-money": ["12,5"],
        "-0-date-day": ["5"],
        "-0-date-month": ["5"],
        "-0-date-year": ["2020"],
    },
}


def test_every_kind_has_an_example_here():
    assert set(SOME) | {"file"} == {kind.name for kind in KINDS}


@pytest.mark.parametrize("name", SOME)
def test_a_saved_answer_comes_back_the_same(everything, name):
    kind, field = BY_NAME[name], everything[name]
    answer = kind.read(field, SOME[name])
    assert not isinstance(answer, Slips)
    again = kind.read(field, kind.raw(field, answer))
    assert again == answer
    assert kind.value(field, answer) is not None
    assert kind.printed(field, answer, "fr")


@pytest.mark.parametrize("name", SOME)
def test_the_schema_accepts_what_is_read(everything, name):
    kind, field = BY_NAME[name], everything[name]
    answer = kind.read(field, SOME[name])
    schema = kind.schema(field)
    if name == "repeat":
        schema = {**schema, "items": {**schema["items"], "required": []}}
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(answer)) == []


@pytest.mark.parametrize("name", [name for name in SOME if name not in {"text", "long_text"}])
@pytest.mark.parametrize(
    "wrong", ["2020-13-45\n", "27000\n", [], {}, 3.5, ["x"], {"a": 1}, [{"a": 1}], [["x"]], "٣"]
)
def test_the_schema_refuses_other_shapes(everything, name, wrong):
    kind, field = BY_NAME[name], everything[name]
    validator = Draft202012Validator(kind.schema(field))
    refused = bool(list(validator.iter_errors(wrong)))
    assert refused or (name == "fields" and wrong == ["x"])
    kind.value(field, wrong)
    kind.printed(field, wrong, "fr")
    kind.raw(field, wrong)


typed_text = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789 .,'-+€%\u00a0\u202f", max_size=30),
    st.text(alphabet="FR0123456789 abcdefghij@./", max_size=40),
)


@pytest.mark.parametrize("name", [*SOME, "file"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_text_whatever_makes_a_reader_raise(everything, name, data):
    field = everything[name]
    kind = BY_NAME[name]
    suffixes = [
        *kind.inputs(field),
        "",
        "-0",
        "-0-money",
        "-0-date-day",
        "-1-text",
        "-first-money",
        "-second-text",
        "-99999-x",
        "-x",
    ]
    raw = data.draw(st.dictionaries(st.sampled_from(suffixes), st.lists(typed_text, max_size=3), max_size=6))
    found = kind.read(field, raw)
    if isinstance(found, Slips):
        for problem in found.problems:
            assert stated(problem.code, problem.params)
            assert problem.path[0] == field.id
    elif found not in (None, [], {}) and name != "repeat":
        assert list(Draft202012Validator(kind.schema(field)).iter_errors(found)) == []
        assert kind.value(field, found) is not None
        assert kind.read(field, kind.raw(field, found)) == found


def parts_of(schema: object) -> Iterator[dict[str, object]]:
    """A schema and all that stand in it."""
    if isinstance(schema, dict):
        yield schema
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for one in inside:
        yield from parts_of(one)


@pytest.mark.parametrize("name", [*SOME, "file"])
def test_formats_are_known_and_patterns_hold_no_trap(everything, name):
    """A `$` lets a final line break through, `\\d` and `\\w` the digits and letters of every script."""
    for part in parts_of(BY_NAME[name].schema(everything[name])):
        assert part.get("format", "date") in FORMATS.checkers
        pattern = part.get("pattern", "^$(?!\\n)")
        assert pattern.startswith("^")
        assert pattern.endswith("$(?!\\n)")
        assert r"\d" not in pattern
        assert r"\w" not in pattern


close_to_right = st.sampled_from(
    [
        "FR7630006000011234567890189",
        "FR7630006000011234567890188",
        "DE89370400440532013000",
        "73282932000074",
        "73282932000075",
        "35600000000048",
        "2020-02-29",
        "2021-02-29",
        "0999-01-01",
        "a@b",
        "jeanne@exemple.fr",
        "+33450000000",
        "+33123",
        "12000.50",
        "-0.00",
        "12.3450",
        "74000",
        "a",
        "b",
        "Ada\u202e",
    ]
)


@pytest.mark.parametrize("name", [name for name in SOME if BY_NAME[name].proven and name != "repeat"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_the_schema_and_its_formats_accept_reads_again_without_a_slip(everything, name, data):
    kind, field = BY_NAME[name], everything[name]
    one = st.one_of(close_to_right, typed_text, st.integers(), st.booleans())
    parts = [suffix[1:].partition("-")[0] for suffix in kind.inputs(field) if suffix]
    whole = st.fixed_dictionaries(dict.fromkeys(parts, one)) if parts and name != "date" else one
    answer = data.draw(st.one_of(whole, st.lists(one, max_size=3)))
    if Draft202012Validator(kind.schema(field), format_checker=FORMATS).is_valid(answer):
        assert kind.value(field, answer) is not None
        assert not isinstance(kind.read(field, kind.raw(field, answer)), Slips)


def test_each_kind_names_known_codes_only():
    for kind in KINDS:
        assert set(kind.codes) <= set(CODES)
        assert kind.blank in CODES
    assert set(CODES) == {*EVERY_KIND, *(code for kind in KINDS for code in kind.codes)}


def test_each_yaml_key_of_a_kind_is_described():
    for kind in KINDS:
        assert kind.expressions <= kind.keys.keys()
        for key, schema in kind.keys.items():
            Draft202012Validator.check_schema(schema)
            assert str(schema["description"]).endswith("."), (kind.name, key)


@pytest.mark.parametrize(
    ("media_type", "size", "code"),
    [
        ("application/pdf", 5_000_000, None),
        ("application/pdf", 5_000_001, "file_too_big"),
        ("application/pdf", 0, "file_empty"),
        ("image/svg+xml", 10, "file_type"),
        ("text/html", 10, "file_type"),
    ],
)
def test_a_document_is_judged_by_its_content(make_field, media_type, size, code):
    field = make_field("file", accept=("pdf", "jpeg"), max_size=5_000_000)
    found = refusals(field, "rib.pdf", media_type, size)
    assert [problem.code for problem in found] == ([code] if code else [])
    assert all(stated(problem.code, problem.params) for problem in found)
