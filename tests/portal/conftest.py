"""The whole application on a small invented scheme, and an applicant at their browser, without any script."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers import office
from dossiers.access import Viewer
from dossiers.database import Account, Dossier, Link
from dossiers.database.base import Base
from dossiers.office import Office
from dossiers.services import accounts, casework, publication, retention
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from dossiers.worker import Worker
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
NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
TEXTS = ("acknowledgement", "please_correct", "accepted", "refused", "expired", "unreadable")
SIRET, IBAN = "73282932000074", "FR7630006000011234567890189"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
EARLY = ("    require: resident\n", "    require: resident\n    stop: early\n    law: Article 2 (fictif)\n")


@dataclass
class Clock:
    """The business clock, moved by hand."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@dataclass
class Page:
    """One answer of the site."""

    status: int
    html: str
    headers: Any

    @property
    def text(self) -> str:
        """What is read: no tags, entities resolved, spaces (no-break ones too) as one plain space."""
        bare = re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]+>", " ", self.html, flags=re.S)
        return " ".join(unescape(bare).replace("’", "'").split())

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.S)
        return " ".join(unescape(found[1]).split()) if found else ""

    @property
    def location(self) -> str:
        return str(self.headers["Location"])

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind."""
        return [attributes for found, attributes in Elements(self.html).found if found == tag]

    def typed(self) -> dict[str, str]:
        """What the form holds: texts, hidden values, radios and boxes ticked, options chosen."""
        found: dict[str, str] = {}
        for one in self.all("input"):
            if one.get("type") in ("radio", "checkbox") and "checked" not in one:
                continue
            if "name" in one:
                found[one["name"]] = one.get("value", "")
        return found


@dataclass
class Browser:
    """An applicant's browser: it keeps cookies and sends the token of the last page it showed."""

    client: FlaskClient
    last: Page | None = None

    def get(self, address: str) -> Page:
        self.last = page_of(self.client.get(address))
        return self.last

    def follow(self, page: Page) -> Page:
        """To where an answer leads."""
        assert page.status in (302, 303), page.text
        return self.get(page.location)

    def post(self, address: str, *, token: str | None = None, **form: Any) -> Page:
        """Send a form; `person__first_name` is written `person-first_name`, `then_` `_then`."""
        if token is None:
            found = TOKEN.search(self.last.html if self.last else "") or TOKEN.search(self.get("/lien").html)
            assert found
            token = found[1]
        sent = {name_sent(name): value for name, value in form.items()}
        answer = page_of(self.client.post(address, data={**sent, "csrf_token": token}))
        self.last = answer if answer.status not in (302, 303) else self.last
        return answer


def name_sent(name: str) -> str:
    return f"_{name[:-1]}" if name.endswith("_") else name.replace("__", "-")


def page_of(response: Any) -> Page:
    return Page(response.status_code, response.get_data().decode("utf-8", "replace"), response.headers)


