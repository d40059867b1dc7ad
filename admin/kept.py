"""Typing that outlives a session of staff: kept when a form is sent after its end, shown again once they are back."""

from __future__ import annotations

from flask import Response, current_app, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.case_page import Typing, show_case
from admin.doors import blueprint, open_to
from admin.dossier import opened
from admin.session import show_sign_in
from admin.showing import LINKS, act, read, told
from admin.studio.writing import show_kept
from dossiers.services import kept_typing
from dossiers.services.kept_typing import Typing as Kept
from renderers.catalogues import marked
from renderers.frame import Notice

ENDED = marked("Your session is over. What you had typed is kept: sign in, and it comes back.")
BACK = marked("Here is what you had typed when your session ended. Nothing has been sent yet.")
BACK_UNSAVED = marked("Here is what you had typed when your session ended. It isn't saved yet.")
# the forms where staff type, and where each stands on the dossier's page
STUDIO = "admin.save_studio"
WRITING = {STUDIO: "text", "admin.fire": "action", "admin.message": "messages", "admin.note": "notes"}


def session_ended() -> AnyResponse:
    """What a form sent without a session is answered with: the sign-in page, and what was typed kept for after it (403)."""
    form = tuple((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    if request.endpoint not in WRITING or not kept_typing.is_worth_keeping(form):
        return redirect(LINKS.sign_in(), 303)
    handle = act(kept_typing.keep_for_staff, g.token, Kept(request.path, form))
    if handle is None:
        return redirect(LINKS.sign_in(), 303)
    onward = f"{LINKS.kept(handle)}#{WRITING[request.endpoint]}"
    return show_sign_in(403, onward=onward, notices=(Notice("warning", told(ENDED)),))


@blueprint.get("/reprise/<handle>")
@open_to("staff")
def resume_typing(handle: str) -> Response:
    """The dossier, with the form that was being filled in and all that had been typed."""
    kept: Kept = read(kept_typing.given_back, g.viewer, handle)
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None  # there is one within a request
    endpoint, arguments = adapter.match(kept.path, "POST")
    if endpoint == STUDIO:
        return show_kept(arguments["slug"], kept.form, (Notice("info", told(BACK_UNSAVED)),))
    case = opened(arguments["slug"], arguments["public_id"])
    typing = _typing(endpoint, kept, handle)
    notices = (Notice("info", told(BACK)),)
    return show_case(case, action=arguments.get("action", ""), typing=typing, notices=notices)


def _typing(endpoint: str, kept: Kept, handle: str) -> Typing:
    controls: dict[str, list[str]] = {}
    for name, value in kept.form:
        controls.setdefault(name, []).append(value)
    body = (controls.get("body") or [""])[0]
    if endpoint == "admin.note":
        return Typing(note=body, kept=handle)
    if endpoint == "admin.message":
        return Typing(message=body, kept=handle)
    comment = (controls.pop("_comment", None) or [""])[0]
    return Typing(
        {name: sent for name, sent in controls.items() if name[:1] != "_"}, comment=comment, kept=handle
    )
