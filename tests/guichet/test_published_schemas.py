"""What a published version asks can be read by machines: one JSON Schema of the whole, and one for each step."""

import json
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from authoring.samples import invent
from engine.language import load_scheme
from engine.organisation import Organisation
from engine.validation.formats import FORMATS
from tests.fixtures.haute_savoie import FOLDER

SLUG = "haute-savoie-emergency-grant"


def read(demo, address, **headers):
    return demo.app.test_client().get(address, headers=headers)


def steps(demo):
    return [one["id"] for one in read(demo, f"/api/schemes/{SLUG}/schema").json["x-steps"]]


def test_the_schemas_of_the_whole_and_of_each_step_are_json_schema(demo):
    whole = read(demo, f"/api/schemes/{SLUG}/schema")
    assert (whole.status_code, whole.mimetype) == (200, "application/schema+json")
    Draft202012Validator.check_schema(whole.json)
    properties = {}
    for step in steps(demo):
        one = read(demo, f"/api/schemes/{SLUG}/schema/{step}").json
        Draft202012Validator.check_schema(one)
        assert one["title"]
        properties |= one["properties"]
    assert properties == whole.json["properties"]


def test_fields_say_their_label_their_kind_and_their_conditions(demo):
    whole = read(demo, f"/api/schemes/{SLUG}/schema").json
    status, closed_on = whole["properties"]["status"], whole["properties"]["closed_on"]
    assert (status["title"], status["x-kind"]) == ("Comment exercez-vous votre activité\u00a0?", "choice")
    assert set(status["x-labels"]) == set(status["enum"])
    assert closed_on["x-when"] == "closed"
    assert closed_on["x-max"] == "today()"
    assert "status" in whole["required"]
    assert "closed_on" not in whole["required"]
    english = read(demo, f"/api/schemes/{SLUG}/schema?language=en").json
    assert english["properties"]["status"]["title"] != status["title"]


def test_what_was_filed_fits_the_schema_of_its_version(demo):
    schema = read(demo, f"/api/schemes/{SLUG}/versions/1/schema").json
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    samples = invent(load_scheme(FOLDER), 5, **_world())
    assert [error.message for one in samples for error in validator.iter_errors(_json(one.answers))] == []


def _world():
    office = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
    return {"random": Random(7), "now": datetime(2020, 6, 10, 10, tzinfo=UTC), "organisation": office}


def _json(answers):
    return json.loads(json.dumps(answers))


def test_who_has_a_schema_already_is_told_so(demo):
    address = f"/api/schemes/{SLUG}/schema/{steps(demo)[0]}"
    first = read(demo, address)
    again = read(demo, address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert read(demo, f"{address}?language=en").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("nowhere/schema", "unknown_scheme"),
        (f"{SLUG}/versions/99/schema", "unknown_scheme"),
        (f"{SLUG}/schema/nowhere", "unknown_step"),
    ],
)
def test_what_does_not_exist_is_told_in_the_one_shape_of_errors(demo, address, code):
    answer = read(demo, f"/api/schemes/{address}")
    assert answer.status_code == 404
    assert [error["code"] for error in answer.json["errors"]] == [code]
