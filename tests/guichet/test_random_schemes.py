"""Whatever the scheme and the answers: what is filed is what was asked, and what is hidden is nowhere.

A few examples each time, the same ones; many new ones: `GUICHET_EXAMPLES=500 pytest tests/guichet/test_random_schemes.py`.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dossiers import office
from dossiers.database import Dossier, Filing, SchemeVersion
from dossiers.database.base import Base
from dossiers.services import accounts, publication
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from dossiers.worker import Worker
from engine.language import Bundle
from engine.organisation import Organisation
from guichet.application import create_app
from tests.guichet.random_schemes import Condition, Form, Question, Sheet, forms

MANY = int(os.environ.get("GUICHET_EXAMPLES", "0"))
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ASKED = re.compile(r'name="_asked" value="([^"]+)"')
TEMPLATE = re.compile(r"<template.*?</template>", re.DOTALL)
PASSWORD = "un mot de passe fictif"


RESIDENT = Question("resident", "yes_no", "", {"": "yes"}, True)
WHERE = Question(
    "street",
    "text",
    "",
    {"": "zqstreetx"},
    "zqstreetx",
    Condition("resident", lambda seen: seen.get("resident") is True),
)
STREET = Form((Sheet("page_0", (RESIDENT, WHERE)),), ("resident",))


@dataclass
class World:
    """One site, on which each example publishes its scheme as the next version."""

    desk: Desk
    app: Any
    staff: FlaskClient

    def publish(self, form: Form) -> None:
        bundle = Bundle({"scheme.yaml": form.yaml()})
        with self.desk.office.database.reading() as session:
            known = session.scalar(select(SchemeVersion.checksum).where(SchemeVersion.retired_at.is_(None)))
        if known != bundle.checksum:
            self.desk.act(publication.publish, bundle, "Sylvie (fictive)", even_so=True)

    def work(self) -> None:
        worker = Worker(self.desk.office)
        while worker.run_once():
            pass

    def filed(self, public_id: str) -> dict[str, Any]:
        """The answers of the last deposit, as the database holds them."""
        with self.desk.office.database.reading() as session:
            query = select(Filing.answers).join(Dossier).where(Dossier.public_id == public_id)
            return dict(session.scalars(query.order_by(Filing.number.desc())).first() or {})


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("random")
    opened = office.build(
        Settings(
            data=folder,
            database_url=f"sqlite:///{folder / 'guichet.db'}",
            organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
            keys=folder / "keys.json",
            files=folder / "files",
            outbox=folder / "outbox",
        ),
        lambda: datetime(2020, 5, 12, 10, tzinfo=UTC),
    )
    Base.metadata.create_all(opened.database.engine)
    desk = Desk(opened)
    desk.act(publication.publish, Bundle({"scheme.yaml": STREET.yaml()}), "Sylvie (fictive)")
    email = "clerk@fictif.example"
    desk.act(accounts.add, email=email, name="Claude (fictif)", password=PASSWORD, roles={"trial": ["clerk"]})
    app = create_app(opened)
    staff = app.test_client()
    token = desk.act(accounts.sign_in, email, PASSWORD).session.token
    staff.set_cookie("guichet_office", token, path="/bureau")
    yield World(desk, app, staff)
    opened.database.close()


class Applicant:
    """Somebody who fills the form in page by page; from an old tab everything is sent, hidden or not."""

    def __init__(self, world: World, form: Form, *, old_tab: bool = False) -> None:
        self.form, self.client, self.old_tab = form, world.app.test_client(), old_tab
        self.changed: dict[str, Question] = {}
        self.get("/aides/trial")
        self.base = self.post("/aides/trial/commencer", {"email": "ada@fictif.example"})
        self.public_id = self.base.split("/")[2]

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        self.html = answer.get_data(as_text=True)
        assert answer.status_code == 200, (address, answer.status_code, answer.headers.get("Location"))
        return self.html

    def post(self, address: str, sent: dict[str, Any]) -> str:
        """Send a form; where it leads."""
        found = TOKEN.search(self.html)
        assert found
        answer = self.client.post(address, data={**sent, "csrf_token": found[1]})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return str(answer.headers["Location"])

    def page(self, id: str) -> str:
        """Answer one page; where it leads."""
        html = self.get(self.base + id)
        shown = ASKED.findall(TEMPLATE.sub("", html))
        sheet = next(sheet for sheet in self.form.sheets if sheet.id == id)
        answered = [
            self.changed.get(one.id, one) for one in sheet.questions if self.old_tab or one.id in shown
        ]
        sent = {one.id + suffix: text for one in answered for suffix, text in one.typed.items()}
        return self.post(self.base + id, sent if self.old_tab else {**sent, "_asked": shown})

    def follow(self) -> list[str]:
        """Go where the form leads, from its first page to the check; the pages gone through."""
        gone, left = [], [self.form.sheets[0].id]
        while left:
            gone.append(left.pop())
            assert len(gone) < 20, gone
            onward = self.page(gone[-1]).removeprefix(self.base)
            left += [onward] if onward != "verifier" else []
        return list(dict.fromkeys(gone))

    def again(self) -> None:
        """Answer every page that is asked, once more; a question that comes up on a page is answered the second time."""
        for id in self.form.asked(self.changed):
            if self.page(id) == self.base + id:
                self.page(id)

    def switch(self, id: str) -> None:
        """Answer a yes or no the other way."""
        one = self.changed.get(id, self.form.questions[id])
        other = not one.stored
        self.changed[id] = replace(one, stored=other, typed={"": "yes" if other else "no"})


def hidden_words(form: Form, pages: dict[str, dict[str, Any]]) -> list[str]:
    """The words typed under questions that aren't asked."""
    asked = {id for answers in pages.values() for id in answers}
    return [
        f"zq{id.replace('_', '')}x"
        for id, one in form.questions.items()
        if id not in asked and one.kind != "yes_no"
    ]


