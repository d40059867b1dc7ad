"""Filling in: what is typed is kept, what is wrong is told, nothing is skipped."""

from __future__ import annotations

import re
from io import BytesIO

import pytest

from tests.fixtures.sent import PDF
from tests.portal.conftest import IBAN, SIRET, SLUG, TOKEN

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"


def test_first_page_lists_the_open_schemes(ada):
    page = ada.get("/")
    assert page.status == 200
    assert "Petite aide" in page.text
    assert "Ouverte jusqu'au 31 décembre 2020" in page.text
    assert f'href="/aides/{SLUG}"' in page.html


def test_scheme_says_what_to_prepare_and_when(ada):
    page = ada.get(f"/aides/{SLUG}")
    assert "Commencer ma demande" in page.text
    assert "Sans réponse dans un délai de 2 mois" in page.text


def test_closed_scheme_takes_no_application(site, ada):
    ada.get(f"/aides/{SLUG}")
    site.clock.pass_by(days=300)
    assert "Les demandes sont closes" in ada.get(f"/aides/{SLUG}").text
    answer = ada.post(f"/aides/{SLUG}/commencer", email="ada@fictif.example")
    assert answer.status == 422
    assert "Les demandes ont été closes le 31 décembre 2020." in answer.text


def test_address_that_is_none_comes_back_as_typed(ada):
    ada.get(f"/aides/{SLUG}")
    answer = ada.post(f"/aides/{SLUG}/commencer", email="pas une adresse")
    assert answer.status == 422
    assert answer.title.startswith("Erreur : ")
    assert 'value="pas une adresse"' in answer.html
    assert 'aria-describedby="email-hint email-problem"' in answer.html


def test_link_to_a_later_page_leads_to_the_first_incomplete(site, ada):
    base = site.begun(ada)
    for later in ("children", "payment", "verifier"):
        answer = ada.get(base + later)
        assert (answer.status, answer.location) == (302, base + "you")


