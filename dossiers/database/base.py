"""The root of the tables, and how their constraints are named (SQLite's migrations need every one to have a name)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Date, Index, MetaData, Table, Text, TextClause
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.schema import CreateIndex

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


class PartialIndex(Index):
    """An index of the rows that meet `where` alone, which both databases write alike. SQLAlchemy's own options
    (`sqlite_where`, `postgresql_where`) would load both dialects: two megabytes, and one of them for nothing."""

    def __init__(self, name: str, *columns: str, where: TextClause, unique: bool = False) -> None:
        super().__init__(name, *columns, unique=unique)
        self.where = where


@compiles(CreateIndex)
def _create_index(create: CreateIndex, compiler: Any, **options: Any) -> str:
    statement: str = compiler.visit_create_index(create, **options)
    index = create.element
    return f"{statement} WHERE {index.where.text}" if isinstance(index, PartialIndex) else statement


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
