"""Connections and transactions. Only acts that write take the write lock; whoever reads never waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

BUSY_TIMEOUT = 15_000  # milliseconds a process waits for another one that writes to the same SQLite file
CONNECT_TIMEOUT = 10  # seconds
STATEMENTS = 512  # prepared statements SQLite keeps for each connection
WRITING = "guichet_writing"

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what is acknowledged survives a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT}",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",  # 16 MB a connection
)


class Database:
    """The engine, and the lock that makes the writers of this process wait in line instead of polling SQLite."""

    def __init__(self, url: str, *, connections: int = 12) -> None:
        """`connections`: how many threads use it at once. Nothing is opened before the first use."""
        self.url = driver_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url, connections)
        self._writer = self.engine.execution_options(**{WRITING: True})
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes: committed once at the end, rolled back when anything is raised."""
        with self._turn, Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: whatever is changed in it is forgotten."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Close the connections that are not in use."""
        self.engine.dispose()


def driver_url(url: str) -> URL:
    """An address with the driver we use: `postgresql://…` and `postgres://…` go through psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, connections: int) -> Engine:
    # what people answer never comes out in an error or a log
    sizes: dict[str, Any] = {"pool_size": connections, "max_overflow": 4, "hide_parameters": True}
    if url.get_backend_name() != "sqlite":
        options = {"connect_timeout": CONNECT_TIMEOUT}
        return create_engine(url, connect_args=options, pool_pre_ping=True, **sizes)
    engine = create_engine(url, connect_args={"cached_statements": STATEMENTS}, **sizes)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Leave the transactions to us (the driver would begin them late), and set what SQLite forgets."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    """A reader that turns writer halfway fails at once, so who may write says so at the beginning."""
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
