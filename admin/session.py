"""Signing in and out of the back office: an e-mail address and a password, one answer to every mistake."""

from __future__ import annotations

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, front, language, sentence, show
from dossiers.services import accounts
from dossiers.services.office_views import SignedIn
from dossiers.services.refusals import Refused
from renderers.frame import Notice

COOKIE, PATH = "office", "/bureau"
STATUS = {"throttled": 429}


@blueprint.get("/connexion")
@open_to("anyone")
def sign_in_form() -> AnyResponse:
    """The form; who is signed in already goes on."""
    if g.viewer.kind == "staff":
        return redirect(_onward(), 303)
    return show_sign_in(200)


@blueprint.post("/connexion")
@open_to("anyone")
def sign_in() -> AnyResponse:
    """Open a session. An unknown address and a wrong password get the same answer (422)."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        signed: SignedIn = act(accounts.sign_in, email, password, language=language())
    except Refused as refused:
        return show_sign_in(STATUS.get(refused.code, 422), email, sentence(refused, None))
    response = redirect(_onward(), 303)
    response.set_cookie(
        front().cookie(COOKIE),
        signed.session.token,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=_is_secure(),
    )
    return response


@blueprint.post("/deconnexion")
@open_to("staff")
def sign_out() -> AnyResponse:
    """End the session here and on the server."""
    act(accounts.sign_out, g.viewer, g.token)
    response = redirect(LINKS.sign_in(), 303)
    response.delete_cookie(
        front().cookie(COOKIE), path=PATH, httponly=True, samesite="Lax", secure=_is_secure()
    )
    return response


def show_sign_in(
    status: int,
    email: str = "",
    problem: str = "",
    onward: str = "",
    notices: tuple[Notice, ...] = (),
) -> Response:
    """The sign-in page; `onward` is where it leads, else what the address says."""
    view = {"email": email, "problems": problem, "onward": onward or _onward()}
    return show("admin/sign_in.html", status, notices, **view)


def _onward() -> str:
    """Where to go once signed in: a page of the back office, never another site's."""
    wanted = request.values.get("vers", "")
    ours = wanted.startswith(f"{PATH}/") and "\\" not in wanted and wanted.isprintable()
    return wanted if ours else LINKS.home()


def _is_secure() -> bool:
    return bool(front().settings.base_url.startswith("https:"))
