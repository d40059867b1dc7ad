"""The pages of drafts: the code, the list, erasing."""

from __future__ import annotations

import re

from tests.portal.conftest import SLUG


def code_on(page) -> str:
    found = re.search(r'<strong class="code">([0-9A-Z-]{14})</strong>', page.html)
    assert found
    return found[1]


def test_code_of_the_page_opens_the_draft_in_another_browser(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="Fictive", income="12000")
    code = code_on(ada.get(base))
    phone = site.browser()
    page = phone.get("/reprendre")
    assert "Douze lettres et chiffres" in page.text
    answer = phone.post("/reprendre", code=code, email="ada@fictif.example")
    assert (answer.status, answer.location) == (303, base)
    assert phone.get(base + "you").typed()["person-first_name"] == "Ada"


def test_wrong_code_and_wrong_address_are_one_answer(site, ada):
    base = site.begun(ada)
    code = code_on(ada.get(base))
    phone = site.browser()
    wrong = [
        phone.post("/reprendre", code=code, email="eve@fictif.example"),
        phone.post("/reprendre", code="0000-0000-0000", email="ada@fictif.example"),
        phone.post("/reprendre", code="", email=""),
    ]
    assert {one.status for one in wrong} == {422}
    assert all("n'ouvrent pas de demande" in one.text for one in wrong)
    assert "session" not in str(wrong[0].headers.getlist("Set-Cookie")).replace("guichet_form", "")


def test_drafts_are_listed_and_erased_after_a_question(site, ada):
    base = site.begun(ada)
    page = ada.get("/mes-demandes")
    assert "enregistrée pour la dernière fois le 12 mai 2020 à 12 h 00" in page.text
    assert "pages remplies : 0 sur 3" in page.text
    assert "Sans modification, elle est effacée après le 10 août 2020." in page.text
    asked = ada.get(base + "supprimer")
    assert "effacées pour de bon" in asked.text
    assert ada.get(base).status == 200, "asking erases nothing"
    ada.get(base + "supprimer")
    gone = ada.post(base + "supprimer")
    assert "sont effacés" in ada.follow(gone).text
    assert ada.get(base).status == 404


def test_scheme_page_leads_back_to_a_draft(site, ada):
    base = site.begun(ada)
    page = ada.get(f"/aides/{SLUG}")
    assert "Reprendre votre demande" in page.text
    assert f'href="{base}"' in page.html
    again = ada.post(f"/aides/{SLUG}/commencer", email="ada@fictif.example")
    assert again.location == base
