"""Coming back and leaving: links by mail, sessions, languages; and what strangers can't see."""

from __future__ import annotations

import re

import pytest

from tests.portal.conftest import SLUG, TOKEN


def test_answer_to_a_link_request_tells_nothing(site, ada):
    site.begun(ada)
    stranger = site.browser()
    stranger.get("/lien")
    known = stranger.post("/lien", email="ada@fictif.example")
    unknown = stranger.post("/lien", email="nobody@fictif.example")
    assert known.status == unknown.status == 200
    assert known.text.replace("ada@", "x@") == unknown.text.replace("nobody@", "x@")
    assert "S'il existe des demandes pour" in known.text


def test_link_request_wants_an_address(ada):
    ada.get("/lien")
    answer = ada.post("/lien", email="pas une adresse")
    assert answer.status == 422
    assert 'value="pas une adresse"' in answer.html


def test_link_opens_by_a_button_and_once(site, ada):
    public_id = site.filed(ada)
    site.link_for("ada@fictif.example", "jeton-fictif")
    other = site.browser()
    for _ in range(2):  # a mail scanner that follows addresses uses nothing up
        assert "Ce lien ne sert qu'une fois" in other.get("/lien/jeton-fictif").text
    answer = other.post("/lien/jeton-fictif")
    assert (answer.status, answer.location) == (303, "/mes-demandes")
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("guichet_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "PA-2020-0001" in other.follow(answer).text
    assert other.get(f"/suivi/{public_id}").status == 200
    again = site.browser()
    again.get("/lien/jeton-fictif")
    assert again.post("/lien/jeton-fictif").status == 410


def test_strangers_see_no_dossier(site, ada):
    public_id = site.filed(ada)
    anonymous = site.browser()
    assert anonymous.get(f"/suivi/{public_id}").location == "/session-terminee"
    page = anonymous.get(
        "/session-terminee"
    ).text  # who follows the link of a mail had no session here before
    assert (
        "Rien de ce que vous aviez enregistré n'est perdu." in page
        and "Votre session est terminée" not in page
    )
    other = site.browser()
    site.begun(other, "bo@fictif.example")
    for address in (f"/suivi/{public_id}", f"/demandes/{public_id}/", f"/demandes/{public_id}/recu"):
        assert other.get(address).status == 404
    assert other.post(f"/suivi/{public_id}/messages", body="x").status == 404


def test_signing_out_ends_the_session_itself(site, ada):
    public_id = site.filed(ada)
    stolen = ada.client.get_cookie("guichet_session")
    ada.get("/mes-demandes")
    answer = ada.post("/deconnexion")
    assert "Votre session est fermée." in ada.follow(answer).text
    thief = site.browser()
    thief.client.set_cookie("guichet_session", stolen.value)
    assert thief.get(f"/suivi/{public_id}").location == "/session-terminee"


def test_session_cookie_ends_with_the_browser(site, ada):
    ada.get(f"/aides/{SLUG}")
    answer = ada.post(f"/aides/{SLUG}/commencer", email="ada@fictif.example")
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("guichet_session="))
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie


def test_language_is_switched_and_the_page_kept(site, ada):
    ada.get(f"/aides/{SLUG}")
    answer = ada.post("/langue", language="en", to=f"/aides/{SLUG}")
    assert answer.location == f"/aides/{SLUG}"
    page = ada.follow(answer)
    assert '<html lang="en" dir="ltr">' in page.html
    assert "Small grant" in page.text
    assert "Begin my application" in page.text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//ailleurs.example/",
        "https://ailleurs.example/",
        "/\\ailleurs.example",
        "javascript:alert(1)",
        "/x\r\nY: z",
        "",
    ],
)
def test_language_switch_leads_nowhere_else(ada, elsewhere):
    ada.get("/")
    assert ada.post("/langue", language="en", to=elsewhere).location == "/"


def test_unknown_language_changes_nothing(ada):
    ada.get("/")
    assert not [
        one
        for one in ada.post("/langue", language="xx", to="/").headers.getlist("Set-Cookie")
        if one.startswith("guichet_language")
    ]


def test_form_without_token_is_refused_and_what_was_typed_kept(site, ada):
    base = site.begun(ada)
    here = {"Sec-Fetch-Site": "same-origin"}
    sent = ada.client.post(
        base + "you", data={"person-first_name": '"><b>Ada', "_asked": "person"}, headers=here
    )
    text = sent.get_data(as_text=True)
    assert sent.status_code == 400
    assert "Cette page est restée ouverte trop longtemps" in text
    assert 'name="person-first_name" value="&#34;&gt;&lt;b&gt;Ada"' in text
    token = TOKEN.search(text)
    assert token
    again = ada.client.post(
        base + "you",
        data={"person-first_name": "Ada", "person-last_name": "F", "income": "12000", "csrf_token": token[1]},
    )
    assert again.status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}, {}]
)
def test_form_from_elsewhere_is_not_offered_again(site, ada, headers):
    base = site.begun(ada)
    sent = ada.client.post(base + "you", data={"person-first_name": "Eve"}, headers=headers)
    assert sent.status_code == 400
    assert "Eve" not in sent.get_data(as_text=True)


def test_password_typed_is_never_shown_again(ada):
    here = {"Sec-Fetch-Site": "same-origin"}
    sent = ada.client.post("/lien", data={"email": "a@fictif.example", "password": "secret"}, headers=here)
    assert "secret" not in sent.get_data(as_text=True)


def test_personal_pages_are_kept_by_no_cache(site, ada):
    base = site.begun(ada)
    site.fill(ada, base)
    for address in ("", "you", "verifier"):
        assert ada.get(base + address).headers["Cache-Control"] == "no-store"


def test_every_page_has_a_strict_policy(ada):
    policy = ada.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nulle-part", 404, "Cette page n'existe pas"),
        ("/aides/inconnue", 404, "Cette page n'existe pas"),
        ("/langue", 405, "Cette adresse n'est pas une page"),
    ],
)
def test_failure_is_a_page_in_plain_words(ada, address, status, said):
    page = ada.get(address)
    assert page.status == status
    assert said in page.text
    assert 'href="/"' in page.html


def test_every_link_of_a_page_leads_somewhere(site, ada):
    public_id = site.filed(ada)
    for address in (
        "/",
        f"/aides/{SLUG}",
        f"/suivi/{public_id}",
        f"/demandes/{public_id}/recu",
        "/mes-demandes",
    ):
        for one in ada.get(address).all("a"):
            if one["href"].startswith("/"):
                assert ada.get(one["href"]).status in (200, 302, 303), one["href"]


def test_mentions_name_what_each_scheme_keeps(ada):
    page = ada.get("/mentions")
    assert "Petite aide" in page.text
    assert "est effacée 90 jours après la dernière modification" in page.text


def test_accessibility_is_told_honestly(ada):
    assert "n'a pas encore été audité" in ada.get("/accessibilite").text


def test_colours_are_a_style_sheet(ada):
    sent = ada.get("/theme.css")
    assert sent.headers["Content-Type"].startswith("text/css")
    assert re.match(r":root\{--brand:#17505f", sent.html)