@dataclass
class Site:
    """The site, its clock, and what the tests say of it often."""

    app: Flask
    desk: Desk
    clock: Clock
    staff: dict[str, Viewer] = field(default_factory=dict)

    def browser(self, language: str = "fr") -> Browser:
        client = self.app.test_client()
        if language != "fr":
            client.set_cookie("guichet_language", language)
        return Browser(client)

    def publish(self, *replaced: tuple[str, str]) -> None:
        """Publish the grant again with texts of its YAML replaced."""
        self.desk.act(publication.publish, bundle(*replaced).with_library(), "Sylvie (fictive)")

    def begun(self, browser: Browser, email: str = "ada@fictif.example") -> str:
        """Begin an application; the path of its pages, with a slash at the end."""
        browser.get(f"/aides/{SLUG}")
        answer = browser.post(f"/aides/{SLUG}/commencer", email=email)
        assert answer.status == 303, answer.text
        return answer.location

    def fill(self, browser: Browser, base: str, *, resident: str = "yes", income: str = "12 000,50") -> Page:
        """Answer every page; the answer to the last one."""
        pages: dict[str, dict[str, Any]] = {
            "you": {"person__first_name": "Ada", "person__last_name": "Fictive", "income": income},
            "children": {"children__0": "row", "children__0__first_name": "Léa", "children__0__age": "7"},
            "payment": {"siret": SIRET, "iban": IBAN, "resident": resident},
        }
        answer = None
        for page, answers in pages.items():
            browser.get(base + page)
            answer = browser.post(base + page, **answers)
            assert answer.status == 303, answer.text
        assert answer is not None
        return answer

    def filed(self, browser: Browser, email: str = "ada@fictif.example") -> str:
        """File an application; its public id."""
        base = self.begun(browser, email)
        self.fill(browser, base)
        browser.get(base + "verifier")
        answer = browser.post(base + "verifier")
        assert answer.status == 303, answer.text
        return base.split("/")[2]

    def fire(self, role: str, public_id: str, action: str, **more: Any) -> Any:
        """A member of staff does an action."""
        return self.desk.act(casework.fire, self._member(role), public_id, action, **more)

    def erase(self, days: int) -> None:
        """Let days go by; the keeping of the dossier begun last is over."""
        self.clock.pass_by(days=days)
        with self.desk.office.database.reading() as session:
            id = session.scalar(select(Dossier.id).order_by(Dossier.id.desc()).limit(1))
        assert self.desk.act(retention.anonymise, id) is True

    def check(self, public_id: str) -> None:
        self.desk.act(casework.check, self._member("instructor"), public_id, "proof", done=True)

    def _member(self, role: str) -> Viewer:
        if role not in self.staff:
            email = f"{role}@fictif.example"
            self.desk.act(
                accounts.add,
                email=email,
                name=f"{role} (fictif)",
                password="un mot de passe fictif",
                roles={SLUG: [role]},
            )
            with self.desk.office.database.reading() as session:
                id = session.scalar(select(Account.id).where(Account.email == email))
            roles = {SLUG: frozenset({role})}
            self.staff[role] = Viewer(
                "staff", account_id=id, name=f"{role} (fictif)", email=email, roles=roles
            )
        return self.staff[role]

    def work(self) -> None:
        """Let the worker do what waits (mails, receipts)."""
        worker = Worker(self.desk.office)
        while worker.run_once():
            pass

    def link_for(self, email: str, token: str) -> None:
        """Make a link known to the tests, as the worker makes them."""
        from dossiers import sessions

        with self.desk.office.database.writing() as session:
            session.add(
                Link(
                    token_hash=sessions.digest(token),
                    email=email,
                    dossier_id=None,
                    purpose="sign_in",
                    expires_at=self.clock.now + timedelta(days=7),
                )
            )


def bundle(*replaced: tuple[str, str]) -> Bundle:
    """The small grant with an early stop, and texts of its own."""
    yaml = SCHEME.read_text(encoding="utf-8")
    for old, new in (EARLY, *replaced):
        assert old in yaml, old
        yaml = yaml.replace(old, new)
    texts = {
        f"texts/{name}.{language}.md": f"{first}: {{{{ reference }}}}\n\n{{{{ applicant }}}}, {{{{ link }}}}\n"
        for name in TEXTS
        for language, first in (("fr", "Objet "), ("en", "Subject"))
    }
    remedies = {
        "texts/remedies.fr.md": "Vous pouvez contester {{ reference }}.\n",
        "texts/remedies.en.md": "Appeal.\n",
    }
    return Bundle({"scheme.yaml": yaml, **texts, **remedies})


def opened_in(folder: Path, clock: Clock) -> Office:
    """The office kept in a folder."""
    settings = Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'guichet.db'}",
        organisation=Organisation(
            name="Office (fictif)", zone=ZoneInfo("Europe/Paris"), email="aide@office.example"
        ),
        keys=folder / "keys.json",
        files=folder / "files",
        outbox=folder / "outbox",
    )
    return office.build(settings, clock)


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A folder with the small grant published; copied for each test."""
    folder = tmp_path_factory.mktemp("published")
    opened = opened_in(folder, Clock())
    Base.metadata.create_all(opened.database.engine)
    Desk(opened).act(publication.publish, bundle(), "Sylvie (fictive)")
    opened.database.close()
    return folder


@pytest.fixture
def site(tmp_path, published):
    """A site with the small grant published; nobody has applied yet."""
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    clock = Clock()
    opened = opened_in(tmp_path, clock)
    yield Site(create_app(opened), Desk(opened), clock)
    opened.database.close()


@pytest.fixture
def ada(site):
    """An applicant at her browser."""
    return site.browser()
