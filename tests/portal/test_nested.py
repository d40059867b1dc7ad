"""Rows in the rows of a repeat at a browser without script: projects, each with its budget lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossiers.services import publication
from engine.language import Bundle

PROJECTS = Path(__file__).parents[1] / "fixtures" / "projects.yaml"
FEAST = {
    "projects__0": "row",
    "projects__0__title": "Fête",
    "projects__0__lines__0": "row",
    "projects__0__lines__0__what": "Scène",
    "projects__0__lines__0__price": "80",
    "projects__0__lines__0__granted": "no",
}
WALK = {
    "projects__1": "row",
    "projects__1__title": "Balade",
    "projects__1__lines__0": "row",
    "projects__1__lines__0__what": "Cartes",
    "projects__1__lines__0__price": "30",
    "projects__1__lines__0__granted": "no",
}


@pytest.fixture
def base(site, ada):
    """An application to the scheme of projects, begun; where its pages stand."""
    bundle = Bundle({"scheme.yaml": PROJECTS.read_text(encoding="utf-8")})
    site.desk.act(publication.publish, bundle, "Sylvie (fictive)")
    ada.get("/aides/projects")
    return ada.post("/aides/projects/commencer", email="ada@fictif.example").location


def test_rows_are_added_and_removed_in_a_row_by_its_own_buttons(ada, base):
    ada.get(base + "about")
    ada.post(base + "about", add_="projects")
    page = ada.get(base + "about")
    assert "projects-0" in page.typed() and "projects-0-lines-0" not in page.typed()
    ada.post(base + "about", add_="projects-0-lines", projects__0="row", projects__0__title="Fête")
    page = ada.get(base + "about")
    assert page.typed()["projects-0-title"] == "Fête"
    assert "projects-0-lines-0-what" in page.typed()
    ada.post(base + "about", add_="projects-0-lines", **FEAST, **WALK)
    ada.get(base + "about")
    more = {"projects__0__lines__1": "row", "projects__0__lines__1__what": "Son"}
    ada.post(base + "about", remove_="projects-0-lines-0", **FEAST, **more, **WALK)
    typed = ada.get(base + "about").typed()
    assert typed["projects-0-lines-0-what"] == "Son" and "projects-0-lines-1" not in typed
    assert typed["projects-1-lines-0-what"] == "Cartes", "the rows of the other project stay"
    ada.post(base + "about", remove_="projects-0", **FEAST, **WALK)
    typed = ada.get(base + "about").typed()
    assert (typed["projects-0-title"], typed["projects-0-lines-0-what"]) == ("Balade", "Cartes")


def test_problem_is_said_beside_its_cell_and_what_was_typed_stays(ada, base):
    ada.get(base + "about")
    wrong = {**FEAST, **WALK, "projects__1__lines__0__price": "beaucoup"}
    page = ada.post(base + "about", **wrong)
    assert page.status == 422
    assert page.typed()["projects-1-lines-0-price"] == "beaucoup"
    invalid = [one["name"] for one in page.all("input") if one.get("aria-invalid") == "true"]
    assert invalid == ["projects-1-lines-0-price"]
    assert "#q-projects-1-lines-0-price" in [one.get("href") for one in page.all("a")]


def test_totals_of_each_row_and_over_all_rows_are_shown(ada, base):
    ada.get(base + "about")
    assert ada.post(base + "about", **FEAST, **WALK).location == base + "verifier"
    page = ada.get(base + "about")
    assert "Coût du projet 80 €" in page.text and "Coût du projet 30 €" in page.text
    assert "Tous les coûts 110 €" in page.text


def test_question_that_an_inner_total_asks_for_is_asked(ada, base):
    ada.get(base + "about")
    dear = {**FEAST, "projects__0__lines__0__price": "800"}
    answer = ada.post(base + "about", **dear)
    page = answer if answer.status == 422 else ada.follow(answer)
    assert "Pourquoi si cher" in page.text
    assert ada.post(base + "about", **dear, projects__0__why="Il le faut").location == base + "verifier"


def test_answers_are_read_again_row_by_row_before_they_are_filed(ada, base):
    ada.get(base + "about")
    ada.post(base + "about", **FEAST, **WALK)
    page = ada.get(base + "verifier")
    assert "Budget : Scène Poste : Scène Prix : 80 €" in page.text
    assert ada.post(base + "verifier").status == 303
