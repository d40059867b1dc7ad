"""The databases some benches are tried on."""

from tests.fixtures.databases import (  # noqa: F401  (fixtures)
    database_kind,
    database_url,
    filling,
    postgresql_cluster,
    sqlite_template,
    stock,
    stocks,
)
