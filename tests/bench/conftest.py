"""The databases some benches are tried on."""

from tests.fixtures.databases import database_url, postgresql_cluster, sqlite_template  # noqa: F401  (fixtures)
