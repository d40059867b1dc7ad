"""Column types that mean the same on SQLite and on PostgreSQL: instants, JSON, big keys, words compared by code point."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, String
from sqlalchemy.types import TypeDecorator, TypeEngine

# Plain JSON, not JSONB: kept as written (order of keys, spelling of numbers), since digests are made of it.
Json = JSON(none_as_null=True)
Key = BigInteger().with_variant(Integer(), "sqlite")
# Ordered by code point on both databases, so that "begins with" is a range of an ordinary index.
Word = String(80).with_variant(String(80, collation="C"), "postgresql")


class Instant(TypeDecorator[datetime]):
    """An aware instant. PostgreSQL keeps it as such; SQLite as UTC text of fixed width, which sorts as time does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, a timestamp elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(26))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuses a naive datetime with a ValueError: nobody could tell which instant it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return to_text(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Always in UTC, whatever the time zone of the connection."""
        return _in_utc(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """The same without a call around it: a long list reads hundreds of thousands."""
        return _in_utc


def _in_utc(value: Any) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, str):
        return datetime.fromisoformat(f"{value}+00:00")
    found: datetime = value.astimezone(UTC)
    return found


def to_text(instant: datetime) -> str:
    """An instant as SQLite keeps it: "2020-05-04 07:00:00.000000", in UTC."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