def test_posting_a_later_page_keeps_nothing(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    answer = ada.post(base + "payment", iban=IBAN, siret=SIRET, resident="yes")
    assert (answer.status, answer.location) == (302, base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="Fictive", income="12000")
    ada.get(base + "children")
    ada.post(base + "children")
    assert IBAN[:4] not in ada.get(base + "payment").html


def test_all_that_is_wrong_is_told_at_once_and_what_was_typed_is_kept(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    answer = ada.post(base + "you", person__first_name=HOSTILE, phone="nope", income="douze")
    assert answer.status == 422
    assert answer.title.startswith("Erreur : Vous")
    assert "3 réponses sont à corriger" in answer.text
    links = [one["href"] for one in answer.all("a") if one.get("href", "").startswith("#q-")]
    assert links == ["#q-person-last_name", "#q-phone", "#q-income"]
    ids = {one.get("id") for tag in ("input", "select", "textarea") for one in answer.all(tag)}
    assert {link[1:] for link in links} <= ids
    typed = answer.typed()
    assert (typed["person-first_name"], typed["phone"], typed["income"]) == (HOSTILE, "nope", "douze")
    assert "<script>alert" not in answer.html
    assert "Revenu : indiquez un montant en chiffres, par exemple 1250,50." in answer.text


def test_money_is_read_as_people_write_it(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    answer = ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12 000,50 €")
    assert (answer.status, answer.location) == (303, base + "children")
    assert ada.get(base + "you").typed()["income"] == "12000,50"


def test_answer_that_asks_a_new_question_stays_on_the_page(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    asked = {"asked_": ["person", "phone", "income"]}
    answer = ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="1500", **asked)
    assert answer.location == base + "you"
    page = ada.follow(answer)
    assert "nouvelles questions sur cette page" in page.text
    assert "Êtes-vous locataire ?" in page.text
    assert page.status == 200


def test_first_button_is_to_continue(site, ada):
    page = ada.get(site.begun(ada) + "you")
    form = page.html[page.html.index('<form method="post" action="/demandes/') :]
    first = re.search(r"<button[^>]*>", form)
    assert first
    assert 'name="_then" value="continue"' in first[0]


def test_rows_that_must_be_there_open_with_the_first_one(site, ada):
    site.publish(("        optional: true\n        at_most: 3", "        at_most: 3"))
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12000")
    page = ada.get(base + "children")
    assert page.typed()["children-0"] == "row" and "Ajouter une autre ligne" in page.text
    assert 'name="_remove"' not in page.html  # it would be there again at once
    filled = ada.follow(
        ada.post(base + "children", add_="children", children__0="row", children__0__first_name="Zoé")
    )
    assert filled.html.count('name="_remove"') == 2
    rows = {"children__0": "row", "children__0__first_name": "Zoé", "children__1": "row"}
    alone = ada.follow(ada.post(base + "children", remove_="children-1", **rows))
    assert alone.html.count('name="_remove"') == 1
    blank = ada.follow(
        ada.post(base + "children", remove_="children-0", children__0="row", children__0__first_name="Zoé")
    )
    assert blank.typed()["children-0-first_name"] == "" and 'name="_remove"' not in blank.html
    refused = ada.post(base + "children", children__0="row", children__0__first_name="", children__0__age="")
    assert refused.status == 422
    assert "Enfants, ligne 1, Prénom" in refused.text
    assert ada.post(base + "children", children__0="row", children__0__first_name="Léa", children__0__age="7").location == base + "payment"  # fmt: skip


def test_rows_that_may_be_left_out_open_with_a_button(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12000")
    page = ada.get(base + "children")
    assert "children-0" not in page.typed() and "Ajouter une ligne" in page.text


def test_row_is_added_filled_in_and_removed(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12000")
    ada.get(base + "children")
    added = ada.post(base + "children", add_="children")
    assert (added.status, added.location) == (303, f"{base}children#q-children-0")
    page = ada.get(base + "children")
    assert "Ligne 1" in page.text
    assert 'id="q-children-0"' in page.html, "one comes back to the row, not to the top of the page"
    ada.post(
        base + "children",
        children__0="row",
        children__0__first_name="Léa",
        children__0__age="7",
        add_="children",
    )
    page = ada.get(base + "children")
    assert "Léa" in page.text
    assert "Ligne 2" in page.text
    removed = ada.post(
        base + "children",
        children__0="row",
        children__0__first_name="Léa",
        children__0__age="7",
        children__1="row",
        children__1__first_name="Noé",
        remove_="children-0",
    )
    assert removed.location == f"{base}children#q-children"
    typed = ada.get(base + "children").typed()
    assert typed["children-0-first_name"] == "Noé"
    assert "children-1-first_name" not in typed


def test_slip_in_a_row_leads_to_its_input(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12000")
    ada.get(base + "children")
    answer = ada.post(
        base + "children", children__0="row", children__0__first_name="Léa", children__0__age="sept"
    )
    assert answer.status == 422
    assert 'href="#q-children-0-age"' in answer.html
    assert answer.typed()["children-0-age"] == "sept"
    assert "Enfants, ligne 1, Âge : indiquez un nombre en chiffres, par exemple 1250." in answer.text


def tenant(site, ada) -> str:
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="1500")
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="1500", tenant="yes")
    return base


def lease(name: str = "bail.pdf", content: bytes = PDF) -> dict[str, object]:
    answers = {"person__first_name": "Ada", "person__last_name": "F", "income": "1500", "tenant": "yes"}
    return {**answers, "lease": (BytesIO(content), name)}


def test_document_is_added_listed_and_removed(site, ada):
    base = tenant(site, ada)
    ada.get(base + "you")
    ada.post(base + "you", add_documents_="lease", **lease("../mon <b>bail</b>.pdf"))
    page = ada.get(base + "you")
    assert "mon <b>bail" not in page.html
    remove = next(one["value"] for one in page.all("button") if one.get("name") == "_remove_document")
    answers = {"person__first_name": "Ada", "person__last_name": "F", "income": "1500", "tenant": "yes"}
    ada.post(base + "you", remove_document_=remove, **answers)
    assert "_remove_document" not in ada.get(base + "you").html


def test_document_of_a_wrong_kind_is_told(site, ada):
    base = tenant(site, ada)
    ada.get(base + "you")
    answer = ada.post(base + "you", **lease("bail.pdf", b"MZ a program"))
    assert answer.status == 422
    assert (
        "Bail : envoyez, à la place de « bail.pdf », un document dans un de ces formats : PDF et PNG."
        in answer.text
    )


def test_document_is_handed_out_as_a_file(site, ada):
    base = tenant(site, ada)
    ada.get(base + "you")
    assert ada.post(base + "you", **lease()).status == 303
    ada.get(base + "children")
    ada.post(base + "children")
    ada.get(base + "payment")
    ada.post(base + "payment", siret=SIRET, iban=IBAN, resident="yes")
    page = ada.get(base + "verifier")
    address = next(one["href"] for one in page.all("a") if "/pieces/" in one["href"])
    sent = ada.client.get(address)
    assert sent.data == PDF
    assert sent.headers["Content-Disposition"] == "attachment; filename*=UTF-8''bail.pdf"
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert site.browser().get(address).status == 303


def test_leaving_for_later_keeps_what_is_there_without_demanding_the_rest(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    answer = ada.post(base + "you", person__first_name="Ada", person__last_name="F", then_="later")
    assert (answer.status, answer.location) == (303, base)
    assert "Un lien pour revenir vous est envoyé à ada@fictif.example." in ada.follow(answer).text
    assert ada.get(base + "you").typed()["person-last_name"] == "F"


def test_page_of_an_old_tab_overwrites_nothing_of_another(site, ada):
    base = site.begun(ada)
    old = ada.get(base + "you").typed()["_revision"]
    ada.post(base + "you", person__first_name="Ada", person__last_name="Fictive", income="12000")
    ada.get(base + "you")
    answer = ada.post(base + "you", phone="04 50 00 00 00", asked_=["phone"], revision_=old)
    assert answer.status == 303
    assert "avant vos dernières modifications" in ada.follow(answer).text
    assert ada.get(base + "you").typed()["person-last_name"] == "Fictive"


def test_early_stop_gives_the_reason_and_no_way_on(site, ada):
    base = site.begun(ada)
    answer = site.fill(ada, base, resident="no")
    assert answer.location == base + "non-eligible"
    page = ada.follow(answer)
    assert "L'aide est réservée aux habitants." in page.text
    assert "Article 2 (fictif)" in page.text
    assert "Habitez-vous le département ? non" in page.text
    assert "Ce qui devrait être différent : Habitez-vous le département ? oui" in page.text
    main = page.html[page.html.index("<main") : page.html.index("</main>")]
    assert "<form" not in main
    for later in ("verifier",):
        assert ada.get(base + later).location == base + "non-eligible"
    assert ada.post(base + "verifier").location == base + "non-eligible"
    ada.get(base + "payment")
    back = ada.post(base + "payment", siret=SIRET, iban=IBAN, resident="yes")
    assert back.location == base + "verifier"


def test_stop_page_without_a_stop_leads_onward(site, ada):
    base = site.begun(ada)
    assert ada.get(base + "non-eligible").location == base + "you"


def test_ineligible_answers_show_reasons_and_no_button(site, ada):
    base = site.begun(ada)
    site.fill(ada, base, income="60 000")
    page = ada.get(base + "verifier")
    assert "Avec ces réponses, cette aide ne peut pas vous être accordée" in page.text
    assert "Le revenu (60 000 €) dépasse 50 000 €." in page.text
    assert "« Revenu » (60 000 €) dépasse 50 000 €." in page.text
    assert "Ce qui devrait être différent : Revenu 50 000 € au plus" in page.text
    assert "Déposer ma demande" not in page.text
    token = TOKEN.search(page.html)
    assert token
    assert ada.post(base + "verifier", token=token[1]).status == 422
    assert ada.get(base).status == 200


def test_answers_are_shown_again_to_be_changed(site, ada):
    base = site.begun(ada)
    site.fill(ada, base)
    page = ada.get(base + "verifier")
    assert "Revenu 12 000,50 € Modifier Revenu" in page.text
    assert "Léa Prénom : Léa Âge : 7" in page.text
    assert "732 829 320 00074" in page.text
    assert "Montant estimé : 1 000 €" in page.text


@pytest.mark.parametrize("page", ["nowhere", "verifier2"])
def test_page_that_is_none_is_not_found(site, ada, page):
    assert ada.get(site.begun(ada) + page).status == 404


def test_answer_that_no_longer_fits_a_new_version_is_told_beside_its_field(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="Fictive", income="12000")
    site.publish(("income: {type: money,", "income: {type: money, max: 9000,"))
    page = ada.get(base + "you")
    assert page.status == 200
    assert (
        "Vous aviez répondu « 12 000 € », que cette question n'accepte plus : répondez à nouveau."
        in page.text
    )
    assert (page.typed()["income"], page.typed()["person-first_name"]) == ("12000", "Ada")
    assert "q-income-problem" in page.html
    answer = ada.post(base + "you", person__first_name="Ada", person__last_name="Fictive", income="8000")
    assert answer.status == 303
    assert "Vous aviez répondu" not in ada.get(base + "you").text


def test_optional_question_that_an_answer_brings_is_shown_before_the_next_page(site, ada):
    site.publish(
        (
            '        type: yes_no\n        label: {fr: "Êtes-vous locataire',
            '        type: yes_no\n        optional: true\n        label: {fr: "Êtes-vous locataire',
        )
    )
    base = site.begun(ada)
    shown = ada.get(base + "you")
    assert 'name="_asked" value="income"' in shown.html
    first = ada.post(
        base + "you",
        person__first_name="Ada",
        person__last_name="Fictive",
        income="1500",
        asked_=["person", "phone", "income"],
    )
    assert first.location == base + "you"
    assert "Êtes-vous locataire ?" in ada.get(base + "you").text
    again = ada.post(
        base + "you",
        person__first_name="Ada",
        person__last_name="Fictive",
        income="1500",
        asked_=["person", "phone", "income", "tenant"],
    )
    assert again.location == base + "children"
