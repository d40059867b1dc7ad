"""The floor: bare Flask and SQLAlchemy Core writing the same rows in the same tables, with the same requests and commits.

No sign-in, no CSRF, no rules, no explanation, no journal chain: what it costs to keep an application durably, and no more.
It goes through the small form only, and its addresses are ours, so that the same browser drives both.
"""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, redirect, request

from bench import floor_rows as rows
from bench.floor_store import FloorStore
from bench.forms import SMALL
from guichet import processors
from guichet.server import Server
from guichet.turns import Turns

PAGE = """<!doctype html><html lang="fr"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
{% for link in links %}<p><a href="{{ link }}">Page</a></p>{% endfor %}
{% if action %}<form method="post" action="{{ action }}">{% for name, value in fields %}<label for="{{ name }}">{{ name }}</label>
<input id="{{ name }}" name="{{ name }}" value="{{ value }}">{% endfor %}<button>Continuer</button></form>{% endif %}</body></html>"""


def create_floor(url: str) -> Flask:
    """The application: the scheme, begin, list of pages, you, means, verifier, recu."""
    app, store = Flask("floor"), FloorStore(url)
    template = app.jinja_env.from_string(PAGE)  # compiled once, as files are

    def page(title: str, *, action: str = "", fields: Any = (), links: Any = ()) -> str:
        return template.render(title=title, action=action, fields=fields, links=links)

    _reading_pages(app, store, page)
    _writing_pages(app, store)
    return app


def _reading_pages(app: Flask, store: FloorStore, page: Callable[..., str]) -> None:
    @app.get("/")
    @app.get(f"/aides/{SMALL}")
    def scheme() -> str:
        return page("Aide", action=f"/aides/{SMALL}/commencer", fields=[("email", "")])

    @app.get("/demandes/<public_id>/")
    def overview(public_id: str) -> str:
        with store.engine.connect() as connection:
            rows.drafted(connection, public_id)
        return page("Demande", links=[f"/demandes/{public_id}/you", f"/demandes/{public_id}/means"])

    @app.get("/demandes/<public_id>/recu")
    def receipt(public_id: str) -> str:
        with store.engine.connect() as connection:
            return page(f"Reçu {rows.reference(connection, public_id)}")

    @app.get("/demandes/<public_id>/<name>")
    def show(public_id: str, name: str) -> str:
        with store.engine.connect() as connection:
            draft = rows.drafted(connection, public_id)
        fields = [(one, draft.answers.get(one, "")) for one in FIELDS.get(name, draft.answers)]
        return page(name, action=f"/demandes/{public_id}/{name}", fields=fields)


def _writing_pages(app: Flask, store: FloorStore) -> None:
    @app.post(f"/aides/{SMALL}/commencer")
    def begin() -> Any:
        public_id = secrets.token_urlsafe(16)
        with store.writing() as connection:
            rows.begin(connection, store.version, public_id, request.form["email"], datetime.now(UTC))
        response = redirect(f"/demandes/{public_id}/", 303)
        response.set_cookie("session", secrets.token_urlsafe(32))
        return response

    @app.post("/demandes/<public_id>/verifier")
    def submit(public_id: str) -> Any:
        with store.writing() as connection:
            rows.submit(connection, store.locked(rows.draft_query(public_id)), datetime.now(UTC))
        return redirect(f"/demandes/{public_id}/recu", 303)

    @app.post("/demandes/<public_id>/<name>")
    def save(public_id: str, name: str) -> Any:
        typed = {one: request.form[one] for one in FIELDS[name] if one in request.form}
        with store.writing() as connection:
            kept = rows.save(
                connection, store.locked(rows.draft_query(public_id)), name, typed, datetime.now(UTC)
            )
        return redirect(f"/demandes/{public_id}/{_next(name, kept)}", 303)


FIELDS = {"you": ("name",), "means": ("income", "tenant")}


def _next(name: str, seen: list[str]) -> str:
    """`means` comes back once, as ours does when the income makes it ask a new question."""
    if name == "you":
        return "means"
    return "verifier" if seen.count("means") > 1 else "means"


class FloorServer(Server):
    """The same gunicorn with the same settings as ours."""

    def __init__(self, url: str, port: int) -> None:
        self._url = url
        super().__init__(Path(), host="127.0.0.1", port=port, with_worker=False)

    def load(self) -> Turns:
        """The floor instead of the site."""
        processors.keep_to(self._processor)
        return Turns(create_floor(self._url))


def main() -> None:
    """Serve the floor until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    FloorServer(given.url, given.port).run()


if __name__ == "__main__":
    main()
