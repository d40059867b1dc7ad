"""After filing: one receipt, a page to follow the dossier, corrections, decisions."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from engine.language import load_scheme
from portal.checking import is_decided
from tests.portal.conftest import IBAN, SIRET, bundle

HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)>'


def test_receipt_shows_the_reference_and_the_law(site, ada):
    public_id = site.filed(ada)
    page = ada.get(f"/demandes/{public_id}/recu")
    assert '<p class="reference">PA-2020-0001</p>' in page.html
    assert "Reçue le 12 mai 2020 à 12 h 00" in page.text
    assert "À ce jour, ce délai prend fin le 12 juillet 2020." in page.text
    assert "Vous pouvez contester PA-2020-0001." in page.text
    assert "Une confirmation vous est envoyée à ada@fictif.example" in page.text


EDITABLE = ("submitted: {", "submitted: {editable: true, ")
UNMAILED = ("effects: [{mail: acknowledgement}]", "effects: []")


def test_who_files_reads_whether_answers_may_still_be_changed_and_of_no_mail_that_is_not_sent(site, ada):
    base = site.begun(ada)
    site.fill(ada, base)
    assert "ne pourront plus être modifiées" in ada.get(base + "verifier").text
    site.publish(EDITABLE, UNMAILED)
    assert "pourrez encore modifier" in ada.get(base + "verifier").text
    ada.post(base + "verifier")
    page = ada.get(base + "recu").text
    assert "PA-2020-0001" in page and "Une confirmation" not in page


def test_filing_twice_gives_one_receipt(site, ada):
    base = site.begun(ada)
    site.fill(ada, base)
    ada.get(base + "verifier")
    answers = [ada.post(base + "verifier") for _ in range(2)]
    assert [one.location for one in answers] == [base + "recu"] * 2
    assert "PA-2020-0001" in ada.get(base + "recu").text
    assert ada.get("/mes-demandes").text.count("PA-2020-0001") == 1


def test_filed_pages_lead_to_where_the_dossier_is_followed(site, ada):
    public_id = site.filed(ada)
    for page in ("", "you", "verifier"):
        answer = ada.get(f"/demandes/{public_id}/{page}")
        assert (answer.status, answer.location) == (302, f"/suivi/{public_id}")


def test_duplicate_is_told_in_the_scheme_s_words(site, ada):
    site.filed(ada)
    other = site.browser()
    base = site.begun(other, "bo@fictif.example")
    site.fill(other, base)
    other.get(base + "verifier")
    answer = other.post(base + "verifier")
    assert answer.status == 422
    assert "Une demande existe déjà pour cet établissement." in answer.text


def test_receipt_in_pdf_comes_when_it_is_made(site, ada):
    public_id = site.filed(ada)
    answer = ada.get(f"/demandes/{public_id}/recu.pdf")
    assert (answer.status, answer.location) == (303, f"/demandes/{public_id}/recu")
    assert "Le PDF est en préparation" in ada.follow(answer).text
    site.work()
    sent = ada.client.get(f"/demandes/{public_id}/recu.pdf")
    assert sent.status_code == 200
    assert sent.data.startswith(b"%PDF")
    assert f'href="/demandes/{public_id}/recu.pdf"' in ada.get(f"/demandes/{public_id}/recu").html


def test_dossier_is_followed_in_public_words(site, ada):
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    page = ada.get(f"/suivi/{public_id}")
    assert "En cours d'examen (en ce moment)" in page.text
    assert "Reçue (fait)" in page.text
    assert "Décision rendue (à venir)" in page.text
    assert "En instruction" not in page.text
    assert "in_review" not in page.html
    assert "instructor (fictif)" not in page.text


def test_message_is_sent_and_inert(site, ada):
    public_id = site.filed(ada)
    ada.get(f"/suivi/{public_id}")
    answer = ada.post(f"/suivi/{public_id}/messages", body=f"Bonjour,\n{HOSTILE}")
    page = ada.follow(answer)
    assert "Votre message est envoyé." in page.text
    assert "<script>alert" not in page.html
    assert "<img" not in page.html
    assert "Bonjour,<br>" in page.html


def test_empty_message_is_refused_on_its_page(site, ada):
    public_id = site.filed(ada)
    ada.get(f"/suivi/{public_id}")
    answer = ada.post(f"/suivi/{public_id}/messages", body="  ")
    assert answer.status == 422
    assert "Écrivez quelques mots avant d'envoyer." in answer.text


def test_giving_up_is_confirmed_first(site, ada):
    public_id = site.filed(ada)
    asked = ada.get(f"/suivi/{public_id}/actions/withdraw")
    assert "vous ne pourrez pas revenir en arrière" in asked.text
    answer = ada.post(f"/suivi/{public_id}/actions/withdraw", revision_=asked.typed()["_revision"])
    page = ada.follow(answer)
    assert "C'est fait : Retirer ma demande." in page.text
    assert "Terminée (en ce moment)" in page.text
    assert ada.get(f"/suivi/{public_id}/actions/withdraw").status == 404


def test_act_on_a_page_out_of_date_is_refused_with_what_happened(site, ada):
    public_id = site.filed(ada)
    old = ada.get(f"/suivi/{public_id}/actions/withdraw").typed()["_revision"]
    site.clock.pass_by(minutes=5)
    site.fire("instructor", public_id, "take")
    answer = ada.post(f"/suivi/{public_id}/actions/withdraw", revision_=old)
    assert answer.status == 422
    assert "le 12 mai 2020 à 12 h 05, après l'ouverture de cette page" in answer.text


def corrected(site, ada) -> str:
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    form = {"fields_to_correct": ["siret"], "reason": ["Le numéro est\nillisible."]}
    site.fire("instructor", public_id, "ask", form=form)
    return public_id


def test_correction_opens_only_what_is_asked(site, ada):
    public_id = corrected(site, ada)
    page = ada.get(f"/suivi/{public_id}")
    assert "Votre demande est à compléter" in page.text
    assert "Le numéro est illisible." in page.text
    base = f"/demandes/{public_id}/"
    tasks = ada.get(base).text
    assert "À corriger" in tasks and "Le numéro est illisible." in tasks
    form = ada.get(base + "payment")
    assert "Le numéro est illisible." in form.text
    assert "Le numéro est illisible." not in ada.get(base + "you").text, "nothing is asked there"
    assert "siret" in form.typed()
    assert "iban" not in form.typed()
    assert "Les réponses de cette page qui ne changent pas" in form.text


def test_correction_is_sent_once_checked(site, ada):
    public_id = corrected(site, ada)
    base = f"/demandes/{public_id}/"
    ada.get(base + "payment")
    answer = ada.post(base + "payment", siret="732 829 320 00082", asked_=["siret"])
    assert answer.location == base + "verifier", answer.html
    page = ada.follow(answer)
    assert "Envoyer mes corrections" in page.text
    assert "Modifier SIRET" in page.text
    assert "Modifier IBAN" not in page.text
    assert "Modifier Revenu" not in page.text
    answer = ada.post(base + "verifier", revision_=page.typed()["_revision"])
    assert answer.location == base + "recu"
    assert "Vos corrections sont envoyées" in ada.follow(answer).text
    assert "Vous avez envoyé vos corrections" in ada.get(f"/suivi/{public_id}").text


def test_grant_shows_the_amount_and_how_to_appeal(site, ada):
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    site.check(public_id)
    site.fire("supervisor", public_id, "accept")
    page = ada.get(f"/suivi/{public_id}")
    assert "Accordée" in page.text
    assert '<p class="amount">1\u202f000\xa0€</p>' in page.html
    assert "Vous pouvez contester PA-2020-0001." in page.text


def test_receipt_announces_no_decision_once_it_is_made(site, ada):
    public_id = site.filed(ada)
    site.fire("instructor", public_id, "take")
    site.check(public_id)
    before = ada.get(f"/demandes/{public_id}/recu").text
    assert "Vous recevez la décision par courriel" in before and "Sans réponse dans un délai" in before
    site.fire("supervisor", public_id, "accept")
    after = ada.get(f"/demandes/{public_id}/recu").text
    assert "La décision est rendue" in after
    assert "Vous recevez la décision" not in after and "Sans réponse dans un délai" not in after


def test_amount_is_an_estimate_until_the_decision_only():
    scheme = load_scheme(bundle())
    award = replace(scheme.award, paid_to={"applicant": {"iban": "iban"}})
    view = SimpleNamespace(scheme=replace(scheme, award=award), state="in_review", reopened=None)
    assert not is_decided(view)
    view.reopened = frozenset({"iban", "siret"})
    assert not is_decided(view)
    view.reopened = frozenset({"iban"})  # after a payment came back: the grant stands
    assert is_decided(view)
    view.reopened, view.state = None, "accepted"
    assert is_decided(view)


def test_refusal_is_shown_with_remedies_never_with_the_comment(site, ada):
    public_id = site.filed(ada)
    site.fire("supervisor", public_id, "refuse", comment="entre nous")
    page = ada.get(f"/suivi/{public_id}")
    assert "Refusée" in page.text
    assert "Comment contester cette décision" in page.text
    assert "entre nous" not in page.text


def test_answers_typed_to_harm_are_inert_everywhere(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name=HOSTILE, person__last_name="{{ 7*7 }}", income="12000")
    ada.get(base + "children")
    ada.post(base + "children", children__0="row", children__0__first_name=HOSTILE, children__0__age="7")
    ada.get(base + "payment")
    ada.post(base + "payment", siret=SIRET, iban=IBAN, resident="yes")
    for page in ("you", "children", "verifier", ""):
        html = ada.get(base + page).html
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "onerror=alert(2)>" not in html.replace("&gt;", "")
    assert "{{ 7*7 }}" in ada.get(base + "verifier").html
