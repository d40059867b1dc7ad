"""What the office asks besides answers: remarks beside the questions, documents by name, a last day; one at a time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dossiers.services import casework
from dossiers.services.refusals import Refused

PICTURE = (Path(__file__).parents[1] / "fixtures" / "invoice.png").read_bytes()
FORM = {
    "fields_to_correct": ["siret"],
    "fields_to_correct-remark-siret": ["Ce numéro est celui du siège."],
    "fields_to_correct-document-1": ["Bail signé"],
    "fields_to_correct-said-1": ["Les deux signatures."],
    "reason": ["Merci de compléter."],
}


@pytest.fixture
def asked(site, ada):
    """A dossier with a question and a document asked; its public id."""
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    site.fire("instructor", public_id, "ask", form={**FORM, **day(2020, 6, 2)})
    return public_id


def day(year: int, month: int, of: int) -> dict[str, list[str]]:
    return {"answer_by-day": [str(of)], "answer_by-month": [str(month)], "answer_by-year": [str(year)]}


def points(page) -> list[str]:
    return [one["action"] for one in page.all("form") if "/points/" in one.get("action", "")]


def send(ada, address: str, *files: tuple[str, bytes], **form: str):
    sent = {"document": [(io.BytesIO(content), name) for name, content in files]} if files else {}
    return ada.post(address, **{**form, **sent})


def test_everything_asked_is_shown_with_its_remark_and_the_day_chosen(site, ada, asked):
    followed = ada.get(f"/suivi/{asked}").text
    assert "Bail signé" in followed and "Les deux signatures." in followed
    assert "À faire avant le 2 juin 2020" in followed or "2 juin 2020" in followed
    assert "Ce numéro est celui du siège." in ada.get(f"/demandes/{asked}/").text
    page = ada.get(f"/demandes/{asked}/payment")
    assert 'id="q-siret-remark"' in page.html
    assert "Ce numéro est celui du siège." in page.text
    assert (
        "q-siret-remark"
        in next(one for one in page.all("input") if one.get("name") == "siret")["aria-describedby"]
    )


def test_each_page_of_a_correction_leads_to_the_next_one_asked_about(site, ada):
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    form = {"fields_to_correct": ["income", "siret"], "reason": ["Merci de revoir ces deux réponses."]}
    site.fire("instructor", public_id, "ask", form=form)
    base = f"/demandes/{public_id}/"
    ada.get(base + "you")
    assert ada.post(base + "you", income="11 000", asked_=["income"]).location == base + "payment"
    ada.get(base + "payment")
    assert (
        ada.post(base + "payment", siret="732 829 320 00082", asked_=["siret"]).location == base + "verifier"
    )


def test_nothing_is_sent_while_a_document_is_awaited(site, ada, asked):
    ada.get(f"/demandes/{asked}/verifier")
    refused = ada.post(f"/demandes/{asked}/verifier")
    assert refused.status == 422
    assert "Bail signé" in refused.text
    page = ada.get(f"/demandes/{asked}/")
    assert "C'est gardé." in ada.follow(send(ada, points(page)[1], ("bail.png", PICTURE))).text
    ada.get(f"/demandes/{asked}/verifier")
    assert ada.post(f"/demandes/{asked}/verifier").location == f"/demandes/{asked}/recu"


def test_why_a_document_cannot_be_given_counts_as_an_answer(site, ada, asked):
    page = ada.get(f"/demandes/{asked}/")
    send(ada, points(page)[1], said="Le propriétaire l'a perdu.")
    ada.get(f"/demandes/{asked}/verifier")
    assert ada.post(f"/demandes/{asked}/verifier").location == f"/demandes/{asked}/recu"
    shown = site.desk.act(casework.dossier, site._member("instructor"), asked).requests[0]
    assert [one.said for one in shown.points] == ["", "Le propriétaire l'a perdu."]
    assert shown.outcome == "answered"


def test_what_the_answer_changed_is_known_point_by_point(site, ada, asked):
    ada.get(f"/demandes/{asked}/payment")
    ada.post(f"/demandes/{asked}/payment", siret="732 829 320 00082", asked_=["siret"])
    page = ada.get(f"/demandes/{asked}/")
    send(ada, points(page)[1], ("bail.png", PICTURE))
    ada.get(f"/demandes/{asked}/verifier")
    ada.post(f"/demandes/{asked}/verifier")
    [shown] = site.desk.act(casework.dossier, site._member("instructor"), asked).requests
    siret, lease = shown.points
    assert siret.change.after.answer == "73282932000082"
    assert [one.name for one in lease.documents] == ["bail.png"]
    assert lease.change is None


def test_a_document_can_be_taken_back_until_it_is_sent(site, ada, asked):
    page = ada.get(f"/demandes/{asked}/")
    page = ada.follow(send(ada, points(page)[1], ("bail.png", PICTURE)))
    [back] = [one for one in points(page) if "/retirer/" in one]
    assert "La pièce est retirée." in ada.follow(ada.post(back)).text
    ada.get(f"/demandes/{asked}/verifier")
    assert ada.post(f"/demandes/{asked}/verifier").status == 422


def test_what_is_no_document_is_refused_on_its_page_and_nothing_is_kept(site, ada, asked):
    page = ada.get(f"/demandes/{asked}/")
    refused = send(ada, points(page)[1], ("bail.exe", b"MZ\x90\x00" * 20), said="Voici")
    assert refused.status == 422
    assert "Voici" in refused.html
    assert not any("/retirer/" in one for one in points(ada.get(f"/demandes/{asked}/")))


def test_a_document_alone_can_be_asked(site, ada):
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    only = {"fields_to_correct-document-1": ["Bail signé"], "reason": ["Merci."]}
    site.fire("instructor", public_id, "ask", form=only)
    page = ada.get(f"/demandes/{public_id}/")
    send(ada, points(page)[0], ("bail.png", PICTURE))
    ada.get(f"/demandes/{public_id}/verifier")
    assert ada.post(f"/demandes/{public_id}/verifier").location == f"/demandes/{public_id}/recu"


def test_one_request_is_open_at_a_time(site, ada):
    site.publish(("from: in_review\n      to: on_hold", "from: [in_review, on_hold]\n      to: on_hold"))
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    site.fire("instructor", public_id, "ask", form=FORM)
    with pytest.raises(Refused) as refused:
        site.fire("instructor", public_id, "ask", form=FORM)
    assert refused.value.code == "already_asked"


def test_nobody_else_answers_and_nothing_is_answered_twice(site, ada, asked):
    page = ada.get(f"/demandes/{asked}/")
    other = site.browser()
    assert send(other, points(page)[1], said="moi").status in (303, 404)
    send(ada, points(page)[1], said="Perdu.")
    ada.get(f"/demandes/{asked}/verifier")
    ada.post(f"/demandes/{asked}/verifier")
    assert send(ada, points(page)[1], said="Encore.").status == 404


def test_a_last_day_beyond_bounds_is_refused(site, ada):
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    found = site.fire("instructor", public_id, "ask", form={**FORM, **day(2020, 5, 13)})
    assert [problem.code for problem in found.problems] == ["too_early"]
