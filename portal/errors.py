"""What people read when something fails: what happened, that nothing saved is lost, and a way on."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import Flask, g, redirect, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from dossiers.services import visitors
from dossiers.services.kept_typing import is_worth_keeping
from dossiers.services.refusals import NotFound, Refused
from portal.sent import typed
from portal.showing import language, notify, now, organisation, show, told
from portal.too_large import typed_again
from renderers.catalogues import marked
from renderers.links import Links
from renderers.words import refusal_sentence

PAGES: dict[int, tuple[str, str]] = {
    400: (
        marked("This page could not be read"),
        marked("What your browser sent is not what this page expects. Go back and try again."),
    ),
    403: (
        marked("This page is not open to you"),
        marked("You are signed in, but this page is for other people. Nothing has been changed."),
    ),
    404: (
        marked("This page does not exist"),
        marked(
            "The address may have been mistyped, or the page belongs to an application you can't see from here."
        ),
    ),
    405: (
        marked("This address is not a page"),
        marked("It only receives what a form sends. Go back to the form and send it again."),
    ),
    409: (marked("This can't be done now"), ""),
    410: (
        marked("This page is gone"),
        marked("What was here has been removed, as the rules on personal data require."),
    ),
    413: (
        marked("The documents are too big"),
        marked("Send them one at a time, or make them lighter: a photo needs no more than 2 MB."),
    ),
    429: (marked("Too many attempts"), marked("Wait a few minutes, then try again. Nothing has been lost.")),
    500: (
        marked("Something went wrong here"),
        marked("It is our fault, not yours. What you had saved is kept. Try again in a few minutes."),
    ),
}
FILED_MEANWHILE = marked(
    "This application had already been filed: what you typed on the other page was not kept. If an answer must change, write to the service here."
)
REFUSED = {"throttled": 429, "link_expired": 410, "anonymised": 410, "not_allowed": 403, "no_such_page": 404}


def register(app: Flask) -> None:
    """Give the application its error pages."""
    app.register_error_handler(CSRFError, page_too_old)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(500, broken)


def not_found(_error: NotFound) -> Response:
    """There is no such thing, or none this viewer may know of."""
    return _page(404)


def refused(error: Refused) -> Response:
    """An act refused that its own page didn't explain; a form already filed leads to where it is followed."""
    public_id = (request.view_args or {}).get("public_id")
    if error.code == "not_editable" and public_id and request.path.startswith("/demandes/"):
        if request.method == "POST" and is_worth_keeping(typed()):
            notify("warning", told(FILED_MEANWHILE))
        return redirect(Links().tracking(public_id), 303 if request.method == "POST" else 302)
    sentence = refusal_sentence(error, None, _language(), zone=organisation().zone)
    response = _page(REFUSED.get(error.code, 409), sentence)
    retry_at = error.params.get("retry_at")
    if isinstance(retry_at, datetime):
        response.headers["Retry-After"] = str(max(1, round((retry_at - now()).total_seconds())))
    return response


def failed(error: HTTPException) -> Response:
    """An HTTP error, in plain words; redirections pass."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    _language()
    if code == 413 and _from_here() and (shown := typed_again()) is not None:
        return shown
    response = _page(code if code in PAGES else 400 if code < 500 else 500, status=code)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response


def broken(_error: Exception) -> Response:
    """A failure of ours; it is logged by Flask, and told without details."""
    return _page(500)


def page_too_old(_error: CSRFError) -> Response:
    """The page was open for too long: what was typed comes back with a button that sends it again.

    Only for a form of our own pages: one sent from elsewhere is refused without being offered again.
    """
    g.setdefault("viewer", visitors.anonymous())
    found = typed() if _from_here() else ()
    return show("portal/too_old.html", 400, action=request.path, typed=found, files=bool(request.files))


def _from_here() -> bool:
    """Whether the browser says that the form was one of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.host


def _language() -> str:
    g.setdefault("viewer", visitors.anonymous())
    return language()


def _page(code: int, sentence: str = "", status: int | None = None) -> Response:
    _language()
    title, text = PAGES[code]
    back = _came_from() if code == 413 else ""
    return show(
        "portal/error.html", status or code, title=title, text=text, sentence=sentence, code=code, back=back
    )


def _came_from() -> str:
    """The path of the page of ours a form was sent from, "" when the browser doesn't say."""
    source = urlsplit(request.headers.get("Referer") or "")
    return f"/{source.path.lstrip('/')}" if source.netloc == request.host else ""
