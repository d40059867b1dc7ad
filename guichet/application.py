"""The Flask application: one site, its doors, its headers, its error pages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter, Map

from dossiers.office import Office
from dossiers.services.desk import Desk
from guichet import doors, errors, headers, visitors
from guichet.form_cookie import FormCookie
from guichet.front import Front
from guichet.static_files import CompressedFiles
from renderers import pages
from renderers.links import Links

PUBLIC = ("portal", "api")
BUREAU = ("admin",)


class Number(IntegerConverter):
    """A number in an address, as far as the database counts: a larger one leads nowhere (404)."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**31 - 1)


def create_app(office: Office, rooms: Collection[str] = PUBLIC + BUREAU) -> Flask:
    """The application of one site, with the screens of some rooms or of all; only theirs are imported.

    Raises DoorWithoutKeeper when a route states no audience.
    """
    app = CompressedFiles("guichet", static_folder=str(pages.STATIC), static_url_path="/static")
    front = app.extensions["guichet"] = Front(
        desk=Desk(office),
        links=Links(office.settings.base_url),
        settings=office.settings,
        organisation=office.organisation,
        logo=office.logo,
    )
    _configure(app, office, front)
    app.session_interface = FormCookie(app)
    app.before_request(visitors.recognise)  # first, so that a refused token is told in the visitor's language
    _furnish(app, CSRFProtect(app), rooms)
    app.before_request(doors.keep_doors)
    app.after_request(headers.add_headers)
    if office.settings.rehearsal:
        headers.mark_rehearsal(app, headers.rehearsal_mark(office.vault))
    app.teardown_request(visitors.leave)
    errors.register(app)
    doors.check_every_door(app)
    return app


def _furnish(app: Flask, csrf: CSRFProtect, rooms: Collection[str]) -> None:
    if "portal" in rooms:
        from portal import blueprint as portal

        app.register_blueprint(portal)
    if "admin" in rooms:
        from admin import blueprint as admin

        app.register_blueprint(admin)
    if "api" in rooms:
        from api import TOKEN_ONLY
        from api import blueprint as api

        app.register_blueprint(api)
        for view in TOKEN_ONLY:
            csrf.exempt(view)


def _configure(app: Flask, office: Office, front: Front) -> None:
    settings = office.settings
    app.url_map.converters["int"] = Number
    app.config.update(
        SECRET_KEY=office.vault.web_key(),
        SESSION_COOKIE_NAME=front.cookie("form"),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.base_url.startswith("https:"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: nobody loses a page for having been slow
        WTF_CSRF_SSL_STRICT=settings.base_url.startswith("https:"),
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
