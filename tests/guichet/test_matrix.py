"""The matrix of the shipped grant, held to over HTTP: what pages offer to each role in each state, and what a bare request may do."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import select, update

from dossiers.database import Dossier
from dossiers.services import publication
from engine.language import Scheme
from guichet.__main__ import main
from renderers.matrix import markdown
from tests.fixtures.sites import DemoSite
from workflows.matrix import allowed

SLUG = "haute-savoie-emergency-grant"
ROLES = ("hotline", "instructor", "supervisor", "accountant")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
OFFERS = re.compile(r'<ul class="offers">(.*?)</ul>', re.S)
ITEM = re.compile(r"<li>(.*?)</li>", re.S)


@pytest.fixture(scope="module")
def scheme(demo: DemoSite) -> Scheme:
    found: Scheme = demo.desk.read(publication.current, SLUG).scheme
    return found


@pytest.fixture
def dossier(demo: DemoSite):
    """A filed dossier, put back where it stood afterwards."""
    with demo.desk.office.database.reading() as session:
        query = select(Dossier.id, Dossier.public_id, Dossier.state, Dossier.assigned_to)
        row = session.execute(query.where(Dossier.filed_at.is_not(None)).limit(1)).one()
    yield row
    put(demo, row.id, row.state)


def put(demo: DemoSite, id: int, state: str) -> None:
    with demo.desk.office.database.writing() as session:
        session.execute(update(Dossier).where(Dossier.id == id).values(state=state))


def state_of(demo: DemoSite, id: int) -> str:
    with demo.desk.office.database.reading() as session:
        return str(session.scalar(select(Dossier.state).where(Dossier.id == id)))


def signed_in(demo: DemoSite, role: str) -> FlaskClient:
    client = demo.app.test_client()
    token = TOKEN.search(client.get("/bureau/connexion").get_data(as_text=True))
    assert token
    email, password = demo.accounts[role]
    form = {"csrf_token": token[1], "email": email, "password": password}
    assert client.post("/bureau/connexion", data=form).status_code == 303
    return client


def offered(page: str) -> list[str]:
    """The labels of the actions a page offers, those not possible yet too."""
    found = OFFERS.search(page)
    items = ITEM.findall(found[1]) if found else []
    return [re.search(r"<(?:button|a|span)\b[^>]*>([^<]+?)…?<", item)[1].strip() for item in items]  # type: ignore[index]


@pytest.mark.parametrize("role", ROLES)
def test_pages_and_requests_hold_to_the_matrix(demo: DemoSite, scheme: Scheme, dossier, role: str):
    client, address = signed_in(demo, role), f"/bureau/{SLUG}/{dossier.public_id}"
    workflow = scheme.workflow
    token = TOKEN.search(client.get("/bureau/").get_data(as_text=True))
    assert token
    for state in (one.id for one in workflow.states.values() if one.kind != "start"):
        put(demo, dossier.id, state)
        page = client.get(address).get_data(as_text=True)
        mine = allowed(workflow, state, role)
        labels = [workflow.actions[id].label.plain("fr") for id in mine]
        assert [unescape(one) for one in offered(page)] == labels, (role, state)
        others = [one.id for one in workflow.actions.values() if state in one.sources and one.id not in mine]
        for action in (*others, "submit"):
            sent = {"csrf_token": token[1], "_comment": "essai", "reason": "essai"}
            answer = client.post(f"{address}/actions/{action}", data=sent)
            assert answer.status_code in (409, 422), (role, state, action)
            assert state_of(demo, dossier.id) == state, (role, state, action)


def test_the_page_of_the_shipped_grant_is_its_matrix(scheme: Scheme):
    page = (Path(__file__).parents[2] / "docs" / "matrix.md").read_text(encoding="utf-8")
    assert page.endswith(markdown(scheme, "fr")), f"guichet matrix schemes/{SLUG} --language fr"


def test_the_command_writes_the_table(tmp_path):
    out = tmp_path / "matrix.csv"
    path = f"schemes/{SLUG}"
    done = CliRunner().invoke(
        main, ["matrix", path, "--format", "csv", "--out", str(out), "--language", "fr"]
    )
    assert done.exit_code == 0, done.output
    assert "Prendre en charge" in out.read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["matrix", path]).output.startswith("| State | Action |")
