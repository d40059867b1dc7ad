"""A platform gives answers beforehand, and gets the link its user begins the application with."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from flask import Response, current_app, jsonify, request

from api.doors import open_to
from api.schemes import blueprint
from dossiers.services import prefilling, publication
from dossiers.services.refusals import NotFound
from renderers.links import Links
from renderers.words import problem_sentence

TOKEN = "api"  # the name of the setting, under [tokens]
MESSAGES = {
    "unknown_field": "The form has no such field.",
    "never_given": "A document or a consent can't be given beforehand.",
    "unreadable": "The value can't be put into this field.",
}
Problem = dict[str, Any]


@blueprint.post("/schemes/<slug>/prefill")
@open_to("anyone")
def prefill(slug: str) -> tuple[Response, int]:
    """`{"answers": {…}}` → 201 `{"link", "expires", "problems"}`: nothing is kept until the person begins.

    Wants `Authorization: Bearer` and the token `api` of the settings. What is wrong is told, by field, and put beside the
    field; what can't be taken is told too.
    """
    front = current_app.extensions["guichet"]
    if not _is_known(front.settings.tokens.get(TOKEN, "")):
        return _refused(401, "Unauthorized", "bad_token", "The token is missing or wrong.")
    given = request.get_json(silent=True)
    answers = given.get("answers") if isinstance(given, Mapping) else None
    if not isinstance(answers, Mapping):
        return _refused(400, "Bad request", "no_answers", "Send a JSON object whose `answers` is an object.")
    try:
        scheme = front.desk.read(publication.current, slug).scheme
    except NotFound:
        return _refused(404, "Not found", "unknown_scheme", f"No scheme is called {slug!r}.")
    office = front.desk.office
    taken = prefilling.take(scheme, answers, office.clock(), office.organisation)
    until = office.clock() + prefilling.LASTS
    try:
        token = prefilling.sealed(office.vault, slug, taken.answers, until)
    except prefilling.LinkTooLong:
        return _refused(413, "Too large", "too_long", "These answers are too long for a link: send fewer.")
    link = f"{front.settings.base_url}{Links().scheme(slug)}?avec={token}"
    return jsonify({"link": link, "expires": until.isoformat(), "problems": _problems(taken, scheme)}), 201


def _problems(taken: prefilling.Taken, scheme: Any) -> list[Problem]:
    refused = [_problem(name, code, MESSAGES[code]) for name, code in taken.refused.items()]
    wrong = [
        _problem(
            str(one.path[0]),
            one.code,
            problem_sentence(one, scheme.fields[str(one.path[0])], "en", labelled=False),
        )
        for one in taken.problems
        if one.path
    ]
    return [*refused, *wrong]


def _problem(field: str | None, code: str, message: str) -> Problem:
    return {"field": field, "code": code, "message": message}


def _is_known(token: str) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(sent.encode(), token.encode())


def _refused(status: int, title: str, code: str, message: str) -> tuple[Response, int]:
    return jsonify({"status": status, "title": title, "errors": [_problem(None, code, message)]}), status
