"""The published schemes as data: which are open, and the JSON Schema of the answers to each."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from api.doors import open_to
from dossiers.services import publication
from dossiers.services.refusals import NotFound
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


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
