"""Whether a database has its present shape: a quick look, since most starts find that it has.

What brings it there (`migrating`) is imported only when something is missing.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import NullPool, create_engine, inspect, text

from dossiers.database.connection import driver_url

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = max(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("v*.py"))  # v0001_first_tables is "0001"


def upgrade(url: str) -> None:
    """Apply the migrations that are missing, all or none. A SQLite file that holds something is copied first.

    Safe to call from many processes at once: one migrates, the others wait. Raises migrating.TooNew.
    """
    if not is_present(url):
        from dossiers.database import migrating

        migrating.upgrade(url)


def is_present(url: str) -> bool:
    """Whether the last migration of this release is the last one the database had."""
    parsed = driver_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        return False
    engine = create_engine(parsed, poolclass=NullPool)
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
