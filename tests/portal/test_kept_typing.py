"""Nothing typed is lost when a session has ended: it is kept, and comes back to its own applicant only."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default

import pytest
from sqlalchemy import select

from dossiers.database import KeptTyping
from dossiers.services import kept_typing
from tests.portal.conftest import SLUG

TYPED = {"person__first_name": "Zoé-Inès", "person__last_name": "Fictive", "income": "12 000,50"}


@pytest.fixture
def asleep(site, ada):
    """Ada has the first page open; her session ends while she types. The path of her pages."""
    base = site.begun(ada)
    ada.get(base + "you")
    site.clock.pass_by(hours=3)
    return base


def kept_rows(site) -> list[KeptTyping]:
    with site.desk.office.database.reading() as session:
        return list(session.scalars(select(KeptTyping)))


def mailed_link(site) -> str:
    """The path of the link in the mail that was asked for."""
    site.work()
    paths = site.desk.office.settings.outbox.rglob("*.eml")
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
    [text] = [one.get_body(("plain",)).get_content() for one in mails if "lien d'accès" in one["Subject"]]
    return re.search(r"/lien/[0-9a-f]+", text)[0]


def test_page_sent_after_the_session_comes_back_by_the_link(site, ada, asleep):
    over = ada.post(asleep + "you", asked_=["person", "income"], **TYPED)
    assert over.status == 403
    assert "n'est pas perdu" in over.text
    assert "Zoé" not in over.html
    sent = ada.post("/session-terminee", kept=over.typed()["kept"])
    assert "vient d'être envoyé" in sent.text
    phone = site.browser()  # the link may well be opened in another browser
    link = mailed_link(site)
    phone.get(link)
    answer = phone.post(link)
    page = phone.follow(answer)
    assert page.status == 200
    assert "Rien n'a encore été envoyé" in page.text
    assert page.typed()["person-first_name"] == "Zoé-Inès"
    assert page.typed()["income"] == "12 000,50"
    saved = phone.post(
        asleep + "you", kept_=page.typed()["_kept"], revision_=page.typed()["_revision"], **TYPED
    )
    assert saved.location == asleep + "children"
    assert phone.get(asleep + "you").typed()["person-first_name"] == "Zoé-Inès"
    assert kept_rows(site) == []


def test_page_sent_after_signing_out_in_another_tab_is_kept_too(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post("/deconnexion")
    over = ada.post(base + "you", **TYPED)
    assert over.status == 403
    assert "kept" in over.typed()


def test_message_sent_after_the_session_comes_back(site, ada):
    public_id = site.filed(ada)
    ada.get(f"/suivi/{public_id}")
    site.clock.pass_by(hours=3)
    over = ada.post(f"/suivi/{public_id}/messages", body="Mon adresse <b>change</b> demain.")
    handle = over.typed()["kept"]
    site.link_for("ada@fictif.example", "jeton-fictif")
    ada.get("/lien/jeton-fictif")
    ada.post("/lien/jeton-fictif")
    page = ada.get(f"/demandes/{public_id}/reprise/{handle}")
    assert "Mon adresse &lt;b&gt;change&lt;/b&gt; demain." in page.html
    sent = ada.post(f"/suivi/{public_id}/messages", body="Mon adresse change demain.", kept_=handle)
    assert sent.location.endswith("#messages")
    assert kept_rows(site) == []


def test_what_was_typed_is_sealed_and_given_to_nobody_else(site, ada, asleep):
    over = ada.post(asleep + "you", **TYPED)
    [row] = kept_rows(site)
    assert b"Fictive" not in row.sealed
    other = site.browser()
    site.begun(other, "bo@fictif.example")
    assert other.get(f"{asleep}reprise/{over.typed()['kept']}").status == 404
    nobody = site.browser()
    assert nobody.get(f"{asleep}reprise/{over.typed()['kept']}").location == "/session-terminee"


def test_what_was_typed_is_kept_for_a_day(site, ada, asleep):
    over = ada.post(asleep + "you", **TYPED)
    site.clock.pass_by(hours=25)
    site.link_for("ada@fictif.example", "jeton-fictif")
    ada.get("/lien/jeton-fictif")
    ada.post("/lien/jeton-fictif")
    assert ada.get(f"{asleep}reprise/{over.typed()['kept']}").status == 404
    with site.desk.office.database.writing() as session:
        kept_typing.sweep(session, site.clock.now)
    assert kept_rows(site) == []


def test_nothing_is_kept_for_a_dossier_that_does_not_exist(site):
    stranger = site.browser()
    answer = stranger.post("/demandes/inventee-inventee/you", **TYPED)
    assert answer.status == 403
    assert "kept" not in answer.typed()
    assert kept_rows(site) == []


def test_keeping_has_a_bound(site, ada, asleep):
    for _ in range(kept_typing.AT_MOST + 3):
        ada.post(asleep + "you", **TYPED)
    assert len(kept_rows(site)) == kept_typing.AT_MOST


def test_way_back_answers_the_same_for_an_invented_handle(site, ada, asleep):
    known = ada.post(asleep + "you", **TYPED).typed()["kept"]
    said = [ada.post("/session-terminee", kept=handle).text for handle in (known, "inventee")]
    assert said[0] == said[1]


def test_page_without_anything_typed_leads_to_the_way_back(site, ada, asleep):
    assert ada.post(asleep + "verifier").location == "/session-terminee"


def test_page_too_old_is_told_in_the_language_chosen(site):
    browser = site.browser("en")
    base = site.begun(browser)
    sent = browser.client.post(base + "you", data={"income": "12"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 400
    assert "This page had been open for too long" in sent.get_data(as_text=True)


def test_page_sent_twice_at_once_is_no_warning(site, ada):
    base = site.begun(ada)
    revision = ada.get(base + "you").typed()["_revision"]
    for _ in range(2):
        assert ada.post(base + "you", revision_=revision, **TYPED).location == base + "children"
    assert "avait été ouverte avant" not in ada.get(base + "children").text


def test_page_of_an_old_tab_after_filing_says_that_nothing_was_kept(site, ada):
    base = site.begun(ada)
    site.fill(ada, base)
    ada.get(base + "verifier")
    ada.post(base + "verifier")
    told = ada.follow(ada.post(base + "you", **TYPED)).text
    assert "déjà été déposée" in told
    assert ada.get(f"/aides/{SLUG}").status == 200
