"""The root of the tables, and how their constraints are named (SQLite's migrations need every one to have a name)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Date, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase

from dossiers.database.types import Instant, Json

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def table_of(model: type[Base]) -> Table:
    """The table of a model, for statements built once and run without the mapper: several times cheaper, and what
    happens at each request counts."""
    table: Table = model.__table__  # type: ignore[assignment]
    return table


class Base(DeclarativeBase):
    """The root of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        date: Date,
        str: Text,
        dict[str, Any]: Json,
        list[Any]: Json,
    }
