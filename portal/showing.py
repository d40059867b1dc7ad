"""Showing a page: the values every page has, in the visitor's language, and the lines that say what just happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, current_app, flash, g, get_flashed_messages, request
from flask_wtf.csrf import generate_csrf

from dossiers.services import kept_typing
from engine.language import Scheme
from engine.organisation import Organisation
from portal.sent import kept_sent
from renderers import pages
from renderers.catalogues import say
from renderers.frame import Frame, Notice
from renderers.spoken import first_spoken, has_gaps, instead


def front() -> Any:
    """What the screens are given: the desk, the addresses, the settings, the organisation."""
    return current_app.extensions["guichet"]


def act(service: Any, *args: Any, **kwargs: Any) -> Any:
    """Do an act through the desk; raises what the service raises."""
    g.asking.close()
    return front().desk.act(service, *args, **kwargs)


def read(service: Any, *args: Any, **kwargs: Any) -> Any:
    """Ask the desk a question; raises what the service raises."""
    return g.asking.read(service, *args, **kwargs)


def forget_kept() -> None:
    """Forget typing that outlived its session, once it has been sent."""
    if handle := kept_sent():
        act(kept_typing.forget, g.viewer, handle)


def organisation() -> Organisation:
    """The public body that runs the site."""
    found: Organisation = front().organisation
    return found


def now() -> datetime:
    """The business instant (aware UTC)."""
    found: datetime = front().desk.office.clock()
    return found


def language() -> str:
    """The language of this page: the visitor's, unless the scheme it is about doesn't speak it."""
    return str(g.get("spoken") or g.viewer.language)


def speak(scheme: Scheme) -> None:
    """The page is about this scheme: whole in the visitor's language, or whole in the scheme's first one."""
    theirs = g.viewer.language
    if theirs not in scheme.languages:
        g.spoken = first_spoken(scheme)
    g.wanting = theirs not in scheme.languages or has_gaps(scheme, theirs)


def told(message: str, **params: object) -> str:
    """A message of the catalogue in the visitor's language."""
    return say(language(), message, params)


def notify(kind: str, text: str) -> None:
    """Say something on the next page shown."""
    flash(text, kind)


def show(template: str, status: int = 200, **view: object) -> Response:
    """A page; it is kept by no cache, since it may be somebody's own."""
    spoken = language()
    text = pages.render(template, spoken, frame=frame(), **view)
    response = Response(text, status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = spoken
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def frame() -> Frame:
    """What stands around every page."""
    given, viewer, instant = front(), g.viewer, now()
    is_applicant = viewer.kind == "applicant"
    return Frame(
        organisation=given.organisation,
        path=request.full_path if request.query_string else request.path,
        csrf=generate_csrf(),
        today=given.organisation.local_date(instant),
        signed_in=(viewer.email or "-") if is_applicant else "",
        demo=given.settings.demo,
        notices=_notices(),
        session_left=_seconds_until(viewer.ends_at if is_applicant else None, instant),
        instead=instead(viewer.language, language(), bool(g.get("wanting"))),
    )


def session_left() -> int:
    """The seconds an applicant's session still has if nothing is done; 0 when there is none."""
    viewer = g.viewer
    return _seconds_until(viewer.ends_at if viewer.kind == "applicant" else None, now())


def _seconds_until(end: datetime | None, instant: datetime) -> int:
    return max(0, round((end - instant).total_seconds())) if end else 0


def _notices() -> tuple[Notice, ...]:
    """What was said since the last page, each once."""
    said: Any = get_flashed_messages(with_categories=True)
    return tuple(Notice(kind, text) for kind, text in said)
