"""A real site with a mail server set, and a rehearsal open beside it: made once, copied for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dossiers import office, settings
from dossiers.services import accounts, publication
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from guichet.application import create_app
from guichet.rehearsal.opening import FOLDER, Asked, open_rehearsal
from guichet.site import prepare
from tests.portal.conftest import NOON, SLUG, Browser, Site, bundle

PASSWORD = "une phrase de passe fictive"
PEOPLE = {
    "admin@office.example": {},
    "ines@office.example": {SLUG: ["instructor", "hotline"]},
    "sami@office.example": {SLUG: ["supervisor"]},
}  # nobody is an accountant
ADDRESS = "http://127.0.0.1:1"


@dataclass
class Pair:
    """The real site's folder, and the rehearsal beside it, at work on its own clock."""

    data: Path
    rehearsal: Site

    @property
    def folder(self) -> Path:
        return self.data / FOLDER

    def opened(self, folder: Path) -> Site:
        """Another process on one of the two."""
        return at_work(folder)

    def staff(self, email: str, language: str = "fr") -> Browser:
        """A member of staff signed in at the rehearsal."""
        browser = Browser(self.rehearsal.app.test_client())
        browser.client.set_cookie("guichet_rehearsal_language", language)
        browser.get("/bureau/connexion")
        answer = browser.post("/bureau/connexion", email=email, password=PASSWORD)
        assert answer.status == 303, answer.text
        return browser


def at_work(folder: Path) -> Site:
    found = office.build(Settings.load(folder, {}))
    return Site(create_app(found), Desk(found), found.clock)  # type: ignore[arg-type]


def state_of(data: Path) -> tuple[list[str], dict[str, bytes]]:
    """All that a site keeps: every row of its database, every other file of its folder but the rehearsal's."""
    with closing(sqlite3.connect(data / "guichet.db")) as database, database:
        rows = list(database.iterdump())
    files = {
        str(path.relative_to(data)): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file() and not path.name.startswith("guichet.db") and FOLDER not in path.parts
    }
    return rows, files


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("real") / "site"
    offset = NOON - datetime.now(UTC)
    site = {"base_url": "https://aides.example", "smtp_url": "smtp://127.0.0.1:9", "clock_offset": offset}
    about = {
        "name": "Office (fictif)",
        "email": "aide@office.example",
        "address": "1 rue fictive\n74000 Annecy",
        "logo": "images/logo.svg",
    }
    settings.write(data, {"site": site, "organisation": about, "colours": {"brand": "#17505f"}})
    (data / "images").mkdir()
    (data / "images" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M0 0h40v40z"/></svg>'
    )
    prepare(data)
    real = at_work(data)
    real.desk.act(publication.publish, bundle(), "Sylvie (fictive)")
    for email, roles in PEOPLE.items():
        about = {"name": f"{email} (fictif)", "password": PASSWORD, "roles": roles}
        real.desk.act(accounts.add, email=email, administrator=not roles, **about)
    real.filed(real.browser(), "vraie@fictif.example")
    real.desk.office.database.close()
    open_rehearsal(data, Asked((), ADDRESS))
    return data


@pytest.fixture
def pair(made: Path, tmp_path: Path) -> Iterator[Pair]:
    data = tmp_path / "site"
    shutil.copytree(made, data)
    found = Pair(data, at_work(data / FOLDER))
    yield found
    found.rehearsal.desk.office.database.close()
