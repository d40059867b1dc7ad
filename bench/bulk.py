"""Many rows stored at once: COPY on PostgreSQL, one prepared statement on SQLite, which is told to wait for no disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from dossiers.database.base import Base


def insert(connection: Connection, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Rows by the name of their table; those of one table have the same columns."""
    for name, rows in tables.items():
        if rows and connection.dialect.name == "postgresql":
            _copy(connection, name, rows)
        elif rows:
            connection.execute(Base.metadata.tables[name].insert(), list(rows))


def hasten(connection: Connection) -> None:
    """What is lost in a power cut is stored again."""
    setting = "SET LOCAL synchronous_commit = off"
    connection.exec_driver_sql(
        setting if connection.dialect.name == "postgresql" else "PRAGMA synchronous=OFF"
    )


def _copy(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = list(rows[0])
    quoted = ", ".join(f'"{column}"' for column in columns)
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f'COPY "{name}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_kept(row[column]) for column in columns])


def _kept(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value
