"""A site hands out the schemas of its language at addresses that don't change."""

from __future__ import annotations

import json

import pytest

from engine.language.schema import schema_of_tests, scheme_schema


@pytest.mark.parametrize(("address", "schema"), [
    ("/api/scheme.schema.json", scheme_schema),
    ("/api/tests.schema.json", schema_of_tests),
])  # fmt: skip
def test_schema_of_the_language_is_at_its_address(demo, address, schema):
    answer = demo.app.test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/schema+json")
    assert json.loads(answer.data) == schema()
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
