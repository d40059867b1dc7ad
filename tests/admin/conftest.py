"""The whole application on a small invented scheme, with one member of staff for each role and dossiers of everybody."""

from __future__ import annotations

import re
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
from dossiers.services.views import Saved
from dossiers.settings import Settings
from engine.language import Bundle
from engine.organisation import Organisation
from guichet.application import create_app

SCHEME = Path(__file__).parents[1] / "dossiers" / "services" / "small-grant.yaml"
SLUG = "small-grant"
PASSWORD = "un mot de passe fictif"
NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
TEXTS = ("acknowledgement", "please_correct", "accepted", "refused", "expired")
HOSTILE = '<script>alert(1)</script> *gras* {{ 7*7 }} "><img src=x onerror=alert(2)>'
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
    people: dict[str, Person] = field(default_factory=dict)

    def as_(self, role: str, language: str = "fr") -> Person:
        """Somebody signed in, in a language."""
        if (role, language) not in self.people:
            client = self.app.test_client()
            client.set_cookie("guichet_language", language)
            person = Person(client)
            signed = person.post(
                "/bureau/connexion",
                seen="/bureau/connexion",
                email=f"{role}@fictif.example",
                password=PASSWORD,
            )
            assert signed.status == 303, signed.text
            self.people[role, language] = person
        return self.people[role, language]

    def filed(self, number: int = 1, name: str = "Fictive", phone: str = "", income: str = "12 000") -> str:
        """Somebody files an application; its public id."""
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
            form = {key: [value] for key, value in controls.items()}
            saved = self.desk.act(applications.save_page, viewer, started.public_id, page, form=form)
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
    remedies = {"texts/remedies.fr.md": "Vous pouvez contester.\n", "texts/remedies.en.md": "You may appeal.\n"}
    return Bundle({"scheme.yaml": SCHEME.read_text(encoding="utf-8"), **texts, **remedies})


@pytest.fixture
def bureau(tmp_path):
    """A site with the small grant published; nobody has applied yet."""
    settings = Settings(
        data=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'guichet.db'}",
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
        keys=tmp_path / "keys.json",
        files=tmp_path / "files",
        outbox=tmp_path / "outbox",
    )
    clock = Clock()
    opened = office.build(settings, clock)
    Base.metadata.create_all(opened.database.engine)
    desk = Desk(opened)
    desk.act(publication.publish, bundle(), "Sylvie (fictive)")
    for role in ("hotline", "instructor", "supervisor", "accountant", "admin", "idle"):
        known = role not in ("admin", "idle")
        desk.act(
            accounts.add,
            email=f"{role}@fictif.example",
            name=f"{role.capitalize()} (fictif)",
            password=PASSWORD,
            roles={SLUG: [role]} if known else {},
            administrator=role == "admin",
        )
    yield Bureau(create_app(opened), desk, clock)
    opened.database.close()
