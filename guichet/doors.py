"""Refusal by default: each route states who may use it, and this module holds it to that."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from flask import Flask, abort, current_app, g, redirect, request
from werkzeug.wrappers import Response

AUDIENCES = ("anyone", "applicant", "staff", "administrator")


class DoorWithoutKeeper(RuntimeError):
    """A route states no audience: mark its view with @open_to(...) before it can be served."""


def audience_of(app: Flask, endpoint: str) -> str:
    """Who may use `endpoint`: one of AUDIENCES. Raises DoorWithoutKeeper when the view doesn't say."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return "anyone"
    audience = getattr(app.view_functions[endpoint], "open_to", None)
    if audience not in AUDIENCES:
        raise DoorWithoutKeeper(
            f"{endpoint} states no audience (got {audience!r}; expected one of {AUDIENCES})"
        )
    return str(audience)


def check_every_door(app: Flask) -> None:
    """Refuse to start when a single route has no audience."""
    for rule in app.url_map.iter_rules():
        audience_of(app, rule.endpoint)


def admits(audience: str) -> bool:
    """Whether the present viewer belongs to `audience`. Which dossiers they may see is the services' business."""
    viewer = g.viewer
    keepers: dict[str, Callable[[], bool]] = {
        "anyone": lambda: True,
        "applicant": lambda: viewer.kind == "applicant",
        "staff": lambda: viewer.kind == "staff",
        "administrator": lambda: viewer.kind == "staff" and viewer.administrator,
    }
    return keepers[audience]()


def keep_doors() -> Response | None:
    """Before each request: let in, send to the right sign-in page, or answer 403."""
    if request.endpoint is None:
        return None
    audience = audience_of(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]
    if admits(audience):
        return None
    if audience == "applicant":
        from portal.kept import session_ended as applicant_ended

        return _ended(applicant_ended, "/session-terminee")
    if g.viewer.kind != "staff":
        from admin.kept import session_ended as staff_ended

        # with what the address asks: a list narrowed, the figures of some days, as they were shared
        wanted = request.full_path if request.query_string else request.path
        return _ended(staff_ended, f"/bureau/connexion?{urlencode({'vers': wanted})}")
    return abort(403)


def _ended(keep: Callable[[], Response], address: str) -> Response:
    """To the way back in; what was typed in a form is kept for after it."""
    return keep() if request.method == "POST" else redirect(address, 303)
