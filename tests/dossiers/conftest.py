"""What is kept is tested on both databases."""

from tests.fixtures.databases import (  # noqa: F401  (fixtures)
    bare_url,
    clock,
    database_kind,
    database_url,
    filling,
    office,
    postgresql_cluster,
    settings,
    sqlite_template,
    stock,
    stocks,
)
from tests.fixtures.quick import durable_pragmas, slow_hasher  # noqa: F401  (fixtures)
