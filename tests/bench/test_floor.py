"""The floor measures what it says: twelve requests, five commits, and one row in each table an application fills."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from werkzeug.serving import make_server

from bench import forms, stored, written
from bench.clients import apply_some, drive
from bench.floor import create_floor
from dossiers.database.base import Base

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # SQLite connections of ended threads
ONE_EACH = ("amount_step", "dossier", "filing", "journal_entry", "party", "session", "verdict")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'floor.db'}"


@pytest.fixture
def port(url: str) -> Iterator[int]:
    """The floor on a port of this machine, in a thread."""
    server = make_server("127.0.0.1", 0, create_floor(url), threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield server.server_port
    server.shutdown()
    serving.join()
    server.server_close()


def test_an_application_is_five_commits(url: str, port: int) -> None:
    found = written.count(port, forms.small(), url, requests=12)
    assert found.commits == 5
    assert {name: found.rows[name] for name in (*ONE_EACH, "job")} == dict.fromkeys(ONE_EACH, 1) | {"job": 3}


def test_an_application_is_twelve_requests(port: int) -> None:
    load = drive(port, forms.small(), clients=1, seconds=0.1)
    assert len(load.timings) == 12 * load.applications


def test_stored_copies_are_whole_dossiers(url: str, port: int) -> None:
    [public_id] = apply_some(port, forms.small(), 1)
    told: list[int] = []
    stored.fill(url, public_id, 40, told.append)
    assert sum(told) == 40
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        for name in ("dossier", "filing", "verdict", "party", "journal_entry"):
            assert len(connection.execute(select(Base.metadata.tables[name])).all()) == 41
        dossier = Base.metadata.tables["dossier"]
        people = connection.execute(select(dossier.c.public_id, dossier.c.reference, dossier.c.email)).all()
        assert [len(set(column)) for column in zip(*people, strict=True)] == [41, 41, 41]
    engine.dispose()
