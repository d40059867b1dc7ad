"""The published schemes as data: which are open, and the JSON Schema of the answers to each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from api.doors import open_to
from dossiers.services import publication
from dossiers.services.refusals import NotFound
from engine.language.schema import schema_of_tests, scheme_schema
from engine.validation import answer_schema, step_schema

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
@blueprint.get("/schemes/<slug>/schema/<step>")
@blueprint.get("/schemes/<slug>/versions/<int:number>/schema")
@blueprint.get("/schemes/<slug>/versions/<int:number>/schema/<step>")
@open_to("anyone")
def schema(slug: str, number: int | None = None, step: str | None = None) -> Response | tuple[Response, int]:
    """The JSON Schema (2020-12) of the answers to a version, the one in force when not said; of one step, when named.

    `?language=` gives the labels in another language of the scheme. 404 for an unknown scheme, version or step.
    """
    desk = current_app.extensions["guichet"].desk
    try:
        published = (
            desk.read(publication.current, slug)
            if number is None
            else desk.read(publication.numbered, slug, number)
        )
    except NotFound:
        return _unknown("unknown_scheme", f"No such scheme or version: {slug!r}.")
    scheme = published.scheme
    wanted = request.args.get("language")
    language = wanted if wanted in scheme.languages else None
    if step is None:
        return _lasting(answer_schema(scheme, language))
    if step not in scheme.form:
        return _unknown("unknown_step", f"No such step: {step!r}.")
    return _lasting(step_schema(scheme, scheme.form[step], language))


def _unknown(code: str, message: str) -> tuple[Response, int]:
    errors = [{"field": None, "code": code, "message": message}]
    return jsonify({"status": 404, "title": "Not found", "errors": errors}), 404


def _lasting(schema: Mapping[str, Any]) -> Response:
    """A schema with its ETag: who has it already is told that it's still the one."""
    answer = jsonify(schema)
    answer.mimetype = "application/schema+json"
    answer.headers["Cache-Control"] = "public, max-age=300"
    answer.add_etag()
    answer.make_conditional(request)
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
