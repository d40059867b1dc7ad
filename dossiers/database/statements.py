"""The few statements the two databases spell differently."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Dialect, Integer, String, Table, bindparam, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from dossiers.database.base import table_of
from dossiers.database.connection import core
from dossiers.database.types import Instant

NUMBER = bindparam("number", type_=BigInteger())
LOCK, TRY_LOCK = select(func.pg_advisory_xact_lock(NUMBER)), select(func.pg_try_advisory_xact_lock(NUMBER))


class DatabaseNow(FunctionElement[Any]):
    """The database's own clock, so many seconds from now: for leases, which machines with other clocks share."""

    inherit_cache = True
    type = Instant()

    def __init__(self, seconds: float = 0) -> None:
        super().__init__(literal(float(seconds)))


@compiles(DatabaseNow, "sqlite")
def _sqlite_now(element: DatabaseNow, compiler: Any, **options: Any) -> str:
    seconds = compiler.process(element.clauses, **options)
    return f"(strftime('%Y-%m-%d %H:%M:%f', 'now', {seconds} || ' seconds') || '000')"


@compiles(DatabaseNow, "postgresql")
def _postgresql_now(element: DatabaseNow, compiler: Any, **options: Any) -> str:
    return f"(clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **options)}))"


class Among(FunctionElement[Any]):
    """Whether a column holds one of many ids: one parameter instead of a thousand, and the same statement for any number."""

    inherit_cache = True
    type = Integer()  # as a Boolean it would be compared with 1 on SQLite, past every index

    def __init__(self, column: Any, ids: Iterable[int]) -> None:
        super().__init__(column, literal(str([*ids]), String))


@compiles(Among, "sqlite")
def _sqlite_among(element: Among, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"


@compiles(Among, "postgresql")
def _postgresql_among(element: Among, compiler: Any, **options: Any) -> str:
    column, ids = (compiler.process(one, **options) for one in element.clauses)
    return f"{column} = ANY (translate({ids}, '[]', '{{}}')::bigint[])"


class Texts(FunctionElement[Any]):
    """Many texts as rows, from one parameter holding them as JSON: `Texts(bindparam(…)).table_valued("value")`."""

    inherit_cache = True


@compiles(Texts, "sqlite")
def _sqlite_texts(element: Texts, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(Texts, "postgresql")
def _postgresql_texts(element: Texts, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"


def insert_or_ignore(session: Session, model: type[Any], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same unique key is there; returns whether it was inserted."""
    return insert_new(session, model, values) is not None


def insert_new(session: Session, model: type[Any], values: Mapping[str, Any]) -> Any:
    """Insert a row unless one with the same unique key is there; the first column of its primary key, None for no row."""
    statement = _insert_or_ignore(_dialect(session).name, table_of(model))
    return core(session).scalars(statement, dict(values)).first()


def upsert(session: Session, model: type[Any], values: Mapping[str, Any], **changed: Any) -> Any:
    """Insert a row, or change the one with the same primary key; the statement, for its caller to add RETURNING."""
    keys = [column.name for column in model.__table__.primary_key.columns]
    statement = _insert(_dialect(session).name, model).values(values)
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def add_up(session: Session, model: type[Any], rows: Sequence[Mapping[str, Any]], *sums: str) -> None:
    """Insert rows; where one with the same primary key is there, add what these columns hold to it."""
    if not rows:
        return
    statement = _adding(_dialect(session).name, table_of(model), tuple(rows[0]), sums)
    if _dialect(session).name != "postgresql":
        core(session).execute(statement, list(rows))
        return
    core(session).execute(statement, {name: [row[name] for row in rows] for name in rows[0]})


@cache
def _adding(dialect: str, table: Table, names: tuple[str, ...], sums: tuple[str, ...]) -> Any:
    """On PostgreSQL a column is one parameter, an array: thousands of rows in one statement instead of one each."""
    statement = _insert(dialect, table)
    if dialect == "postgresql":
        columns = [table.c[name] for name in names]
        given = (func.unnest(bindparam(one.name, type_=ARRAY(one.type))) for one in columns)
        statement = statement.from_select(names, select(*given))
    keys = [column.name for column in table.primary_key.columns]
    together = {name: table.c[name] + statement.excluded[name] for name in sums}
    return statement.on_conflict_do_update(index_elements=keys, set_=together)


def lock_name(session: Session, name: str) -> None:
    """Wait until nobody else holds this name, and hold it till the transaction ends.

    On SQLite who writes is alone already.
    """
    if _dialect(session).name == "postgresql":
        core(session).execute(LOCK, {"number": _number(name)})


def try_lock_name(session: Session, name: str) -> bool:
    """As `lock_name`, without waiting: False when somebody else holds it."""
    if _dialect(session).name != "postgresql":
        return True
    return bool(session.scalar(TRY_LOCK, {"number": _number(name)}))


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def _dialect(session: Session) -> Dialect:
    return session.get_bind().dialect


@cache
def _insert_or_ignore(dialect: str, table: Table) -> Any:
    first = next(iter(table.primary_key.columns))
    return _insert(dialect, table).on_conflict_do_nothing().returning(first)


def _insert(dialect: str, target: Any) -> Any:
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # two megabytes that a site on SQLite has no use for

        return postgresql.insert(target)
    from sqlalchemy.dialects import sqlite  # nor one on PostgreSQL for this one

    return sqlite.insert(target)
