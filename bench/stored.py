"""Many dossiers stored already: one real application, copied with other people, dates, keys and outcomes into every table it fills."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, func, select, text

from bench import bulk
from dossiers.database.base import Base
from dossiers.database.connection import driver_url
from dossiers.tokens import words
from guichet.demo.people import FIRST_NAMES, LAST_NAMES

CHUNK = 1000  # dossiers a transaction
DAYS = 60  # the stored dossiers arrived over so many days
DECIDED = 0.75
OUTCOMES = ("granted", "refused")
LIVE_SESSIONS = timedelta(hours=12)

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Model:
    """The rows a real application left, by table in the order of their references, and what names it in them."""

    rows: Rows
    public_id: str
    reference: str
    email: str
    name: str


def fill(url: str, public_id: str, count: int, progress: Callable[[int], object]) -> None:
    """Store `count` copies of the filed dossier `public_id`. What the worker would have done is marked done."""
    engine = create_engine(driver_url(url))
    with engine.connect() as connection:
        model = _model(connection, public_id)
        bases = {name: _highest(connection, name) for name in model.rows}
    seal_id = one_seal(engine, count)
    copies = _copies(model, bases, count)
    for begin in range(0, count, CHUNK):
        chunk = [next(copies) for _ in range(min(CHUNK, count - begin))]
        rows = {name: [row for copy in chunk for row in copy.get(name, ())] for name in model.rows}
        if "journal_entry" in rows:
            rows["journal_entry"] = [row | {"seal_id": seal_id} for row in rows["journal_entry"]]
        with engine.begin() as connection:
            bulk.insert(connection, rows)
        progress(len(chunk))
    _settle(engine, tuple(model.rows))
    engine.dispose()


def _model(connection: Connection, public_id: str) -> Model:
    tables = Base.metadata.tables
    dossier = tables["dossier"]
    found = connection.execute(select(dossier).where(dossier.c.public_id == public_id)).one()
    rows: dict[str, list[Row]] = {}
    for table in Base.metadata.sorted_tables:
        which = table.c.id if table is dossier else table.c.get("dossier_id")
        if which is not None:
            rows[table.name] = [
                dict(row._mapping) for row in connection.execute(select(table).where(which == found.id))
            ]
    session = tables["session"]
    known = [dict(row._mapping) for row in connection.execute(select(session))]
    rows["session"] = [row for row in known if row["dossiers"] == [found.id]]
    kept = {name: left for name, left in rows.items() if left}
    return Model(kept, public_id, found.reference, found.email, kept["party"][0]["name"])


def one_seal(engine: Engine, count: int) -> int:
    """The one seal all copies are under; it proves nothing, it is there to be pointed at."""
    table = Base.metadata.tables["seal"]
    row = {"number": 1, "at": datetime.now(UTC), "count": count, "signature": b""}
    row |= dict.fromkeys(("digest", "previous", "hash"), "0" * 64)
    with engine.begin() as connection:
        return int(connection.execute(table.insert().returning(table.c.id), row).scalar_one())


# a name that as many dossiers bear in a small store as in a large one: about so many
RARE_NAME, RARE = "Quintard", 60


def _highest(connection: Connection, name: str) -> int:
    table = Base.metadata.tables[name]
    return int(connection.scalar(select(func.max(table.c.id))) or 0) if "id" in table.c else 0


def _copies(model: Model, bases: Mapping[str, int], count: int) -> Iterator[dict[str, list[Row]]]:
    """One dossier after another, oldest first: ids as they would have been given, public ids by chance."""
    random = Random(3)
    for number in range(1, count + 1):
        age = timedelta(days=DAYS) * (1 - (number - 1) / count)
        last = RARE_NAME if number % max(count // RARE, 1) == 0 else random.choice(LAST_NAMES)
        person = f"{random.choice(FIRST_NAMES)} {last} (fictif)"
        other = {
            model.public_id: secrets.token_urlsafe(16),
            model.reference: f"PAR-S-{number:06}",
            model.email: f"depot-{number}@fictif.example",
            model.name: person,
        }
        ids = {
            (name, row["id"]): bases[name] + (number - 1) * len(rows) + place
            for name, rows in model.rows.items()
            for place, row in enumerate(rows, start=1)
            if "id" in row
        }
        yield _copy(model, other, ids, age, random)


def _words(rows: list[Row], model: Model, other: Mapping[str, str]) -> list[Row]:
    """The index of a copy: the words of another name, as the search itself makes them, in place of the model's."""
    own, theirs = words([model.name]), words([other[model.name]])
    kept = [row for row in rows if row["word"] not in own]
    return kept + [rows[0] | {"word": word} for word in theirs]


def _copy(
    model: Model, other: Mapping[str, str], ids: Mapping[tuple[str, int], int], age: timedelta, random: Random
) -> dict[str, list[Row]]:
    decided = random.choice(OUTCOMES) if random.random() < DECIDED else None
    made: dict[str, list[Row]] = {}
    for name, rows in model.rows.items():
        if name == "session" and age > LIVE_SESSIONS:
            continue
        table = Base.metadata.tables[name]
        made[name] = [_row(table, row, other, ids, age) for row in rows]
    dossier = made["dossier"][0]
    if decided:
        dossier |= {
            "state": decided,
            "decided_at": dossier["filed_at"],
            "ended_at": dossier["filed_at"],
            "revision": 2,
        }
    for job in made.get("job", ()):
        job["done_at"] = job["run_at"]
    if "search_word" in made:
        made["search_word"] = _words(made["search_word"], model, other)
    for session in made.get("session", ()):
        session["dossiers"] = [dossier["id"]]
    return made


def _row(
    table: Table, row: Row, other: Mapping[str, str], ids: Mapping[tuple[str, int], int], age: timedelta
) -> Row:
    made = {column.name: _value(row[column.name], other, age) for column in table.columns}
    if "id" in made:
        made["id"] = ids[table.name, row["id"]]
    for column in table.columns:
        for key in column.foreign_keys:
            made[column.name] = ids.get((key.column.table.name, row[column.name]), made[column.name])
        alone = column.unique or (column.primary_key and len(table.primary_key.columns) == 1)
        if alone and isinstance(row[column.name], str) and made[column.name] == row[column.name]:
            made[column.name] = f"{row[column.name]}~{made['id']}" if "id" in made else secrets.token_hex(32)
    return made


def _value(value: Any, other: Mapping[str, str], age: timedelta) -> Any:
    """A value as it would be of another person at another time."""
    if isinstance(value, str):
        for old, new in other.items():
            value = value.replace(old, new)
        return value
    if isinstance(value, datetime | date):
        return value - age
    if isinstance(value, dict):
        return {key: _value(one, other, age) for key, one in value.items()}
    return [_value(one, other, age) for one in value] if isinstance(value, list) else value


def _settle(engine: Engine, names: tuple[str, ...]) -> None:
    """Leave the database as time would: sequences past what was given by hand, statistics, an empty log."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in names:
            if "id" in Base.metadata.tables[name].c:
                query = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
                connection.execute(text(query))
        connection.execute(text("VACUUM ANALYZE"))
