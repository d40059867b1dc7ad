"""Whatever the scheme and the answers: what is filed is what was asked, and what is hidden is nowhere.

A few examples each time, the same ones; many new ones: `GUICHET_EXAMPLES=500 pytest tests/guichet/test_random_schemes.py`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, event, given, note, settings
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
from tests.fixtures.sent import PDF
from tests.guichet.random_questions import TOWNS, Condition, Question, word_of
from tests.guichet.random_schemes import Form, Sheet, forms

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
        bundle = Bundle({"scheme.yaml": form.yaml(), "lists/towns.csv": TOWNS})
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
            return named(dict(session.scalars(query.order_by(Filing.number.desc())).first() or {}))


def named(answer: Any) -> Any:
    """Answers with documents by their names."""
    if isinstance(answer, dict):
        return answer["name"] if "media_type" in answer else {key: named(one) for key, one in answer.items()}
    return [named(one) for one in answer] if isinstance(answer, list) else answer


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
        repeat, _, row = id.partition("_each-")
        if row:
            typed = self.form.questions[repeat].typed_apart[int(row) - 1]
            return self.post(self.base + id, {**sent_of(repeat, typed), "_asked": shown})
        sheet = next(sheet for sheet in self.form.sheets if sheet.id == id)
        answered = [
            self.changed.get(one.id, one) for one in sheet.questions if self.old_tab or one.id in shown
        ]
        sent = {name: said for one in answered for name, said in sent_of(one.id, one.typed).items()}
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


def sent_of(id: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The controls of a question as a browser sends them: what is named as a PDF is one."""
    return {
        id + suffix: (BytesIO(PDF), said) if said.endswith(".pdf") else said for suffix, said in typed.items()
    }


def words(form: Form, kept: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The words typed under questions that are asked, those made from them included, and under the others."""
    said = json.dumps(kept)
    every = [one for question in form.questions.values() for one in question.every]
    typed = [
        word_of(one.id) for one in every if one.kind not in ("yes_no", "repeat") and not one.id.endswith("_v")
    ]
    made = [f"zqmade{word_of(one.id[:-2])}" for one in every if one.id.endswith("_v")]
    shown = [word for word in typed if word in said]
    shown += [word for word in made if word.removeprefix("zqmade") in said]
    return shown, [word for word in typed if word not in said]


def sorts(form: Form) -> set[str]:
    """What a form is made of, besides plain questions."""
    every = [one for question in form.questions.values() for one in question.every]
    nested = {
        one.id for question in form.questions.values() for one in question.inner if one.kind == "repeat"
    }
    apart = {"page for each row" for one in every if one.typed_apart and one.apart}
    made = {"computed in rows" for one in every if one.id.endswith("_v")}
    listed = {"linked list" for one in every if one.keys.startswith("list:")}
    return {"rows in rows" for _ in nested} | apart | made | listed | {one.kind for one in every} & {"file"}


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
    note(form.yaml())
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
    ada.get(ada.base + "verifier")  # which says once what came with the last page and was there already
    check = ada.get(ada.base + "verifier")
    after = ada.get(ada.post(ada.base + "verifier", {}))
    kept = {id: stored for answers in pages.values() for id, stored in answers.items() if stored is not None}
    assert world.filed(ada.public_id) == kept

    world.work()
    dossier = world.staff.get(f"/bureau/trial/{ada.public_id}")
    assert dossier.status_code == 200
    everywhere = [check, after, dossier.get_data(as_text=True), *_machines(world)]
    shown, hidden = words(form, kept)
    event(f"{len(hidden)} hidden")
    for sort in sorts(form):
        event(sort)
    assert not [word for word in shown if word not in told(check)]
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
