"""A correction of one question of one row: that question is open again, the rest stays as it was given."""

from __future__ import annotations

import pytest

from dossiers.services import casework
from tests.portal.conftest import IBAN, SIRET

LEA, TOM = (
    {"children__0": "row", "children__0__first_name": "Léa", "children__0__age": "7"},
    {"children__1": "row", "children__1__first_name": "Tom", "children__1__age": "9"},
)


def ask(site, public_id: str, *names: str) -> None:
    site.fire("instructor", public_id, "take")
    form = {"fields_to_correct": list(names), "reason": ["L'âge de Tom est illisible."]}
    form |= {f"fields_to_correct-remark-{name}": ["Relisez."] for name in names}
    site.fire("instructor", public_id, "ask", form=form)


@pytest.fixture
def filed(site, ada) -> str:
    """The public id of an application with two children."""
    base = site.begun(ada)
    pages = {
        "you": {"person__first_name": "Ada", "person__last_name": "Fictive", "income": "12 000"},
        "children": {**LEA, **TOM},
        "payment": {"siret": SIRET, "iban": IBAN, "resident": "yes"},
    }
    for page, answers in pages.items():
        ada.get(base + page)
        ada.post(base + page, **answers)
    ada.get(base + "verifier")
    assert ada.post(base + "verifier").status == 303
    return base.split("/")[2]


def test_one_question_of_one_row_is_open_again_and_no_other(site, ada, filed):
    ask(site, filed, "children-1-age")
    base = f"/demandes/{filed}/"
    assert "Enfants (2) – Âge" in ada.get(f"/suivi/{filed}").text
    tasks = ada.get(base)
    assert tasks.text.count("À corriger") == 1
    assert f"{base}children#q-children-1-age" in [one.get("href") for one in tasks.all("a")]
    page = ada.get(base + "children")
    asked = {name for name in page.typed() if name.startswith("children")}
    assert asked == {"children-1", "children-1-age"}
    assert "Relisez." in page.text
    assert "Léa" in page.text, "the others are shown as they were given"
    assert not [one for one in page.all("button") if one.get("name") in ("_add", "_remove")]


def test_what_is_sent_for_other_questions_of_the_rows_is_not_taken(site, ada, filed):
    ask(site, filed, "children-1-age")
    base = f"/demandes/{filed}/"
    ada.get(base + "children")
    sent = {**LEA, **TOM, "children__0__age": "1", "children__1__first_name": "Mallory"}
    answer = ada.post(base + "children", asked_="children", **{**sent, "children__1__age": "10"})
    assert answer.location == base + "verifier", answer.text
    for button in ({"add_": "children"}, {"remove_": "children-0"}):
        ada.post(base + "children", **button, children__1="row", children__1__age="10")
    page = ada.get(base + "verifier")
    ada.post(base + "verifier", revision_=page.typed()["_revision"])
    case = site.desk.act(casework.dossier, site._member("instructor"), filed)
    [change] = case.filings[-1].changes
    assert [(row["first_name"], row["age"]) for row in change.after.answer] == [("Léa", 7), ("Tom", 10)]
    assert case.requests[0].points[0].field.id == "children-1-age"


def test_a_row_or_a_question_that_is_not_there_cannot_be_asked(site, ada, filed):
    site.fire("instructor", filed, "take")
    for name in ("children-7-age", "children-0-nothing", "siret-0-age"):
        form = {"fields_to_correct": [name], "reason": ["Merci."]}
        rejected = site.fire("instructor", filed, "ask", form=form)
        assert [problem.code for problem in rejected.problems] == ["not_a_field"]
