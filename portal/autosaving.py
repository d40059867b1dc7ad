"""What is typed on a page, kept while it is typed: asked by the page's script, answered in JSON."""

from __future__ import annotations

from flask import Response, g, jsonify

from dossiers.services import applications
from dossiers.services.draft_views import Autosaved, Conflict
from dossiers.services.refusals import Refused
from portal.doors import blueprint, open_to
from portal.sent import asked_ids, controls_sent, source_sent
from portal.showing import act, language, organisation, session_left, told
from renderers import pages, words
from renderers.catalogues import marked
from renderers.conflicts import shown_conflict

SAVED = marked("Saved at %(time)s")


@blueprint.post("/demandes/<public_id>/<page_id>/brouillon")
@open_to("applicant")
def autosave(public_id: str, page_id: str) -> Response:
    """Keep the fields sent; nothing is demanded of them. 409 when the page can't be answered any more."""
    try:
        kept: Autosaved = act(
            applications.autosave,
            g.viewer,
            public_id,
            page_id,
            form=controls_sent(),
            asked=asked_ids() or (),
            source=source_sent(),
        )
    except Refused:
        response = jsonify(refused=True)
        response.status_code = 409
        return response
    time = words.clock(kept.at, language(), organisation().zone)
    conflicts = [{"id": one.field.id, "html": _html(one)} for one in kept.conflicts]
    return jsonify(
        said=told(SAVED, time=time), revision=kept.revision, conflicts=conflicts, left=session_left()
    )


def _html(one: Conflict) -> str:
    shown = shown_conflict(one, language())
    return pages.render("portal/conflict_live.html", language(), one=shown, zone=organisation().zone).strip()