def told(html: str) -> str:
    """A page without the names of its controls and its addresses."""
    return re.sub(r"<[^>]+>", " ", html)


@settings(
    max_examples=MANY or 12,
    derandomize=not MANY,
    database=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
@given(form=forms(), data=st.data())
def test_what_is_filed_is_what_was_asked_and_what_is_hidden_is_nowhere(world, form, data):
    world.publish(form)
    ada = Applicant(world, form, old_tab=data.draw(st.booleans()))
    assert ada.follow() == list(form.asked({}))

    switched = data.draw(st.sampled_from(form.switches))
    ada.switch(switched)
    ada.again()
    if data.draw(st.booleans()):
        ada.switch(switched)
        ada.again()

    pages = form.asked(ada.changed)
    check = ada.get(ada.base + "verifier")
    after = ada.get(ada.post(ada.base + "verifier", {}))
    kept = {id: stored for answers in pages.values() for id, stored in answers.items() if stored is not None}
    assert world.filed(ada.public_id) == kept

    world.work()
    dossier = world.staff.get(f"/bureau/trial/{ada.public_id}")
    assert dossier.status_code == 200
    everywhere = [check, after, dossier.get_data(as_text=True), *_machines(world)]
    hidden = hidden_words(form, pages)
    event(f"{len(hidden)} hidden")
    for word in hidden:
        assert not [told(text) for text in everywhere if word in told(text)], word
        assert ada.public_id not in world.staff.get(f"/bureau/?q={quote(word)}").get_data(as_text=True)


def _machines(world: World) -> list[str]:
    return [json.dumps(world.app.test_client().get("/api/schemes").json)]


def test_what_was_typed_before_a_question_was_hidden_comes_back(world):
    """Page by page, one example by hand: the text is in its control again."""
    world.publish(STREET)
    ada = Applicant(world, STREET)
    ada.follow()
    ada.switch("resident")
    ada.again()
    assert "zqstreetx" not in told(ada.get(ada.base + "verifier"))
    ada.switch("resident")
    assert ada.page("page_0") == ada.base + "verifier"
    assert 'value="zqstreetx"' in ada.get(ada.base + "page_0")
