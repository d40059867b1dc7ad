"""Showing a page of the back office: its common values, in the viewer's language, and what has just happened."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, current_app, flash, g, get_flashed_messages, request
from flask_wtf.csrf import generate_csrf

from dossiers.services.refusals import Refused
from engine.language import Scheme
from renderers import pages
from renderers.catalogues import count, say
from renderers.frame import Frame, Notice
from renderers.office_links import OfficeLinks
from renderers.words import refusal_sentence

LINKS = OfficeLinks()


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


def zone() -> ZoneInfo:
    """The time zone of the organisation."""
    found: ZoneInfo = front().organisation.zone
    return found


def language() -> str:
    """The language of this viewer's pages."""
    return str(g.viewer.language)


def told(message: str, **params: object) -> str:
    """A message of the catalogue in the viewer's language."""
    return say(language(), message, params)


def told_count(one: str, many: str, number: int) -> str:
    """A message that depends on a number."""
    return count(language(), one, many, number, {"num": number})


def sentence(refusal: Refused, scheme: Scheme | None) -> str:
    """Why an act was refused, in the viewer's language."""
    return refusal_sentence(refusal, scheme, language(), zone=zone())


def notify(kind: str, text: str) -> None:
    """Say something on the next page shown ("success", "info", "warning")."""
    flash(text, kind)


def show(template: str, status: int = 200, notices: tuple[Notice, ...] = (), **view: object) -> Response:
    """A page, kept by no cache; `notices` are said now, before those of the page that led here."""
    text = pages.render(template, language(), frame=_frame(notices), office=LINKS, zone=zone(), **view)
    response = Response(text, status, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language()
    return response


def _frame(notices: tuple[Notice, ...]) -> Frame:
    viewer, found = g.viewer, front()
    flashed: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    return Frame(
        organisation=found.organisation,
        path=request.full_path if request.query_string else request.path,
        csrf=generate_csrf(),
        today=found.organisation.local_date(found.desk.office.clock()),
        signed_in=viewer.name if viewer.kind == "staff" else "",
        staff=True,
        administrator=viewer.administrator,
        demo=found.settings.demo,
        notices=(*notices, *(Notice(kind, text) for kind, text in flashed)),
    )
