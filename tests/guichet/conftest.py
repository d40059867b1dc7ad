"""A small demonstration, made once for each process of the tests."""

import pytest

from tests.fixtures.quick import (  # noqa: F401  (fixtures)
    durable_pragmas,
    routes_compiled_once,
    schemes_proved_once,
    slow_hasher,
    statements_compiled_once,
)
from tests.fixtures.sites import DemoSite, make_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoSite:
    return make_demo(tmp_path_factory.mktemp("demo"), 8)
