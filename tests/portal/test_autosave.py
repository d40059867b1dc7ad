"""Typing kept while it is typed, and two tabs, as the pages answer it."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.database import KeptTyping

TYPED = {"person__first_name": "Ada", "person__last_name": "Fictive", "income": "12 000,50"}


def test_script_is_told_when_it_was_kept(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    sent = ada.post(base + "you/brouillon", income="douze", asked_=["income"], revision_="1", tab_="one")
    assert sent.status == 200
    assert "Enregistr\\u00e9 \\u00e0 12\\u00a0h\\u00a000" in sent.html
    ada.last = None
    page = ada.get(base + "you")
    assert page.typed()["income"] == "douze"
    assert "problem" not in page.html.partition("<main")[2].partition("live-checks")[0]


def test_script_is_told_of_a_conflict_in_the_language_of_the_page(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you/brouillon", income="12000", asked_=["income"], revision_="1", tab_="one")
    ada.get(base + "you")
    sent = ada.post(base + "you/brouillon", income="13000", asked_=["income"], revision_="1", tab_="two")
    assert "vous avez r\\u00e9pondu autrement dans un autre onglet" in sent.html
    assert "12\\u202f000\\u00a0\\u20ac" in sent.html


def test_old_page_is_shown_again_with_both_answers_and_a_choice(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", revision_="1", asked_=["person", "phone", "income"], **TYPED)
    other = {**TYPED, "income": "13000"}
    page = ada.post(base + "you", revision_="1", asked_=["person", "phone", "income"], **other)
    assert page.status == 409
    assert "« Revenu » : vous avez répondu autrement dans un autre onglet à 12 h 00" in page.text
    assert "Garder celle-ci : 13 000 €" in page.text
    assert "Reprendre l'autre : 12 000,50 €" in page.text
    revision = page.typed()["_revision"]
    again = {**other, "_take-income": "mine"}
    kept = ada.post(base + "you", revision_=revision, asked_=["person", "phone", "income"], **again)
    assert kept.location == base + "children"
    assert ada.get(base + "you").typed()["income"] == "13000"


def test_the_other_answer_is_taken_when_it_is_chosen(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", revision_="1", asked_=["person", "phone", "income"], **TYPED)
    other = {**TYPED, "income": "13000"}
    page = ada.post(base + "you", revision_="1", asked_=["person", "phone", "income"], **other)
    again = {**other, "_take-income": "other"}
    kept = ada.post(
        base + "you", revision_=page.typed()["_revision"], asked_=["person", "phone", "income"], **again
    )
    assert kept.location == base + "children"
    assert ada.get(base + "you").typed()["income"] == "12000,50"


def test_leaving_for_later_keeps_what_can_not_be_read(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    answer = ada.post(base + "you", income="douze mille", then_="later")
    assert (answer.status, answer.location) == (303, base)
    assert ada.get(base + "you").typed()["income"] == "douze mille"


def test_typing_after_the_session_is_refused_and_kept_only_when_the_page_is_left(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    site.clock.pass_by(hours=3)
    typing = {"income": "12 000", "asked_": ["income"], "revision_": "1", "tab_": "one"}
    assert ada.post(base + "you/brouillon", **typing).status == 403
    assert kept_rows(site) == 0
    assert ada.post(base + "you/brouillon", leaving_="yes", **typing).status == 403
    assert kept_rows(site) == 1


def kept_rows(site) -> int:
    with site.desk.office.database.reading() as session:
        return len(session.scalars(select(KeptTyping)).all())


def test_page_of_a_filed_application_keeps_nothing_more(site, ada):
    public_id = site.filed(ada)
    sent = ada.post(f"/demandes/{public_id}/you/brouillon", income="1", asked_=["income"], revision_="1")
    assert sent.status == 409
