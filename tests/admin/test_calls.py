"""The hotline: what a caller may be told, the log of calls, what is passed on, and figures."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from dossiers.database import Call, JournalEntry
from dossiers.services import publication
from engine.language import Bundle
from tests.admin.conftest import IBAN, SLUG, bundle, siret

CALLS = f"/bureau/{SLUG}/appels"


@pytest.fixture
def hotline(bureau):
    return bureau.as_("hotline")


def call(person, path: str, **given):
    address = f"{path}/appel"
    return person.post(address, seen=address, **given)


def rows(bureau, query):
    with bureau.desk.office.database.reading() as session:
        return list(session.scalars(query))


@pytest.mark.parametrize(
    "asked", ["PA-2020-0001", "fictive", "a1@fictif.example", siret(1)[:9], siret(1), "04 56 78 12 34"]
)
def test_dossier_of_who_calls_is_found_by_what_they_say(bureau, hotline, asked):
    public_id = bureau.filed(1, phone="04 56 78 12 34")
    page = hotline.get(f"{CALLS}?q={asked}")
    assert f'href="{bureau.path(public_id)}/appel"' in page.html


def test_one_screen_tells_where_it_stands_what_comes_next_and_what_is_missing(bureau, hotline):
    public_id = bureau.filed(1)
    told = hotline.get(f"{bureau.path(public_id)}/appel").text
    assert "Déposée" in told or "Reçue" in told
    assert "Le service examine la demande et répond." in told and "Ce qui manque rien" in told
    bureau.as_("instructor").post(f"{bureau.path(public_id)}/actions/take")
    form = {"fields_to_correct": ["phone"], "reason": "Le numéro est illisible."}
    bureau.as_("instructor").post(f"{bureau.path(public_id)}/actions/ask", **form)
    told = hotline.get(f"{bureau.path(public_id)}/appel").text
    assert "Le demandeur corrige ou complète ce qui est demandé." in told
    assert "Ce qui manque Téléphone" in told and "Attendu avant le" in told
    english = bureau.as_("hotline", "en").get(f"{bureau.path(public_id)}/appel").text
    assert "The applicant corrects or completes what is asked." in english and "Telephone" in english


def test_who_calls_after_the_decision_is_told_of_the_payment_and_of_no_legal_day(bureau, hotline):
    public_id = bureau.filed(1)
    dossier, staff = bureau.path(public_id), bureau.as_("instructor")
    assert "Dernier jour légal" in hotline.get(f"{dossier}/appel").text
    staff.post(f"{dossier}/actions/take")
    staff.post(f"{dossier}/liste/proof", done="1")
    bureau.as_("supervisor").post(f"{dossier}/actions/accept")
    told = hotline.get(f"{dossier}/appel").text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "L'aide est accordée ; il reste à la verser." in told
    assert "Dernier jour légal" not in told
    assert "Dernier jour légal" not in staff.get(dossier).text


def test_who_calls_is_told_that_the_payment_is_suspended(bureau, hotline):
    stop = (
        "    suspend: {label: Suspendre, from: accepted, to: suspended, by: accountant, comment: required}\n"
        "    resume: {label: Reprendre, from: suspended, to: accepted, by: accountant}\n"
    )
    stopped = "    suspended: {label: Paiement suspendu, decision: granted}\n"
    pay = '    pay: {label: {fr: "Payer"'
    refused = '    refused: {label: {fr: "Refusée"'
    files = dict(bundle().files)
    for old, new in (
        (pay, stop + pay),
        (refused, stopped + refused),
        ("accepted, refused]}", "accepted, suspended, refused]}"),
    ):
        files["scheme.yaml"] = files["scheme.yaml"].replace(old, new)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    public_id = bureau.filed(1)
    dossier, staff = bureau.path(public_id), bureau.as_("instructor")
    staff.post(f"{dossier}/actions/take")
    staff.post(f"{dossier}/liste/proof", done="1")
    bureau.as_("supervisor").post(f"{dossier}/actions/accept")
    bureau.as_("accountant").post(f"{dossier}/actions/suspend", comment_="entre nous")
    told = hotline.get(f"{dossier}/appel").text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "L'aide est accordée ; son versement est suspendu." in told
    assert "entre nous" not in told


def test_nothing_answered_stands_on_the_screen_of_a_call(bureau, hotline):
    public_id = bureau.filed(1, phone="04 56 78 12 34", income="31 415")
    call(hotline, bureau.path(public_id), motive="payment")
    for address in (f"{bureau.path(public_id)}/appel", f"{CALLS}?q=fictive", f"{CALLS}/chiffres"):
        page = hotline.get(address)
        bare = re.sub(r"\s", "", page.text)
        assert page.status == 200
        for secret in ("31415", IBAN, siret(1), "0456781234"):
            assert secret not in bare, (address, secret)


def test_call_is_logged_with_who_when_and_why(bureau, hotline):
    public_id = bureau.filed(1)
    assert call(hotline, bureau.path(public_id), motive="link", note="Rien reçu.").status == 303
    assert hotline.post(CALLS, seen=CALLS, motive="form").status == 303
    about, bare = rows(bureau, select(Call).order_by(Call.id))
    assert (about.author, about.at, about.motive, about.note, about.state) == (
        "Hotline (fictif)",
        bureau.clock.now,
        "link",
        "Rien reçu.",
        "submitted",
    )
    assert (bare.dossier_id, bare.motive, bare.state, bare.passed) == (None, "form", "", False)
    assert rows(bureau, select(JournalEntry.action).where(JournalEntry.action == "call")) == ["call"]
    told = hotline.get(CALLS).text
    assert "Rien reçu." in told and "Aide pour remplir le formulaire" in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"motive": ""}, "Dites quel était le motif de l'appel."),
        ({"motive": "weather"}, "Dites quel était le motif de l'appel."),
        ({"motive": "other", "passed": "1"}, "Écrivez quelques mots avant d'envoyer."),
    ],
)
def test_slip_is_told_and_nothing_typed_is_lost(bureau, hotline, given, told):
    public_id = bureau.filed(1)
    page = call(hotline, bureau.path(public_id), note=" " if "passed" in given else "Rappeler lundi", **given)
    assert page.status == 422 and told in page.text.replace("’", "'")
    assert "passed" in given or "Rappeler lundi" in page.text
    assert rows(bureau, select(Call)) == []


def test_call_passed_on_is_expected_of_the_caseworkers_until_it_is_followed_up(bureau, hotline):
    public_id = bureau.filed(1)
    call(hotline, bureau.path(public_id), motive="decision", note="Veut être rappelée.", passed="1")
    inbox = f"/bureau/{SLUG}/"
    assert "1 appel à suivre" not in hotline.get(inbox).text
    person = bureau.as_("instructor")
    page = person.get(inbox)
    assert "1 appel à suivre" in page.text and "Veut être rappelée." in page.text
    address = re.search(r'action="([^"]+/appels/[^"]+)"', page.html)
    assert address
    assert person.post(address[1], seen=inbox).status == 303
    assert person.post(address[1], seen=inbox).status == 303  # twice changes nothing
    assert "appel à suivre" not in person.get(inbox).text
    assert "Suivi par Instructor (fictif)" in hotline.get(CALLS).text
    assert len(rows(bureau, select(JournalEntry).where(JournalEntry.action == "call_settled"))) == 1


def test_call_about_a_dossier_somebody_has_in_hand_is_expected_of_them_alone(bureau, hotline):
    public_id = bureau.filed(1)
    bureau.as_("instructor").post(f"{bureau.path(public_id)}/actions/take")
    call(hotline, bureau.path(public_id), motive="other", note="À rappeler.", passed="1")
    assert "1 appel à suivre" in bureau.as_("instructor").get(f"/bureau/{SLUG}/").text
    assert "appel à suivre" not in bureau.as_("supervisor").get(f"/bureau/{SLUG}/").text


def test_calls_are_counted_by_motive_day_and_state(bureau, hotline):
    public_id = bureau.filed(1)
    call(hotline, bureau.path(public_id), motive="progress")
    bureau.clock.pass_by(days=1)
    hotline = bureau.signs_in("hotline")
    call(hotline, bureau.path(public_id), motive="progress")
    hotline.post(CALLS, seen=CALLS, motive="form")
    told = hotline.get(f"{CALLS}/chiffres").text
    assert (
        "3 appels" in told
        and "Où en est la demande 2" in told
        and "Aide pour remplir le formulaire 1" in told
    )
    assert "Sans dossier 1" in told and "12 mai 2020 1" in told and "13 mai 2020 2" in told
    assert "1 appel " in hotline.get(f"{CALLS}/chiffres?depuis=2020-05-12&jusqu=2020-05-12").text
    assert hotline.get(f"{CALLS}/chiffres?depuis=never&jusqu=0000").status == 200


def test_who_may_write_no_note_answers_no_call(bureau):
    public_id = bureau.filed(1)
    person = bureau.as_("accountant")
    assert person.get(CALLS).status == person.get(f"{bureau.path(public_id)}/appel").status == 403
    person.post(CALLS, motive="form")
    person.post(f"{bureau.path(public_id)}/appel", motive="form")
    assert rows(bureau, select(Call)) == []
    assert bureau.as_("idle").get(CALLS).status == 404
