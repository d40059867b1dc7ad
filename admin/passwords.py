"""Choosing a password with a mailed link, which works once."""

from __future__ import annotations

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, notify, read, sentence, show, told
from dossiers.services import account_links
from dossiers.services.refusals import Refused
from renderers.catalogues import marked

CHOSEN = marked("Your password is set. Sign in with it.")
DIFFERENT = marked("The two passwords differ: type the same one twice.")


@blueprint.get("/mot-de-passe/<token>")
@open_to("anyone")
def choose_form(token: str) -> Response:
    """The form; a link that has served or is too old says so (410)."""
    try:
        read(account_links.check, token)
    except Refused as refused:
        return _gone(refused)
    return _form(token)


@blueprint.post("/mot-de-passe/<token>")
@open_to("anyone")
def choose(token: str) -> AnyResponse:
    """Set the password, and on to signing in with it."""
    password = request.form.get("password", "")
    if password != request.form.get("password_again", ""):
        return _form(token, told(DIFFERENT))
    try:
        act(account_links.choose, token, password)
    except Refused as refused:
        return _gone(refused) if refused.code == "link_expired" else _form(token, sentence(refused, None))
    notify("success", told(CHOSEN))
    return redirect(LINKS.sign_in(), 303)


def _form(token: str, problem: str = "") -> Response:
    return show("admin/password.html", 422 if problem else 200, token=token, problems=problem)


def _gone(_refused: Refused) -> Response:
    return show("admin/password.html", 410, token="", problems="")
