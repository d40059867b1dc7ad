"""Coming back: a link asked for, sent by mail and opened; and leaving."""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import links, visitors
from dossiers.services.refusals import Refused
from portal.cookies import end_session, keep_session
from portal.doors import blueprint, open_to
from portal.showing import act, language, notify, show, told
from renderers.catalogues import marked
from renderers.links import Links
from renderers.words import refusal_sentence

LINKS = Links()
SIGNED_OUT = marked("You are signed out. Everything you had saved is kept.")


@blueprint.get("/lien")
@open_to("anyone")
def ask_link() -> Response:
    """Where to ask for a link."""
    return show("portal/ask_link.html", email="", problem="", problems=False)


@blueprint.post("/lien")
@open_to("anyone")
def send_link() -> Response:
    """Send a link; the answer is the same whether the address is known or not."""
    email = request.form.get("email", "")
    try:
        act(links.mail_link, email, language())
    except Refused as refused:
        if refused.code != "not_an_email":
            raise
        problem = refusal_sentence(refused, None, language())
        return show("portal/ask_link.html", 422, email=email, problem=problem, problems=True)
    return show("portal/link_sent.html", email=email.strip())


@blueprint.get("/lien/<token>")
@open_to("anyone")
def link(token: str) -> Response:
    """A button that opens the link: mail scanners follow addresses, they press no button."""
    return show("portal/open_link.html", token=token)


@blueprint.post("/lien/<token>")
@open_to("anyone")
def open_link(token: str) -> Response:
    """Open the session a link gives; one that has been used or is too old says so (410)."""
    try:
        opened = act(links.open_link, token)
    except Refused as refused:
        if refused.code != "link_expired":
            raise
        return show("portal/link_expired.html", 410)
    target = LINKS.tracking(opened.public_id) if opened.public_id else LINKS.mine()
    if opened.public_id and opened.kept:
        target = LINKS.kept(opened.public_id, opened.kept)
    return keep_session(redirect(target, 303), opened.session)


@blueprint.get("/session-terminee")
@open_to("anyone")
def session_over() -> Response:
    """How to come in with a link: back after the end of a session, or for the first time in this browser from the link of a
    mail; nothing saved is lost."""
    return show("portal/session_over.html", 403, kept="", documents=False, first=not g.token)


@blueprint.post("/deconnexion")
@open_to("anyone")
def sign_out() -> Response:
    """Leave; the session is ended here too, not only forgotten by the browser."""
    if g.viewer.kind == "applicant":
        act(visitors.leave, g.token)
    notify("success", told(SIGNED_OUT))
    return end_session(redirect(LINKS.home(), 303))
