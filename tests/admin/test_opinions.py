"""An opinion asked outside, at the screens of who asks and of who answers, in French and in English."""

from __future__ import annotations

import io
import re

import pytest
from sqlalchemy import select

from dossiers.database import Opinion
from dossiers.services import expertise, publication
from engine.language import Bundle
from tests.admin.conftest import SLUG, TOKEN, bundle
from tests.fixtures.sent import PDF

ADDED = """workflow:
  opinions:
    means:
      label: {fr: "Avis social", en: "Social opinion"}
      in: submitted
      by: instructor
      shows: [income, children, iban]
"""
ASKED = {
    "name": "Maude (fictive)",
    "email": "maude@expert.example",
    "question": "Que pensez-vous des revenus ?",
    "until": "2020-05-26",
    "shows": ["income", "children"],
}


@pytest.fixture
def dossier(bureau):
    """A dossier under a scheme that lets an opinion be asked for; its address."""
    files = dict(bundle().files)
    files["scheme.yaml"] = files["scheme.yaml"].replace("workflow:\n", ADDED)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    return bureau.path(bureau.filed())


def asked(bureau, dossier) -> str:
    """Ask, and give the address of the link."""
    ask = f"{dossier}/avis/means"
    done = bureau.as_("instructor").post(ask, seen=ask, **ASKED)
    assert done.headers["Location"] == f"{dossier}#opinions"
    with bureau.desk.office.database.reading() as session:
        row = session.scalars(select(Opinion).order_by(Opinion.id.desc())).first()
    return f"/avis/{expertise.token_of(bureau.desk.office.vault, row)}"


def test_who_may_ask_asks_and_slips_stand_beside_what_was_typed(bureau, dossier):
    ask, person = f"{dossier}/avis/means", bureau.as_("instructor")
    assert f'href="{ask}"' in person.get(dossier).html
    form = person.get(ask)
    assert 'value="2020-05-27"' in form.html and 'value="iban"' not in form.html  # hidden from the role
    assert not re.search(r'name="shows"[^>]* checked', form.html)  # nothing is shown unless it is ticked
    slip = person.post(ask, seen=ask, **{**ASKED, "email": "maude"})
    assert slip.status == 422 and 'aria-describedby="email-problem"' in slip.html
    assert "Que pensez-vous des revenus" in slip.text and re.search(r'value="income" checked', slip.html)
    for role, status in {"hotline": 403, "accountant": 403, "idle": 404}.items():
        other = bureau.as_(role)
        assert f'href="{ask}"' not in other.get(dossier).html
        assert other.get(ask).status == status
        assert (
            other.post(ask, seen=f"/bureau/{SLUG}/" if role != "idle" else "/bureau/", **ASKED).status
            == status
        )
    asked(bureau, dossier)
    assert "Avis attendu" in person.get(dossier).text
    assert "Opinion awaited" in bureau.as_("supervisor", "en").get(dossier).text


def test_who_is_asked_reads_answers_and_corrects_without_an_account(bureau, dossier):
    link, outside = asked(bureau, dossier), bureau.visitor()
    page = outside.get(link)
    assert page.status == 200 and page.headers["Cache-Control"] == "no-store"
    assert "12 000" in page.text.replace("\u202f", " ").replace("\xa0", " ") and "Fictive" in page.text
    assert "FR76" not in page.text and "7328" not in page.text and "Ada" not in page.text
    slip = outside.post(link, seen=link, body="Trop juste.")
    assert slip.status == 422 and "Trop juste." in slip.text
    sent = {
        "answer": "with_reservations",
        "body": "Revenus à vérifier.",
        "csrf_token": TOKEN.search(page.html)[1],
    }
    files = {"files": (io.BytesIO(PDF), "avis.pdf")}
    assert outside.client.post(link, data={**sent, **files}).status_code == 303
    again = outside.get(link)
    assert "Vous pouvez encore le corriger" in again.text and "avis.pdf" in again.text
    [paper] = re.findall(rf'href="({re.escape(link)}/pieces/[^"]+)"', again.html)
    assert outside.client.get(paper).data.startswith(b"%PDF")
    told = bureau.as_("instructor", "en").get(dossier)
    assert "Favourable with reservations" in told.text and "Revenus à vérifier." in told.text
    assert "Gave an opinion: Social opinion, Favourable with reservations" in told.text
    [close] = re.findall(rf'action="({dossier}/avis/[^/]+/clore)"', told.html)
    assert bureau.as_("instructor").post(close, seen=dossier).status == 303
    assert outside.get(link).status == 410


def test_a_link_spoilt_or_over_says_so_in_words(bureau, dossier):
    link, outside = asked(bureau, dossier), bureau.visitor()
    assert outside.get(f"{link}x").status == outside.get("/avis/x").status == 410
    bureau.clock.pass_by(days=15)
    over = outside.get(link)
    assert over.status == 410 and "Ce lien n’ouvre plus rien" in over.text
