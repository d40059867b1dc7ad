"""Drafts: opened elsewhere by a code, and erased by who wants them no more."""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import codes, discarding
from portal.applying import application
from portal.cookies import keep_session
from portal.doors import blueprint, open_to
from portal.showing import act, language, notify, show, told
from renderers.catalogues import marked
from renderers.links import Links

LINKS = Links()
WRONG = marked(
    "This code and this address don't open an application. Check both. After twenty wrong tries a code opens nothing until you open a link sent to you by mail."
)
ERASED = marked("The draft and its documents are erased.")


@blueprint.get("/reprendre")
@open_to("anyone")
def by_code() -> Response:
    """Where the code of a draft is typed."""
    return show("portal/by_code.html", code="", email="", problem="", problems=False)


@blueprint.post("/reprendre")
@open_to("anyone")
def open_by_code() -> Response:
    """Open a draft; a wrong pair, a locked code and no such draft are told in the same words."""
    code, email = request.form.get("code", ""), request.form.get("email", "")
    address = request.remote_addr or ""
    opened: codes.Opening | None = act(codes.open_draft, g.viewer, code, email, address, language())
    if opened is None:
        return show("portal/by_code.html", 422, code=code, email=email, problem=told(WRONG), problems=True)
    return keep_session(redirect(LINKS.application(opened.public_id), 303), opened.session)


@blueprint.get("/demandes/<public_id>/supprimer")
@open_to("applicant")
def confirm_discard(public_id: str) -> Response:
    """Ask whether one is sure."""
    view = application(public_id)
    return show("portal/discard.html", view=view)


@blueprint.post("/demandes/<public_id>/supprimer")
@open_to("applicant")
def discard(public_id: str) -> Response:
    """Erase the draft."""
    act(discarding.discard, g.viewer, public_id)
    notify("success", told(ERASED))
    return redirect(LINKS.home(), 303)
