"""Signing in and out of the back office."""

from __future__ import annotations

import pytest
from markupsafe import escape

from tests.admin.conftest import SLUG

PASSWORD = "un mot de passe fictif"  # that of conftest
WRONG = "L’adresse électronique ou le mot de passe est incorrect."


def test_right_password_opens_a_session(bureau):
    assert "Bonjour Instructor (fictif)" in bureau.signs_in("instructor").get("/bureau/").text


def test_session_cookie_is_kept_from_scripts(bureau):
    visitor = bureau.visitor()
    signed = visitor.post(
        "/bureau/connexion", seen="/bureau/connexion", email="idle@fictif.example", password=PASSWORD
    )
    [cookie] = [one for one in signed.headers.getlist("Set-Cookie") if one.startswith("guichet_office=")]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/bureau" in cookie


@pytest.mark.parametrize(
    ("email", "password"),
    [("instructor@fictif.example", "faux"), ("personne@fictif.example", PASSWORD), ("", ""), ("é" * 500, "x" * 5000)],
)  # fmt: skip
def test_every_mistake_gets_the_same_answer(bureau, email, password):
    page = bureau.visitor().post(
        "/bureau/connexion", seen="/bureau/connexion", email=email, password=password
    )
    assert (page.status, WRONG in page.text) == (422, True)
    assert page.html.count("<title>Erreur") == 1
    assert password not in page.html or not password


def test_too_many_attempts_are_stopped(bureau):
    visitor = bureau.visitor()
    for _ in range(11):
        page = visitor.post(
            "/bureau/connexion", seen="/bureau/connexion", email="idle@fictif.example", password="faux"
        )
    assert page.status == 429
    assert "Trop de tentatives" in page.text


def test_sign_out_ends_the_session_for_good(bureau):
    person = bureau.as_("idle")
    cookie = person.client.get_cookie("guichet_office", path="/bureau")
    assert person.post("/bureau/deconnexion").status == 303
    thief = bureau.visitor()
    thief.client.set_cookie("guichet_office", cookie.value, path="/bureau")
    assert thief.get("/bureau/").status == 303


@pytest.mark.parametrize(
    ("wanted", "onward"),
    [
        ("/bureau/small-grant/", "/bureau/small-grant/"),
        ("https://mal.example/bureau/", "/bureau/"),
        ("//mal.example/bureau/", "/bureau/"),
        ("/bureau/\\mal.example", "/bureau/"),
        ("/demandes/x", "/bureau/"),
    ],
)
def test_sign_in_leads_only_to_the_back_office(bureau, wanted, onward):
    page = bureau.visitor().post(
        "/bureau/connexion",
        seen="/bureau/connexion",
        email="idle@fictif.example",
        password=PASSWORD,
        vers=wanted,
    )
    assert (page.status, page.headers["Location"]) == (303, onward)


@pytest.mark.parametrize(
    "path", ["/bureau/", "/bureau/small-grant/", "/bureau/small-grant/abcdefgh", "/bureau/courriels", "/bureau/comptes"]
)  # fmt: skip
def test_strangers_are_sent_to_sign_in(bureau, path):
    page = bureau.visitor().get(path)
    assert (page.status, page.headers["Location"].partition("?")[0]) == (303, "/bureau/connexion")


def test_who_follows_a_shared_address_sees_what_it_asks_once_signed_in(bureau):
    shared = f"/bureau/{SLUG}/?etat=submitted&q=Fictive"
    sent = bureau.visitor().get(shared)
    assert sent.status == 303
    form = bureau.visitor().get(sent.headers["Location"]).html
    assert f'name="vers" value="{escape(shared)}"' in form


def test_form_without_token_does_nothing(bureau):
    dossier = bureau.path(bureau.filed())
    person = bureau.as_("instructor")
    assert person.client.post(f"{dossier}/actions/take").status_code == 400
    assert "Déposée" in person.get(dossier).text
