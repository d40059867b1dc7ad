"""The cursor used on PostgreSQL. Imported by sites that have one only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from psycopg import Column, Cursor


class LateCursor(Cursor[Any]):
    """Describes the columns of a result when somebody looks at the description: SQLAlchemy asks each result for one, and
    reads that of the first result of a statement only. To make them took a twentieth of the time of a page."""

    @property
    def description(self) -> Any:
        """As the DB-API says: one item for each column, None where the statement gave no rows."""
        result = self.pgresult
        return LateDescription(self, result.nfields) if result and result.nfields else super().description


class LateDescription(Sequence[Column]):
    """The description of a result, made when it is read."""

    def __init__(self, cursor: Cursor[Any], length: int) -> None:
        self._cursor, self._length = cursor, length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Column: ...

    @overload
    def __getitem__(self, place: slice) -> list[Column]: ...

    def __getitem__(self, place: int | slice) -> Column | list[Column]:
        return self._columns()[place]

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns())

    def _columns(self) -> list[Column]:
        return Cursor.description.fget(self._cursor) or []  # type: ignore[attr-defined]
