"""What an application really writes: rows left in each table, and durable commits, counted by the databases themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import NullPool, create_engine, func, select, text

from bench.clients import apply_some
from bench.forms import Form
from dossiers.database.base import Base
from dossiers.database.connection import driver_url

COUNTED = 5  # applications
FRAME_HEADER, WAL_HEADER = 24, 32


@dataclass(frozen=True, slots=True)
class Written:
    """Of one application: requests, commits that wrote something, rows left by table (tables that kept none left out)."""

    requests: float
    commits: float
    rows: dict[str, float]


def count(port: int, form: Form, url: str, requests: float) -> Written:
    """Apply a few times, alone, and compare before and after. The database must have no other writer meanwhile."""
    commits = _sqlite_commits if url.startswith("sqlite") else _postgresql_commits
    before = _rows(url)
    made = commits(url, lambda: apply_some(port, form, COUNTED))
    after = _rows(url)
    left = {name: (after[name] - before[name]) / COUNTED for name in after if after[name] != before[name]}
    return Written(requests, made / COUNTED, left)


def _rows(url: str) -> dict[str, int]:
    engine = create_engine(driver_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def _postgresql_commits(url: str, work: Callable[[], object]) -> int:
    """The transactions that got a number: those that only read get none. A savepoint that writes gets one of its own."""
    engine = create_engine(driver_url(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    query = text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    with engine.connect() as connection:
        before = connection.execute(query).scalar_one()
        work()
        return int(connection.execute(query).scalar_one() - before)


def _sqlite_commits(url: str, work: Callable[[], object]) -> int:
    """The frames of the write-ahead log that end a transaction (https://sqlite.org/fileformat2.html, section 4.1)."""
    path = Path(str(driver_url(url).database))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        work()
        content = Path(f"{path}-wal").read_bytes()
    page = int.from_bytes(content[8:12], "big")
    salts, frame = content[16:24], FRAME_HEADER + page
    heads = (content[at : at + FRAME_HEADER] for at in range(WAL_HEADER, len(content) - frame + 1, frame))
    return sum(1 for head in heads if head[8:16] == salts and head[4:8] != b"\0\0\0\0")
