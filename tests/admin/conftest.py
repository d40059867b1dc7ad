"""The whole application on a small invented scheme, with one member of staff for each role and dossiers of everybody."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers import access, office
from dossiers.access import Viewer
from dossiers.database import Dossier
from dossiers.database.base import Base
from dossiers.services import accounts, applications, publication
from dossiers.services.desk import Desk
from dossiers.services.uploads import Upload
from dossiers.services.views import Saved
from dossiers.settings import Settings
from engine.language import Bundle
from engine.organisation import Organisation
from guichet.application import create_app
from tests.fixtures.quick import (  # noqa: F401  (fixtures)
    durable_pragmas,
    routes_compiled_once,
    schemes_proved_once,
    slow_hasher,
    statements_compiled_once,
)

SCHEME = Path(__file__).parents[1] / "dossiers" / "services" / "small-grant.yaml"
SLUG = "small-grant"
PASSWORD = "un mot de passe fictif"
ROLES = ("hotline", "instructor", "supervisor", "accountant")
NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
TEXTS = ("acknowledgement", "please_correct", "accepted", "refused", "expired", "unreadable")
IBAN = "FR7630006000011234567890189"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Clock:
    """The business clock, moved by hand."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


def siret(number: int) -> str:
    """An invented establishment with a right check digit."""
    digits = f"73282932{number:05}"
    weighed = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-sum(value - 9 if value > 9 else value for value in weighed) % 10)


@dataclass
class Page:
    """One answer of the site, with its text as a browser would show it."""

    status: int
    html: str
    headers: Any

    @property
    def text(self) -> str:
        """What is read: no tags, entities resolved, spaces as one."""
        bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", self.html, flags=re.S)
        return " ".join(unescape(bare).split())


@dataclass
class Person:
    """A member of staff at their browser."""

    client: FlaskClient

    def get(self, address: str) -> Page:
        return _page(self.client.get(address))

    def post(self, address: str, *, seen: str = "/bureau/", **form: Any) -> Page:
        """Send a form with the token of a page seen; `_comment` is written `comment_`."""
        token = TOKEN.search(self.get(seen).html)
        assert token, f"no form on {seen}"
        sent = {("_" + name[:-1] if name.endswith("_") else name): value for name, value in form.items()}
        return _page(self.client.post(address, data={**sent, "csrf_token": token[1]}))


def _page(response: Any) -> Page:
    return Page(response.status_code, response.get_data(as_text=True), response.headers)


@dataclass
class Bureau:
    """The site and who works there."""

    app: Flask
    desk: Desk
    clock: Clock
    tokens: dict[str, str]
    people: dict[str, Person] = field(default_factory=dict)

    def visitor(self) -> Person:
        """Somebody who isn't signed in."""
        return Person(self.app.test_client())

    def as_(self, role: str, language: str = "fr") -> Person:
        """Somebody signed in, in a language."""
        if (role, language) not in self.people:
            client = self.app.test_client()
            client.set_cookie("guichet_language", language)
            client.set_cookie("guichet_office", self.tokens[role], path="/bureau")
            self.people[role, language] = Person(client)
        return self.people[role, language]

    def signs_in(self, role: str) -> Person:
        """Somebody who types their password now."""
        person = self.visitor()
        form = {"email": f"{role}@fictif.example", "password": PASSWORD}
        assert person.post("/bureau/connexion", seen="/bureau/connexion", **form).status == 303
        return person

    def filed(
        self,
        number: int = 1,
        name: str = "Fictive",
        phone: str = "",
        income: str = "12 000",
        lease: bytes = b"",
    ) -> str:
        """Somebody files an application (with a lease when they rent: an income below 2 000 asks); its public id."""
        started = self.desk.act(
            applications.start, access.anonymous(), SLUG, email=f"a{number}@fictif.example", language="fr"
        )
        with self.desk.office.database.reading() as session:
            [id] = session.scalars(select(Dossier.id).where(Dossier.public_id == started.public_id))
        viewer = Viewer("applicant", dossiers=frozenset({id}), language="fr")
        pages = {
            "you": {"person-first_name": "Ada", "person-last_name": name, "income": income, "phone": phone},
            "children": {"children-0": "row", "children-0-first_name": name, "children-0-age": "7"},
            "payment": {"siret": siret(number), "iban": IBAN, "resident": "yes"},
        }
        for page, controls in pages.items():
            form, files = {key: [value] for key, value in controls.items()}, {}
            if lease and page == "you":
                form["tenant"], files["lease"] = ["yes"], [Upload("bail.pdf", lease)]
            saved = self.desk.act(
                applications.save_page, viewer, started.public_id, page, form=form, files=files
            )
            assert isinstance(saved, Saved), saved
        self.desk.act(applications.submit, viewer, started.public_id)
        return str(started.public_id)

    def path(self, public_id: str) -> str:
        """The address of a dossier."""
        return f"/bureau/{SLUG}/{public_id}"


def bundle() -> Bundle:
    """The small grant with texts of its own."""
    texts = {
        f"texts/{name}.{language}.md": f"{first}: {{{{ reference }}}}\n\n{{{{ applicant }}}}, {{{{ link }}}}\n"
        for name in TEXTS
        for language, first in (("fr", "Objet "), ("en", "Subject"))
    }
    remedies = {
        "texts/remedies.fr.md": "Vous pouvez contester.\n",
        "texts/remedies.en.md": "You may appeal.\n",
    }
    return Bundle({"scheme.yaml": SCHEME.read_text(encoding="utf-8"), **texts, **remedies})


def settings_in(folder: Path) -> Settings:
    """The settings of a site kept in a folder."""
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'guichet.db'}",
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
        keys=folder / "keys.json",
        files=folder / "files",
        outbox=folder / "outbox",
    )


@pytest.fixture(scope="session")
def stocked(tmp_path_factory):
    """A folder with the small grant published, an account for each role, and a session of each; copied for each test."""
    folder = tmp_path_factory.mktemp("stocked")
    opened = office.build(settings_in(folder), Clock())
    Base.metadata.create_all(opened.database.engine)
    desk = Desk(opened)
    desk.act(publication.publish, bundle(), "Sylvie (fictive)")
    tokens = {}
    for role in (*ROLES, "admin", "idle"):
        email = f"{role}@fictif.example"
        name, roles = f"{role.capitalize()} (fictif)", {SLUG: [role]} if role in ROLES else {}
        desk.act(
            accounts.add,
            email=email,
            name=name,
            password=PASSWORD,
            roles=roles,
            administrator=role == "admin",
        )
        tokens[role] = desk.act(accounts.sign_in, email, PASSWORD).session.token
    opened.database.close()
    return folder, tokens


@pytest.fixture
def bureau(tmp_path, stocked):
    """A site with the small grant published; nobody has applied yet."""
    folder, tokens = stocked
    shutil.copytree(folder, tmp_path / "site")
    clock = Clock()
    opened = office.build(settings_in(tmp_path / "site"), clock)
    yield Bureau(create_app(opened), Desk(opened), clock, tokens)
    opened.database.close()
