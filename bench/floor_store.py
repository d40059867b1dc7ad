"""The floor's database: our tables and indexes, our durability, our lock before a write on SQLite; nothing else of ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bench.forms import SMALL
from dossiers.database.base import Base
from dossiers.database.connection import PRAGMAS, driver_url

TABLES = Base.metadata.tables


@dataclass(frozen=True, slots=True)
class Version:
    """The one published version the rows refer to."""

    scheme_id: int
    version_id: int


class FloorStore:
    """An engine, and the one transaction at a time that SQLite allows to write."""

    def __init__(self, url: str) -> None:
        self.engine = sa.create_engine(driver_url(url), pool_size=12)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock()
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare)
            sa.event.listen(self.engine, "begin", _begin)
        Base.metadata.create_all(self.engine)
        with self.writing() as connection:
            self.version = _version(connection)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One durable transaction."""
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                yield connection
            return
        with self._turn, self.engine.connect() as connection:
            connection.info["writing"] = True
            with connection.begin():
                yield connection

    def locked(self, query: Any) -> Any:
        """The query with the row lock an act takes."""
        return query if self.is_sqlite else query.with_for_update()


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.pop("writing", False) else "BEGIN")


def _version(connection: sa.Connection) -> Version:
    """The scheme, its version and the counter, made at the first start."""
    found = connection.execute(sa.select(TABLES["scheme"].c.id)).scalar()
    if found is None:
        now = datetime.now(UTC)
        connection.execute(TABLES["scheme"].insert().values(id=1, slug=SMALL))
        row = {"id": 1, "scheme_id": 1, "number": 1, "files": {}, "checksum": "-", "published_by": "bench"}
        connection.execute(TABLES["scheme_version"].insert().values(**row, published_at=now))
        connection.execute(TABLES["counter"].insert().values(name="reference", value=0))
    return Version(1, 1)
