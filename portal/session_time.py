"""The time a session still has: extended by who says they are there."""

from __future__ import annotations

from datetime import datetime

from flask import Response, g, jsonify

from dossiers.services import visitors
from portal.doors import blueprint, open_to
from portal.showing import act, now


@blueprint.post("/session/prolonger")
@open_to("applicant")
def extend_session() -> Response:
    """Let the session go on; the seconds it has now."""
    ends_at: datetime | None = act(visitors.extend, g.token)
    return jsonify(left=max(0, round((ends_at - now()).total_seconds())) if ends_at else 0)
