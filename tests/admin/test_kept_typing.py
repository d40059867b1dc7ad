"""What staff type outlives their session, and comes back to them alone once they have signed in again."""

from __future__ import annotations

import re

import pytest

from tests.admin.conftest import PASSWORD, SLUG, TOKEN


@pytest.fixture
def asleep(bureau):
    """An instructor signed in, a dossier they have taken, and a session that ends while they type."""
    dossier = bureau.path(bureau.filed())
    person = bureau.signs_in("instructor")
    person.post(f"{dossier}/actions/take")
    token = TOKEN.search(person.get(dossier).html)[1]
    bureau.clock.pass_by(hours=3)
    return person, dossier, token


def sign_in_again(person, page, role: str = "instructor"):
    """Sign in on the page shown; the answer."""
    onward = re.search(r'name="vers" value="([^"]+)"', page)[1]
    token = TOKEN.search(page)[1]
    form = {"email": f"{role}@fictif.example", "password": PASSWORD, "vers": onward, "csrf_token": token}
    return person.client.post("/bureau/connexion", data=form)


@pytest.mark.parametrize("part", ["notes", "messages"])
def test_words_come_back_after_signing_in(asleep, part):
    person, dossier, token = asleep
    over = person.client.post(f"{dossier}/{part}", data={"body": "Le <RIB> est flou", "csrf_token": token})
    assert over.status_code == 403
    page = over.get_data(as_text=True)
    assert "Votre session a expiré" in page
    assert "RIB" not in page
    back = person.get(sign_in_again(person, page).headers["Location"])
    assert "Le &lt;RIB&gt; est flou</textarea>" in back.html
    assert "Rien n’a encore été envoyé" in back.text
    handle = re.search(r'name="_kept" value="([^"]+)"', back.html)[1]
    assert person.post(f"{dossier}/{part}", body="Le RIB est flou", kept_=handle).status == 303
    assert person.get(f"/bureau/reprise/{handle}").status == 404


def test_form_of_an_action_comes_back_open(asleep):
    person, dossier, token = asleep
    form = {"reason": "IBAN illisible", "fields_to_correct": ["iban"], "csrf_token": token}
    over = person.client.post(f"{dossier}/actions/ask", data=form)
    back = person.get(sign_in_again(person, over.get_data(as_text=True)).headers["Location"])
    assert "IBAN illisible" in back.html
    assert re.search(r'value="iban" checked', back.html)


def test_words_come_back_to_nobody_else(bureau, asleep):
    person, dossier, token = asleep
    over = person.client.post(f"{dossier}/notes", data={"body": "Confidentiel", "csrf_token": token})
    colleague = bureau.visitor()
    answer = sign_in_again(colleague, colleague.get("/bureau/connexion").html, "supervisor")
    assert answer.status_code == 303
    address = re.search(r'name="vers" value="([^"]+)"', over.get_data(as_text=True))[1]
    assert address.startswith("/bureau/reprise/")
    assert colleague.get(address).status == 404


def test_button_pressed_after_the_session_only_asks_to_sign_in(asleep):
    person, dossier, token = asleep
    over = person.client.post(f"{dossier}/actions/accept", data={"csrf_token": token})
    assert (over.status_code, over.headers["Location"]) == (303, "/bureau/connexion")


def test_scheme_being_written_comes_back_unsaved_and_over_the_revision_it_was_typed_on(bureau):
    from dossiers.services import drafts

    here = f"/bureau/dispositifs/{SLUG}/atelier"
    person = bureau.as_("admin")
    token = TOKEN.search(person.get(here).html)[1]
    person.client.delete_cookie("guichet_office", path="/bureau")
    form = {"text:scheme.yaml": "# long travail\n", "_revision": "0", "_then": "save", "csrf_token": token}
    over = person.client.post(here, data=form)
    assert over.status_code == 403
    bureau.as_("admin", "en").post(here, seen=here, **{"text:tests.yaml": "# a colleague\n"}, revision_="0")
    back = person.get(sign_in_again(person, over.get_data(as_text=True), "admin").headers["Location"])
    assert "# long travail" in back.html
    assert 'name="_revision" value="0"' in back.html
    assert bureau.desk.read(drafts.one, None, SLUG).revision == 1
