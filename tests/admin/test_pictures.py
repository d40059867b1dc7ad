"""The scheme in pictures: live figures, the same in words, for administrators only."""

from __future__ import annotations

ADDRESS = "/bureau/dispositifs/small-grant/circuit"


def test_workflow_shows_where_the_dossiers_are(bureau):
    bureau.filed(1)
    bureau.filed(2)
    page = bureau.as_("admin").get(ADDRESS)
    assert page.status == 200
    assert page.html.count("<svg") == 2
    assert "2 dossiers" in page.text
    assert "Le circuit en mots" in page.text and "Le formulaire en mots" in page.text
    assert " style=" not in page.html


def test_pictures_are_for_administrators_and_of_published_schemes(bureau):
    assert bureau.as_("instructor").get(ADDRESS).status == 403
    assert bureau.as_("admin").get(ADDRESS.replace("small-grant", "nothing")).status == 404


def test_list_of_schemes_leads_to_the_pictures(bureau):
    assert ADDRESS in bureau.as_("admin").get("/bureau/dispositifs").html


def test_pictures_speak_english_too(bureau):
    assert "The workflow in words" in bureau.as_("admin", "en").get(ADDRESS).text
