"""The published schemes as data: which are open, and the JSON Schema of the answers to each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from api.doors import open_to
from dossiers.services import publication
from dossiers.services.refusals import NotFound
from engine.language.schema import schema_of_tests, scheme_schema
from engine.validation import answer_schema

blueprint = Blueprint("api", __name__, url_prefix="/api")


@blueprint.get("/schemes")
@open_to("anyone")
def schemes() -> Response:
    """Every published scheme: id, title in each language, whether it takes applications, its dates (local days)."""
    cards = current_app.extensions["guichet"].desk.read(publication.open_schemes)
    return jsonify(
        [
            {
                "id": card.slug,
                "title": {language: card.title.plain(language) for language in card.languages},
                "open": card.open,
                "opens": _day(card.opens),
                "closes": _day(card.closes),
            }
            for card in cards
        ]
    )


@blueprint.get("/schemes/<slug>/schema")
@open_to("anyone")
def schema(slug: str) -> Response | tuple[Response, int]:
    """The JSON Schema (2020-12) of the answers to the version in force; 404 for an unknown scheme."""
    try:
        published = current_app.extensions["guichet"].desk.read(publication.current, slug)
    except NotFound:
        errors = [{"field": None, "code": "unknown_scheme", "message": f"No scheme is called {slug!r}."}]
        return jsonify({"status": 404, "title": "Not found", "errors": errors}), 404
    answer = jsonify(answer_schema(published.scheme))
    answer.mimetype = "application/schema+json"
    return answer


@blueprint.get("/scheme.schema.json")
@open_to("anyone")
def language() -> Response:
    """The JSON Schema (2020-12) of a scheme.yaml, for editors: the language of this site's version."""
    return _described(scheme_schema())


@blueprint.get("/tests.schema.json")
@open_to("anyone")
def tests_language() -> Response:
    """The JSON Schema (2020-12) of a tests.yaml, for editors."""
    return _described(schema_of_tests())


def _described(schema: Mapping[str, Any]) -> Response:
    answer = jsonify(schema)
    answer.mimetype = "application/schema+json"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.headers["Access-Control-Allow-Origin"] = (
        "*"  # nothing in it is anybody's: editors in a page may read it
    )
    return answer


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
