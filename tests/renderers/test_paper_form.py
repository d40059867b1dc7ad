"""The form on paper: every question with room for its answer, conditions in words, a PDF everybody can read."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from engine.kinds import KINDS
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation
from renderers.paper_form import paper_form
from renderers.paper_form.asks import asks
from renderers.pdf import pdf

OFFICE = Organisation(
    name="Office (fictif)", zone=ZoneInfo("Europe/Paris"), address="1 rue d'Essai\n74000 Annecy"
)
SCHEMES = Path(__file__).parents[2] / "schemes"
FORM = """\
scheme: on-paper
languages: [fr]
title: Essai
form:
  you:
    title: Vous
    fields:
      owner: {type: yes_no, label: Êtes-vous propriétaire}
      status: {type: choice, label: Statut, options: {alone: Seul, group: En groupe}}
      persons: {type: integer, label: Personnes}
      asked: {type: text, label: La question, when: %s}
roles: {clerk: {label: Agent}}
workflow:
  public: {received: {label: Reçue, states: [submitted]}, over: {label: Terminée, states: [done]}}
  states:
    draft: {kind: start}
    submitted: {label: Déposée}
    done: {label: Terminée, kind: end}
  actions:
    submit: {from: draft, to: submitted, by: applicant}
    finish: {from: submitted, to: done, by: clerk}
"""


def paper(text: str, language: str = "fr"):
    return paper_form(
        load_scheme(Bundle({"scheme.yaml": text})),
        language,
        organisation=OFFICE,
        link="",
        today=date(2020, 5, 5),
    )


def questions(made) -> dict[str, dict]:
    return {block["label"]: block for block in made.body if block["kind"] == "question"}


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("owner", "Seulement si vous avez répondu « Oui » à « Êtes-vous propriétaire »."),
        ("not(owner)", "Seulement si vous avez répondu « Non » à « Êtes-vous propriétaire »."),
        ("owner = false", "Seulement si vous avez répondu « Non » à « Êtes-vous propriétaire »."),
        ('status = "group"', "Seulement si vous avez répondu « En groupe » à « Statut »."),
        ('status != "group"', "Seulement si vous n’avez pas répondu « En groupe » à « Statut »."),
        ("persons >= 3", "Seulement si « Personnes » est de 3 ou plus."),
        (
            "owner and persons > 3",
            "Seulement si vous avez répondu « Oui » à « Êtes-vous propriétaire » et « Personnes » dépasse 3.",
        ),
    ],
)
def test_a_condition_is_said_in_words(condition, told):
    made = questions(paper(FORM % f"'{condition}'"))
    assert made["La question"]["notes"] == [told.replace("« ", "«\u00a0").replace(" »", "\u00a0»")]


@pytest.mark.parametrize("condition", ['owner or (persons > 3 and status = "group")', "persons + 1 > 3"])
def test_a_condition_nobody_could_follow_with_a_pen_sends_to_the_office(condition):
    made = questions(paper(FORM % f"'{condition}'"))
    assert made["La question"]["notes"][0].startswith("Cela ne concerne que certaines situations")


def test_an_answer_has_its_boxes_squares_or_lines():
    made = questions(paper(FORM % "owner"))
    assert made["Êtes-vous propriétaire"]["asks"] == [{"kind": "squares", "options": ["Oui", "Non"]}]
    assert made["Statut"]["asks"] == [{"kind": "squares", "options": ["Seul", "En groupe"]}]
    assert [ask["kind"] for ask in made["La question"]["asks"]] == ["line"]


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.name != "fields"])
def test_every_kind_of_question_has_room_for_its_answer(kind, every_kind):
    field = every_kind[kind]
    made = asks(field, "fr")
    assert made
    block = {"kind": "question", "label": "?", "says_itself": False, "notes": [], "asks": made}
    sheet = replace(paper(FORM % "owner"), body=(block,))
    assert pdf(sheet).startswith(b"%PDF-")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_shipped_grant_is_typeset_tagged_with_every_question(language):
    scheme = load_scheme(SCHEMES / "haute-savoie-emergency-grant")
    made = paper_form(
        scheme, language, organisation=OFFICE, link="https://aides.example/aides/x", today=date(2020, 5, 5)
    )
    labels = {field.label.plain(language) for field in scheme.fields.values() if not field.optional}
    assert labels <= questions(made).keys()
    with pikepdf.open(io.BytesIO(pdf(made))) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith(language)


def test_table_with_fixed_lines_is_drawn_with_its_lines():
    scheme = load_scheme(Path(__file__).parents[1] / "browser" / "budget-form")
    (table,) = asks(scheme.fields["budget"], "fr")
    assert table["columns"][:2] == ["Nature", "Prévu"]
    assert table["lines"][:2] == [
        {"label": "Charges directes", "heading": True},
        {"label": "60 – Achats", "heading": False},
    ]
    paper = paper_form(scheme, "fr", organisation=OFFICE, link="", today=date(2026, 9, 1))
    assert pdf(paper).startswith(b"%PDF")


def test_sections_and_notes_stand_on_paper_and_call_what_they_would_compute_by_its_name():
    text = (Path(__file__).parents[1] / "fixtures/every-kind.yaml").read_text(encoding="utf-8")
    blocks = paper(text).body
    said = ["".join(run.get("text", "") for run in one["runs"]) for one in blocks if "runs" in one]
    assert "Ce que vous payez chaque mois" in said
    assert "Les charges sont sur la quittance." in said
    assert "Le loyer est comparé à la surface." in said
    [dear] = [one for one in said if "plafond" in one]
    assert dear.endswith("Un loyer de «\u00a0Loyer\u00a0» passe le plafond de 1 000 €.")
    assert not any("mètre carré" in one for one in said), "a figure shown alone is known by nobody"
    questions = [one["label"] for one in blocks if one["kind"] == "question"]
    assert "Ville de naissance («\u00a0Pays de naissance\u00a0»)" in questions
    assert not any("{" in one for one in (*said, *questions))


def test_a_form_asked_later_is_not_on_the_paper_of_the_first_one():
    scheme = load_scheme(SCHEMES.parent / "examples" / "works-grant")
    organisation = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
    made = paper_form(
        scheme, "fr", organisation=organisation, link="https://x.example", today=date(2026, 3, 2)
    )
    asked = questions(made)
    assert ("Coût prévu" in asked, "Dépenses réelles" in asked) == (True, False)
