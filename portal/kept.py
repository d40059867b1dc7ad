"""Typing that outlives a session: kept when a page is sent after the session's end, and shown again in its own page."""

from __future__ import annotations

from flask import current_app, g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import kept_typing, tracking
from dossiers.services.kept_typing import Form
from dossiers.services.kept_typing import Typing as Kept
from portal.applying import application, show_page
from portal.doors import blueprint, open_to
from portal.following import show_tracking
from portal.form_pages import Typing
from portal.sent import typed
from portal.showing import act, language, notify, read, show, told
from renderers.catalogues import marked
from renderers.links import Links

LINKS = Links()
BACK = marked("Here is what you had typed when your session ended. Nothing has been sent yet.")
CHOOSE_AGAIN = marked("The documents you had chosen must be chosen again.")
SAVED, REPLIED = "portal.save", "portal.reply"  # the pages where people type
AUTOSAVED = "portal.autosave"


def session_ended() -> Response:
    """What a page sent without a session is answered with: the way back, and what was typed kept for it (403)."""
    public_id = (request.view_args or {}).get("public_id")
    form = typed()
    if request.endpoint == AUTOSAVED:
        return _typing_ended(str(public_id), form)
    if request.endpoint not in (SAVED, REPLIED) or not public_id or not kept_typing.is_worth_keeping(form):
        return redirect(LINKS.session_over(), 303)
    documents = any(one.filename for one in request.files.values())
    handle = act(kept_typing.keep_for_applicant, public_id, Kept(request.path, form, documents))
    return show("portal/session_over.html", 403, kept=handle or "", documents=documents, first=False)


def _typing_ended(public_id: str, form: Form) -> Response:
    """The script of a page is told that the session is over (403); what it sends as the page is left is kept."""
    if "_leaving" in request.form and kept_typing.is_worth_keeping(form):
        page = LINKS.page(public_id, str((request.view_args or {})["page_id"]))
        act(kept_typing.keep_for_applicant, public_id, Kept(page, form))
    return Response(status=403)


@blueprint.post("/session-terminee")
@open_to("anyone")
def mail_way_back() -> Response:
    """Send the way back to the address of the dossier; the answer is the same whatever was asked."""
    act(kept_typing.mail_link, request.form.get("kept", ""), language())
    return show("portal/link_sent.html", email="")


@blueprint.get("/demandes/<public_id>/reprise/<handle>")
@open_to("applicant")
def resume_typing(public_id: str, handle: str) -> Response:
    """The page that was being filled in, with all that had been typed."""
    kept: Kept = read(kept_typing.given_back, g.viewer, handle)
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None  # there is one within a request
    endpoint, arguments = adapter.match(kept.path, "POST")
    notify("info", told(BACK))
    if kept.documents:
        notify("warning", told(CHOOSE_AGAIN))
    if endpoint == REPLIED:
        body = dict(kept.form).get("body", "")
        return show_tracking(read(tracking.dossier, g.viewer, public_id), body=body, kept=handle)
    return show_page(application(public_id), arguments["page_id"], _typing(kept), kept=handle)


def _typing(kept: Kept) -> Typing:
    """The controls as typed; the page shows what it shows now, whatever it showed then."""
    controls: dict[str, list[str]] = {}
    for name, value in kept.form:
        controls.setdefault(name, []).append(value)
    presented = frozenset(controls.pop("_asked", ()))
    return Typing({name: sent for name, sent in controls.items() if name[:1] != "_"}, (), presented)
