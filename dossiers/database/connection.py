"""Connections and transactions. Only acts that write take the write lock; whoever reads never waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import Session

BUSY_TIMEOUT = 15_000  # milliseconds a process waits for another one that writes to the same SQLite file
CONNECT_TIMEOUT = 10  # seconds
QUIET = 20  # seconds without use after which a connection is tried before it is trusted
STATEMENTS = 512  # prepared statements SQLite keeps for each connection
CORE = "guichet_core"

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what is acknowledged survives a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT}",
    "PRAGMA secure_delete=ON",  # what is erased is overwritten in the file
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-2000",  # 2 MB a connection; the file itself stays in the system's cache
)


class Database:
    """The engine, and the lock that makes the writers of this process wait in line instead of polling SQLite."""

    def __init__(self, url: str, *, connections: int = 12) -> None:
        """`connections`: how many threads use it at once. Nothing is opened before the first use."""
        self.url = driver_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(self.url, connections)
        self._reader = self.engine if self.is_sqlite else _unbegun(self.url, connections)
        self._turn: AbstractContextManager[Any] = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that writes: committed once at the end, rolled back when anything is raised."""
        with self._turn, self.engine.begin() as connection, _on(connection) as session:
            if (
                self.is_sqlite
            ):  # a reader that turns writer halfway fails at once, so who may write says so at the beginning
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield session
            session.flush()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Questions only: a change is refused (PostgreSQL) or forgotten (SQLite). On PostgreSQL each statement sees what was committed
        before it, as in any transaction there at its default level, without the round trips of one."""
        with self._reader.connect() as connection, _on(connection, autoflush=False) as session:
            if self.is_sqlite:
                _begin_reading(connection)
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """As `reading`, all of it as of one instant, whatever is written meanwhile: for long reads."""
        engine = self.engine
        if not self.is_sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with engine.connect() as connection, _on(connection, autoflush=False) as session:
            if self.is_sqlite:
                _begin_reading(connection)
            yield session

    def close(self) -> None:
        """Close the connections that are not in use."""
        self.engine.dispose()
        self._reader.dispose()


def _on(connection: Connection, **options: bool) -> Session:
    """A session on a connection that is open: it keeps account of no transaction until a mapped object asks for one."""
    session = Session(connection, expire_on_commit=False, **options)  # type: ignore[arg-type]
    session.info[CORE] = connection
    return session


def core(session: Session) -> Connection:
    """The connection a session works on, for prebuilt statements on tables: they need nothing of the mapper, and cost
    half as much without it. What was changed on mapped objects and not flushed yet is not seen."""
    known: Connection = session.info[CORE]
    return known


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """What is written within is taken back by an exception, and nothing else: through `core` too, which the session by itself,
    setting its savepoint at its own first statement only, would leave as it is."""
    with session.begin_nested():
        session.connection()
        yield


def driver_url(url: str) -> URL:
    """An address with the driver we use: `postgresql://…` and `postgres://…` go through psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, connections: int, **options: Any) -> Engine:
    sizes: dict[str, Any] = {"pool_size": connections, "max_overflow": 4}
    sizes["pool_use_lifo"] = True  # the connection used last has its statements at hand
    sizes["hide_parameters"] = True  # what people answer never comes out in an error or a log
    if url.get_backend_name() != "sqlite":
        from dossiers.database.postgresql import LateCursor

        given = {"connect_timeout": CONNECT_TIMEOUT, "cursor_factory": LateCursor}
        engine = create_engine(url, connect_args=given, **sizes, **options)
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", _try_after_rest)
        return engine
    engine = create_engine(url, connect_args={"cached_statements": STATEMENTS}, **sizes)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _unbegun(url: URL, connections: int) -> Engine:
    """Connections that read without a transaction, two round trips less a request, and can't write."""
    engine = _engine(url, connections, isolation_level="AUTOCOMMIT")
    event.listen(engine, "connect", _forbid_writing)
    return engine


def _forbid_writing(connection: Any, _record: Any) -> None:
    connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")


def _note_rest(_connection: Any, record: Any) -> None:
    record.info["resting_since"] = time.monotonic()


def _try_after_rest(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection long unused may have been cut by the server or a firewall: another is opened in its place."""
    if time.monotonic() - record.info.get("resting_since", time.monotonic()) < QUIET:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not connection.autocommit:
            connection.rollback()
    except Exception as error:  # whatever the driver says: it can't be used
        raise DisconnectionError from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Leave the transactions to us (the driver would begin them late), and set what SQLite forgets."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin_reading(connection: Connection) -> None:
    """Begin on SQLite, asked of the driver itself: it happens at every question, and can't fail. Not by an event of the engine
    either: with a single listener, SQLAlchemy asks at each statement who listens to what."""
    raw: Any = connection.connection.dbapi_connection
    raw.execute("BEGIN")
