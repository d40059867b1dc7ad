"""Bringing a database to the present shape, safely when several processes start at once: Alembic, and what it costs."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, event, text

from dossiers.database.base import Base
from dossiers.database.connection import driver_url
from dossiers.database.upgrading import MIGRATIONS
from dossiers.settings import SiteError

LOCK = 0x6775_6963_6865  # any number of ours: who migrates holds it


class TooNew(SiteError):
    """The database was made by a later release of this software, which must be installed to use it."""


def upgrade(url: str) -> None:
    """Apply the migrations that are missing, all or none. A SQLite file that holds something is copied first.

    Safe to call from many processes at once: one migrates, the others wait. Raises TooNew.
    """
    with _alone(url), _connection(url) as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        script = ScriptDirectory.from_config(_config(connection))
        if found == script.get_current_head():
            return
        if found is not None and found not in {one.revision for one in script.walk_revisions()}:
            raise TooNew(
                f"the database is at {found}, unknown here: install the release that made it, or a later one"
            )
        if found is not None:
            _copy_sqlite(connection)
        command.upgrade(_config(connection), "head")


def differences(url: str) -> list[object]:
    """What the tables in the database have that the models don't, and the reverse; nothing when they agree."""
    from alembic.autogenerate import compare_metadata

    with _connection(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    """A connection of its own, in one transaction (SQLite changes its tables in transactions, too, if we begin them)."""
    engine = create_engine(driver_url(url), poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _record: setattr(raw, "isolation_level", None))
        event.listen(engine, "begin", lambda opened: opened.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        yield connection


@contextmanager
def _alone(url: str) -> Iterator[None]:
    """On SQLite, a lock on a file beside the database; PostgreSQL has its own."""
    path = _sqlite_path(url)
    if path is None:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.upgrading").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        yield


def _copy_sqlite(connection: Connection) -> None:
    """A copy of the file beside it, named by the time (UTC), taken through SQLite so that it is whole."""
    path = _sqlite_path(str(connection.engine.url.render_as_string(hide_password=False)))
    if path is None:
        return
    copy = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}.backup")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _sqlite_path(url: str) -> Path | None:
    parsed = driver_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:")
    return Path(str(parsed.database)) if is_file else None
