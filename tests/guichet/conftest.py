"""A small demonstration, made once for each process of the tests."""

import pytest

from tests.fixtures.quick import durable_pragmas, routes_compiled_once, slow_hasher  # noqa: F401  (fixtures)
from tests.fixtures.sites import DemoSite, make_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoSite:
    return make_demo(tmp_path_factory.mktemp("demo"), 8)
