"""Who doesn't apply online finds the form to print on the page of the scheme."""

from __future__ import annotations

import portal.paper
from renderers.pdf import NotTypeset


def test_the_page_of_a_scheme_leads_to_its_form_on_paper(site, ada):
    address = "/aides/small-grant/formulaire.pdf"
    assert f'href="{address}"' in ada.get("/aides/small-grant").html
    answer = ada.client.get(address)
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF-")


def test_it_is_typeset_once_a_day_for_each_version_and_language(site, ada, monkeypatch):
    made = []
    monkeypatch.setattr(portal.paper, "pdf", lambda paper, *_: made.append(paper.language) or b"%PDF-")
    for _ in range(3):
        ada.client.get("/aides/small-grant/formulaire.pdf")
    assert made == ["fr"]
    site.clock.pass_by(days=1)
    ada.client.get("/aides/small-grant/formulaire.pdf")
    assert made == ["fr", "fr"]


def test_one_that_can_not_be_made_leads_back_with_a_sentence(site, ada, monkeypatch):
    def broken(*_):
        raise NotTypeset("no glyphs")

    monkeypatch.setattr(portal.paper, "pdf", broken)
    page = ada.follow(ada.get("/aides/small-grant/formulaire.pdf"))
    assert "Le formulaire papier ne peut pas être préparé" in page.text
