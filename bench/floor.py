"""The floor: bare Flask and SQLAlchemy writing the same rows with the same requests and commits. No sign-in, CSRF, rules or explanation."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, redirect, render_template_string, request

NAMES = {
    "dossier": ("public_id", "reference", "state", "email", "created_at", "filed_at"),
    "draft": ("dossier_id", "answers", "seen", "revision"),
    "party": ("dossier_id", "role", "email"),
    "session": ("token", "dossiers", "created_at"),
    "filing": ("dossier_id", "number", "answers", "filed_at"),
    "verdict": ("dossier_id", "eligible", "rules", "amount"),
    "amount_step": ("dossier_id", "kind", "cents"),
    "entry": ("dossier_id", "action", "at", "payload"),
    "job": ("dossier_id", "kind", "options", "run_at"),
    "deadline": ("dossier_id", "name", "due_at"),
    "searchable": ("dossier_id", "field", "text"),
    "search_word": ("dossier_id", "word"),
}
METADATA = sa.MetaData()
TABLES = {
    name: sa.Table(
        name,
        METADATA,
        sa.Column("id", sa.Integer, primary_key=True),
        *(
            sa.Column(
                column,
                sa.Integer if column == "dossier_id" else sa.Text,
                index=column in ("dossier_id", "public_id"),
            )
            for column in columns
        ),
    )
    for name, columns in NAMES.items()
}
COUNTER = sa.Table(
    "counter", METADATA, sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Integer)
)
PAGE = """<!doctype html><html lang="fr"><head><title>Aide</title></head><body><h1>{{ title }}</h1>
<form method="post">{% for name, value in fields %}<label for="{{ name }}">{{ name }}</label>
<input id="{{ name }}" name="{{ name }}" value="{{ value }}">{% endfor %}<button>Continuer</button></form></body></html>"""
STEPS = {"name": "income", "income": "tenant", "tenant": "check"}


class Store:
    """The database with the same durability and the same lock before a write as the real one."""

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(url, pool_size=10)
        self.sqlite = url.startswith("sqlite")
        self._writing = threading.Lock()
        if self.sqlite:
            sa.event.listen(self.engine, "connect", self._durable)
            sa.event.listen(self.engine, "begin", self._begin)
        METADATA.create_all(self.engine)
        with self.engine.begin() as connection:
            if connection.scalar(sa.select(COUNTER.c.value)) is None:
                connection.execute(COUNTER.insert().values(name="reference", value=0))

    @staticmethod
    def _durable(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @staticmethod
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.pop("writing", False) else "BEGIN")

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One durable transaction."""
        if not self.sqlite:
            with self.engine.begin() as connection:
                yield connection
            return
        with self._writing, self.engine.connect() as connection:
            connection.info["writing"] = True
            with connection.begin():
                yield connection


def create_floor(url: str) -> Flask:
    """The application: /start, /f/<id>/<page>, /f/<id>/check, /f/<id>/receipt."""
    app, store = Flask("floor"), Store(url)

    def add(connection: sa.Connection, table: str, **values: Any) -> int:
        result = connection.execute(TABLES[table].insert().values(**values))
        return int(result.inserted_primary_key[0])

    def find(connection: sa.Connection, public_id: str, *, lock: bool = False) -> Any:
        dossier, draft = TABLES["dossier"], TABLES["draft"]
        query = sa.select(dossier, draft.c.answers, draft.c.seen).join(
            draft, draft.c.dossier_id == dossier.c.id
        )
        query = query.where(dossier.c.public_id == public_id)
        return connection.execute(query.with_for_update() if lock and not store.sqlite else query).one()

    def page(title: str, *fields: tuple[str, str]) -> str:
        return render_template_string(PAGE, title=title, fields=fields)

    @app.get("/start")
    def start_page() -> str:
        return page("Commencer", ("email", ""))

    @app.post("/start")
    def start() -> Any:
        public_id, now = secrets.token_urlsafe(16), datetime.now(UTC).isoformat()
        with store.writing() as connection:
            dossier = add(
                connection,
                "dossier",
                public_id=public_id,
                state="draft",
                email=request.form["email"],
                created_at=now,
            )
            add(connection, "draft", dossier_id=dossier, answers="{}", seen="[]", revision="0")
            add(connection, "party", dossier_id=dossier, role="applicant", email=request.form["email"])
            add(
                connection,
                "session",
                token=secrets.token_hex(32),
                dossiers=json.dumps([dossier]),
                created_at=now,
            )
            add(connection, "entry", dossier_id=dossier, action="started", at=now, payload="{}")
            add(connection, "job", dossier_id=dossier, kind="resume_link", options="{}", run_at=now)
            add(connection, "deadline", dossier_id=dossier, name="drafts", due_at=now)
        return redirect(f"/f/{public_id}/name", 303)

    @app.get("/f/<public_id>/<name>")
    def show(public_id: str, name: str) -> str:
        with store.engine.connect() as connection:
            row = find(connection, public_id)
        if name == "check":
            return page("Vérifier", *((key, str(value)) for key, value in json.loads(row.answers).items()))
        if name == "receipt":
            return page(f"Reçu {row.reference}")
        return page(name, (name, json.loads(row.answers).get(name, "")))

    @app.post("/f/<public_id>/<name>")
    def save(public_id: str, name: str) -> Any:
        if name == "check":
            return submit(public_id)
        with store.writing() as connection:
            row = find(connection, public_id, lock=True)
            answers, seen = json.loads(row.answers), json.loads(row.seen)
            answers[name] = request.form[name]
            draft = TABLES["draft"]
            values = {"answers": json.dumps(answers), "seen": json.dumps([*seen, name])}
            connection.execute(draft.update().where(draft.c.dossier_id == row.id).values(**values))
        return redirect(f"/f/{public_id}/{STEPS[name]}", 303)

    def submit(public_id: str) -> Any:
        now = datetime.now(UTC).isoformat()
        with store.writing() as connection:
            row = find(connection, public_id, lock=True)
            add(connection, "filing", dossier_id=row.id, number="1", answers=row.answers, filed_at=now)
            add(connection, "verdict", dossier_id=row.id, eligible="true", rules="[]", amount="100")
            add(connection, "amount_step", dossier_id=row.id, kind="computed", cents="10000")
            add(connection, "entry", dossier_id=row.id, action="submitted", at=now, payload=row.answers)
            for kind in ("mail", "receipt"):
                add(connection, "job", dossier_id=row.id, kind=kind, options="{}", run_at=now)
            for word in row.email.split("@"):
                add(connection, "search_word", dossier_id=row.id, word=word)
            add(connection, "searchable", dossier_id=row.id, field="name", text=row.email)
            connection.execute(COUNTER.update().values(value=COUNTER.c.value + 1))
            number = connection.scalar(sa.select(COUNTER.c.value))
            dossier = TABLES["dossier"]
            values = {"state": "submitted", "reference": f"R-{number:05}", "filed_at": now}
            connection.execute(dossier.update().where(dossier.c.id == row.id).values(**values))
        return redirect(f"/f/{public_id}/receipt", 303)

    return app
