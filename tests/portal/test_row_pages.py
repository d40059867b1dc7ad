"""A page asked for each row of a repeat, at a browser without script: children, each with a page about school."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from dossiers.services import casework, publication
from dossiers.services.export_plans import ANSWERS, Asked, plan
from engine.language import Bundle
from tests.fixtures.sent import PDF

SCHOOL = Path(__file__).parents[2] / "examples" / "school-year-grant"
CHILDREN = Path(__file__).parents[1] / "fixtures" / "children.yaml"


def family(*names: str) -> dict[str, str]:
    """The rows of the first page."""
    found = {"asked_": "children"}
    for number, name in enumerate(names):
        found |= {f"children__{number}": "row", f"children__{number}__first_name": name}
    return found


def school(row: int, **said: str) -> dict[str, str]:
    """The page about school of one child (counted from 0)."""
    marks = {"asked_": "children", f"children__{row}": "row"}
    return marks | {f"children__{row}__{name}": value for name, value in said.items()}


@pytest.fixture
def base(site, ada):
    """An application to the scheme, begun; where its pages stand."""
    bundle = Bundle({"scheme.yaml": CHILDREN.read_text(encoding="utf-8")})
    site.desk.act(publication.publish, bundle, "Sylvie (fictive)")
    ada.get("/aides/kids")
    return ada.post("/aides/kids/commencer", email="ada@fictif.example").location


@pytest.fixture
def two(ada, base):
    """Two children entered."""
    ada.get(base + "family")
    assert ada.post(base + "family", **family("Zoé", "Léo")).location == base + "school-1"
    return base


def test_each_row_has_a_page_of_its_own_named_after_it_and_they_follow_each_other(ada, two):
    page = ada.get(two + "school-1")
    assert "L'école de Zoé" in page.text and "Léo" not in page.text
    assert "Né le" not in page.text, "what the first page asks isn't asked again"
    assert ada.post(two + "school-1", **school(0, level="college")).location == two + "health-1"
    page = ada.get(two + "health-1")
    assert "Santé – Zoé" in page.text and two + "school-1" in [one.get("href") for one in page.all("a")]
    assert ada.post(two + "health-1", **school(0)).location == two + "school-2"
    assert "L'école de Léo" in ada.get(two + "school-2").text


def test_a_link_to_a_later_row_leads_to_the_first_that_is_left_and_to_no_row_that_is_not_there(ada, two):
    assert ada.get(two + "school-2").location == two + "school-1"
    assert ada.get(two + "school-9").location == two + "school-1"
    assert ada.get(two + "nowhere-1").status == 404


def test_question_that_an_answer_of_the_row_brings_makes_its_page_come_back(ada, two):
    ada.get(two + "school-1")
    assert ada.post(two + "school-1", **school(0, level="lycee")).location == two + "school-1"
    page = ada.get(two + "school-1")
    assert "Interne" in page.text and "Aide 300 €" in page.text
    answer = ada.post(two + "school-1", **school(0, level="lycee"))
    assert answer.status == 422 and "#q-children-0-boarder" in [one.get("href") for one in answer.all("a")]
    assert ada.post(two + "school-1", **school(0, level="lycee", boarder="yes")).location == two + "health-1"


def test_a_page_whose_condition_fails_in_a_row_is_passed_over(ada, two):
    ada.get(two + "school-1")
    assert ada.post(two + "school-1", **school(0, level="none")).location == two + "school-2"
    tasks = ada.get(two).text
    assert "Santé – Zoé" not in tasks and "L'école de Léo" in tasks


def test_answers_stay_with_their_row_when_another_is_taken_away_moved_or_renamed(ada, two):
    ada.get(two + "school-1")
    ada.post(two + "school-1", **school(0, level="none"))
    ada.post(two + "school-2", **school(1, level="lycee", boarder="no"))
    ada.post(two + "health-2", **school(1))
    ada.get(two + "family")
    ada.post(two + "family", up_="children-1", **family("Zoé", "Léo"))
    assert ada.get(two + "family").typed()["children-0-first_name"] == "Léo"
    assert ada.get(two + "school-1").typed()["children-0-level"] == "lycee"
    assert "L'école de Zoé" in ada.get(two + "school-2").text
    ada.post(two + "family", remove_="children-1", **family("Léon", "Zoé"))
    assert ada.get(two + "family").typed()["children-0-first_name"] == "Léon"
    assert ada.get(two + "school-1").typed()["children-0-level"] == "lycee"
    assert ada.get(two + "school-2").location == two + "last", "that row is gone, with its pages"


def test_a_page_about_one_row_takes_nothing_of_another(ada, two):
    ada.get(two + "school-1")
    ada.post(two + "school-1", **school(0, level="none", first_name="Mallory"), children__1__level="lycee")
    typed = ada.get(two + "family").typed()
    assert (typed["children-0-first_name"], typed["children-1-first_name"]) == ("Zoé", "Léo")
    assert "children-1-level" not in ada.get(two + "school-2").typed()


def test_two_tabs_on_two_rows_are_no_conflict_and_two_on_one_row_are(ada, two):
    ada.get(two + "school-1")
    ada.post(two + "school-1", **school(0, level="none"))
    late = ada.get(two + "school-2").typed()["_revision"]
    ada.post(two + "school-1", **school(0, level="college"), revision_=late, tab_="a")
    ada.post(two + "health-1", **school(0), revision_=late, tab_="a")
    answer = ada.post(two + "school-2", **school(1, level="none"), revision_=late, tab_="b")
    assert answer.status == 303, "another row was changed meanwhile"
    answer = ada.post(two + "school-1", **school(0, level="none"), revision_=late, tab_="b")
    assert answer.status == 409, "the same row was"


def test_answers_are_read_again_page_by_page_and_filed(ada, two):
    ada.get(two + "school-1")
    ada.post(two + "school-1", **school(0, level="none"))
    ada.post(two + "school-2", **school(1, level="lycee", boarder="no"))
    ada.post(two + "health-2", **school(1), children__1__costs__0="row", children__1__costs__0__amount="12")
    ada.post(two + "last", honour="yes", asked_="honour")
    page = ada.get(two + "verifier")
    assert "L'école de Léo Niveau Lycée Modifier Niveau Interne Non" in page.text
    assert two + "school-2" in [one.get("href") for one in page.all("a")]
    assert "Montant : 12 €" in page.text or "Montant 12 €" in page.text
    assert "400 €" in page.text, "the total adds up what the rows' own pages say"
    assert ada.post(two + "verifier").status == 303


def test_what_cannot_be_read_on_the_page_of_a_row_is_kept_and_told_there_alone(ada, two):
    ada.get(two + "school-1")
    ada.post(two + "school-1", **school(0, level="college"))
    bad = {"children__0__costs__0": "row", "children__0__costs__0__amount": "beaucoup"}
    assert ada.post(two + "health-1", **school(0), **bad).status == 422
    assert ada.get(two + "health-1").typed()["children-0-costs-0-amount"] == "beaucoup"
    assert ada.post(two + "family", **family("Zoé", "Léo")).location == two + "health-1"
    assert ada.get(two + "health-1").typed()["children-0-costs-0-amount"] == "beaucoup"


def test_documents_of_a_row_are_sent_on_its_page_and_stay_with_it(site, ada):
    site.desk.act(publication.publish, Bundle.read(SCHOOL), "Sylvie (fictive)")
    site.clock.now = site.clock.now.replace(year=2026, month=9)
    ada.get("/aides/school-year-grant")
    base = ada.post("/aides/school-year-grant/commencer", email="ada@fictif.example").location
    ada.get(base + "household")
    parent = {"parent__first_name": "Ada", "parent__last_name": "F"}
    ada.post(base + "household", **parent, yearly_income="6000", parts="1")
    levels = {
        f"children__{row}__{name}": said
        for row in (0, 1)
        for name, said in (("level", "lycee"), ("boarder", "no"))
    }
    assert ada.post(base + "children", **family("Zoé", "Léo"), **levels).location == base + "schooling-1"
    assert ada.post(base + "schooling-1", **school(0)).location == base + "schooling-2"
    sent = {"children__1__certificate": (BytesIO(PDF), "certificat.pdf")}
    assert ada.post(base + "schooling-2", **school(1), **sent).location == base + "verifier"
    assert "certificat.pdf" in ada.get(base + "schooling-2").text
    assert "certificat.pdf" not in ada.get(base + "schooling-1").text
    ada.get(base + "children")
    ada.post(base + "children", remove_="children-0", **family("Zoé", "Léo"), **levels)
    assert "certificat.pdf" in ada.get(base + "schooling-1").text
    ada.post(base + "children", **family("Léo"), **{k: v for k, v in levels.items() if "__0__" in k})
    assert "certificat.pdf" in ada.get(base + "verifier").text


def test_sections_and_notes_of_such_a_page_know_their_row(ada, two):
    page = ada.get(two + "school-1")
    assert "Sa classe" in page.text and "Le certificat de Zoé suivra." in page.text
    assert re.search('data-section="lodging"[^>]* hidden', page.html), "its condition is one of its questions"
    ada.post(two + "school-1", **school(0, level="lycee"))
    page = ada.get(two + "school-1")
    assert page.html.index("Son logement") < page.html.index("children-0-boarder")
    assert "Versé à la rentrée 150" in page.text


def test_what_a_page_of_rows_keeps_from_a_role_is_in_no_view_nor_export_of_theirs(site, ada):
    text = CHILDREN.read_text(encoding="utf-8")
    page = '    title: {fr: "L\'école de {first_name}", en: "School of {first_name}"}\n'
    check = '    check: {no: {require: boarder != true, otherwise: {fr: "Pas d\'internat pour {first_name}.", en: No.}}}\n'
    text = text.replace(page, f"{page}    hide_from: [instructor]\n{check}")
    text = text.replace("may: [search, view]", "may: [search, view, export]")
    site.desk.act(publication.publish, Bundle({"scheme.yaml": text}), "Sylvie (fictive)")
    ada.get("/aides/kids")
    base = ada.post("/aides/kids/commencer", email="ada@fictif.example").location
    ada.get(base + "family")
    ada.post(base + "family", **family("Zoé"))
    ada.post(base + "school-1", **school(0, level="lycee", boarder="yes"))
    answer = ada.post(base + "school-1", **school(0, level="lycee", boarder="yes"))
    assert answer.status == 422 and "Pas d'internat pour Zoé." in answer.text
    ada.post(base + "school-1", **school(0, level="lycee", boarder="no"))
    ada.post(base + "health-1", **school(0))
    ada.post(base + "last", honour="yes", asked_="honour")
    ada.get(base + "verifier")
    assert ada.post(base + "verifier").status == 303
    instructor = replace(site._member("instructor"), roles={"kids": frozenset({"instructor"})})
    seen = site.desk.act(casework.dossier, instructor, base.split("/")[2])
    [rows] = [answer.rows for page in seen.pages for answer in page.answers if answer.field.id == "children"]
    hidden = {cell.field.id: cell.answer for cell in rows[0] if cell.hidden}
    assert hidden == {"level": None, "boarder": None, "grant": None}
    made = site.desk.read(plan, instructor, "kids", Asked(ANSWERS, "csv"))
    names = {column.heading for sheet in made.sheets for column in sheet.columns}
    assert "children.first_name" in names
    assert not names & {"children.level", "children.boarder", "children.grant", "grants"}
