"""What all tests share: the order in which they are handed out, lines a test records under `summary`, which stand in the
summary of the run, parallel or not, and the end of what they open."""

import gc
from collections.abc import Iterator
from weakref import WeakSet

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, event

# A machine with other work to do is no fault of ours: what is fast is measured in bench/.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


USED: list[Engine] = []  # in this test: held until its end, whatever it lets go of before
SHARED: WeakSet[Engine] = WeakSet()  # used in an earlier one: those of sites that several tests share
LONG = ("browser", "kill", "timeout")  # by their marks


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, in the random order they have: one process opens the one browser, and no process is left alone at the
    end with a test of a minute."""
    items.sort(key=lambda item: [item.get_closest_marker(mark) is None for mark in LONG])


def pytest_collection_finish() -> None:
    """Thousands of tests and their modules last as long as the run: the collector needn't look through them again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    lines = [
        value
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "summary"
    ]
    if lines:
        terminalreporter.section("told by the tests")
    for line in lines:
        terminalreporter.write_line(str(line))


@event.listens_for(Engine, "engine_connect")
def _note(connection: Connection) -> None:
    if connection.engine.dialect.name == "sqlite":
        USED.append(connection.engine)


@pytest.fixture(autouse=True)
def no_connection_left() -> Iterator[None]:
    """A connection to SQLite ends with the test that opened it, since Python 3.13 warns of one that is left to the garbage
    collector, and a warning is a fault here. A site that goes on opens others."""
    yield
    SHARED.update(USED)
    USED.clear()
    for engine in list(SHARED):
        engine.dispose()
