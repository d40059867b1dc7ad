"""Acting on a dossier: done once, told plainly, nothing typed lost, and who comes too late reads who came first."""

from __future__ import annotations

import pytest


@pytest.fixture
def taken(bureau):
    """A dossier taken by the instructor; its address."""
    dossier = bureau.path(bureau.filed())
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    return dossier


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_action_is_done_and_told(bureau):
    first, second = bureau.filed(1), bureau.filed(2)
    person = bureau.as_("instructor")
    done = person.post(f"{bureau.path(first)}/actions/take")
    assert (done.status, done.headers["Location"]) == (303, f"{bureau.path(first)}?suivant={second}")
    told = plain(person.get(done.headers["Location"]).text)
    assert (
        "C’est fait : « Prendre en charge ». Le dossier PA-2020-0001 est maintenant à l’état « En instruction »."
        in told
    )
    assert (
        f'class="onward button button-small" rel="next" href="{bureau.path(second)}"'
        in person.get(done.headers["Location"]).html
    )


def test_action_form_with_slips_keeps_what_was_typed(bureau, taken):
    page = bureau.as_("instructor").post(f"{taken}/actions/ask", reason="Le numéro est <b>illisible</b>.")
    assert page.status == 422
    assert page.html.count("<title>Erreur") == 1
    assert "Le numéro est &lt;b&gt;illisible&lt;/b&gt;." in page.html
    assert "cochez au moins une question" in page.text
    assert "Répondre" not in page.text


def test_correction_is_asked_of_the_applicant(bureau, taken):
    done = bureau.as_("instructor").post(
        f"{taken}/actions/ask", fields_to_correct=["siret", "iban"], reason="Illisible."
    )
    assert done.status == 303
    told = bureau.as_("instructor").get(taken).text
    assert "Des corrections sont demandées au demandeur" in told
    assert "Motif Illisible." in told and "Champs à corriger SIRET, IBAN" in told


def test_missing_comment_is_asked_for(bureau, taken):
    page = bureau.as_("supervisor").post(f"{taken}/actions/refuse", comment_="  ")
    assert page.status == 422
    assert 'aria-describedby="comment-problem"' in page.html
    assert "En instruction" in page.text


def test_comment_of_an_action_is_in_the_history(bureau, taken):
    assert (
        bureau.as_("supervisor")
        .post(f"{taken}/actions/refuse", comment_="Hors du <i>département</i>.")
        .status
        == 303
    )
    page = bureau.as_("supervisor").get(taken)
    assert "Hors du &lt;i&gt;département&lt;/i&gt;." in page.html
    assert "Ce dossier est terminé" in page.text


def test_lost_race_says_who_came_first(bureau):
    dossier = bureau.path(bureau.filed())
    seen = bureau.as_("supervisor").get(dossier).html
    revision = seen.partition('name="_revision" value="')[2].partition('"')[0] or "1"
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    page = bureau.as_("supervisor").post(
        f"{dossier}/actions/refuse", revision_=revision, comment_="Mon long motif."
    )
    assert page.status == 409
    assert "Instructor (fictif)" in page.text and "12 mai 2020 à 12 h 00" in plain(page.text)
    assert "Mon long motif." in page.html


@pytest.mark.parametrize(
    ("role", "action"),
    [("hotline", "take"), ("instructor", "refuse"), ("instructor", "pay"), ("instructor", "x")],
)
def test_action_that_is_not_yours_is_refused(bureau, role, action):
    dossier = bureau.path(bureau.filed())
    page = bureau.as_(role).post(f"{dossier}/actions/{action}", comment_="x")
    assert page.status == 409
    assert "Déposée" in page.text


def test_checklist_is_ticked_and_unticked(bureau, taken):
    person = bureau.as_("instructor")
    assert person.post(f"{taken}/liste/proof", done="1").status == 303
    page = person.get(taken)
    assert 'aria-pressed="true"' in page.html and "Instructor (fictif), 12 mai 2020" in plain(page.text)
    person.post(f"{taken}/liste/proof", done="0")
    assert 'aria-pressed="false"' in person.get(taken).html


def test_complete_checklist_opens_the_acceptance(bureau, taken):
    bureau.as_("instructor").post(f"{taken}/liste/proof", done="1")
    page = bureau.as_("supervisor").get(f"{taken}?action=accept")
    assert "Une lettre est établie et envoyée au demandeur." in page.text
    assert bureau.as_("supervisor").post(f"{taken}/actions/accept").status == 303
    told = plain(bureau.as_("accountant").get(taken).text)
    assert "Montant accordé 1 000 €" in told


def test_checklist_is_not_for_everybody(bureau, taken):
    page = bureau.as_("hotline").post(f"{taken}/liste/proof", done="1")
    assert (page.status, 'aria-pressed="true"' in page.html) == (409, False)
    assert 'name="done"' not in page.html


def test_note_stays_among_staff(bureau, taken):
    assert bureau.as_("hotline").post(f"{taken}/notes", body="Appel du 12 <mai>.").status == 303
    page = bureau.as_("supervisor").get(taken)
    assert "Appel du 12 &lt;mai&gt;." in page.html


@pytest.mark.parametrize("part", ["notes", "messages"])
def test_empty_words_are_not_kept(bureau, taken, part):
    page = bureau.as_("hotline").post(f"{taken}/{part}", body=" \n ")
    assert page.status == 422


@pytest.mark.parametrize("part", ["notes", "messages"])
def test_too_long_words_come_back(bureau, taken, part):
    page = bureau.as_("hotline").post(f"{taken}/{part}", body="mot " * 3000)
    assert page.status == 422
    assert "mot mot mot" in page.html


def test_message_reaches_the_dossier(bureau, taken):
    assert bureau.as_("hotline").post(f"{taken}/messages", body="Bonjour,\nrappelez-nous.").status == 303
    assert "Bonjour,<br>rappelez-nous." in bureau.as_("instructor").get(taken).html


def test_who_may_not_write_sees_no_form(bureau, taken):
    assert 'name="body"' not in bureau.as_("accountant").get(taken).html
    assert bureau.as_("accountant").post(f"{taken}/notes", body="x").status == 422


def test_words_of_who_comes_too_late_stay_on_the_page_to_be_copied(bureau, taken):
    bureau.as_("supervisor").post(f"{taken}/actions/refuse", comment_="Hors délai.")
    asked = {"fields_to_correct": ["siret"], "reason": "Une page <b>manque</b> au bail."}
    page = bureau.as_("instructor").post(f"{taken}/actions/ask", **asked)
    assert page.status == 409
    assert "Ce que vous aviez écrit Une page <b>manque</b> au bail." in page.text
    assert "Une page &lt;b&gt;manque&lt;/b&gt; au bail." in page.html
    again = bureau.as_("instructor").get(taken)
    assert "Ce que vous aviez écrit" not in again.text
