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
from tests.fixtures.quick import (  # noqa: F401  (fixtures)
    durable_pragmas,
    schemes_proved_once,
    slow_hasher,
    statements_compiled_once,
)
