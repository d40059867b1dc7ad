"""Who asks: the viewer of a request, from the session cookie. Staff and applicants have cookies of their own."""

from __future__ import annotations

from flask import current_app, g, request

from dossiers.services import visitors
from renderers import catalogues

STAFF_COOKIE, STAFF_PATH = "office", "/bureau"
APPLICANT_COOKIE = "session"
LANGUAGE_COOKIE = "language"


def recognise() -> None:
    """Before each request: set `g.asking`, `g.token` and `g.viewer`."""
    desk = current_app.extensions["guichet"].desk
    asking = g.asking = desk.asking()
    language = chosen_language()
    token = g.token = _token()
    if token is None:
        g.viewer = visitors.anonymous(language)
        return
    viewer = g.viewer = asking.read(visitors.recognise, token, language, _shown())
    if viewer.stale:  # say that it is alive, so that it doesn't expire under somebody's hands
        asking.close()
        desk.act(visitors.touch, token)


def leave(_error: BaseException | None) -> None:
    """After each request: give back the connection its questions were asked over."""
    asking = g.pop("asking", None)
    if asking is not None:
        asking.close()


def chosen_language() -> str:
    """The language chosen by hand; else, on the applicants' pages, the one the browser asks for; else French."""
    chosen = _cookie(LANGUAGE_COOKIE) or _asked_for()
    return chosen if chosen in catalogues.languages() else catalogues.FIRST_LANGUAGE


def _asked_for() -> str:
    """The language of the site that the browser would rather have; one whose words are all there, French when it says nothing.

    The office's pages and what machines read stay French: nobody there has seen a page in another language to choose from.
    """
    if request.endpoint == "static" or under_office(request.path) or request.path.startswith("/api/"):
        return catalogues.FIRST_LANGUAGE
    spoken = current_app.extensions["guichet"].organisation.languages
    whole = [one for one in spoken if one in catalogues.languages() and not catalogues.missing(one)]
    first = catalogues.FIRST_LANGUAGE  # a browser that takes any language is given this one
    offered = sorted(whole, key=lambda one: one != first)
    return request.accept_languages.best_match(offered, first) or first


def _token() -> str | None:
    """The cookie of the side the address belongs to; files of the pages need none."""
    if request.endpoint == "static":
        return None
    return _cookie(STAFF_COOKIE if under_office(request.path) else APPLICANT_COOKIE)


def _shown() -> str | None:
    """The dossier an applicant's page is about; none for what is sent, which locks it first."""
    if request.method != "GET" or under_office(request.path):
        return None
    return (request.view_args or {}).get("public_id")


def under_office(path: str) -> bool:
    """Whether an address belongs to the office's side."""
    return path == STAFF_PATH or path.startswith(f"{STAFF_PATH}/")


def _cookie(name: str) -> str | None:
    return request.cookies.get(current_app.extensions["guichet"].cookie(name))
