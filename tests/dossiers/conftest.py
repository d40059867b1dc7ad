"""What is kept is tested on both databases."""

from tests.fixtures.databases import (  # noqa: F401  (fixtures)
    bare_url,
    clock,
    database_url,
    office,
    postgresql_cluster,
    settings,
    sqlite_template,
)
