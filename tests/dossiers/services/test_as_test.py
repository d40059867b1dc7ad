"""A dossier that came in becomes a test that passes in its scheme, and tells nobody who it was about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from authoring.check import check_bundle
from authoring.walkthrough import run
from dossiers.database import Dossier, JournalEntry, SchemeVersion
from dossiers.services import as_test
from dossiers.services.refusals import NotFound
from engine.language import Bundle

PERSONAL = ("Ada", "Fictive", "73282932000074", "FR7630006000011234567890189", "ada@fictif.example", "0450")


def pasted(files, text):
    """The outcomes of a scheme with the test pasted under `tests:`."""
    scheme = files["scheme.yaml"]
    assert "\ntests:" not in scheme
    found = check_bundle(Bundle({**files, "scheme.yaml": f"{scheme}\ntests:\n{text}"}))
    assert [str(problem) for problem in found.problems if problem.severity == "error"] == []
    return run(found.scheme)


def reference_of(site, public_id):
    [found] = site.rows(select(Dossier.reference).where(Dossier.public_id == public_id))
    return found


def printed(site, public_id, language="en"):
    return site.act(as_test.as_test_by_reference, reference_of(site, public_id), "Sylvie (fictive)", language)


@pytest.fixture
def files(site):
    """The files of the published version."""
    return site.rows(select(SchemeVersion.files))[0]


def examined(site, **answers):
    """An application that was asked about, answered days later, and accepted."""
    viewer, public_id = site.filed(**answers)
    site.fire("instructor", public_id, "take")
    site.clock.now += timedelta(days=1)
    form = {"fields_to_correct": ["income"], "reason": ["Monsieur Dupont doit justifier."]}
    site.fire("instructor", public_id, "ask", form=form)
    return viewer, public_id


def test_an_accepted_dossier_passes_as_a_test(site, files):
    _, public_id = site.accepted()
    text = printed(site, public_id)
    [outcome] = pasted(files, text)
    assert outcome.sentences == ()
    assert "today: 2020-05-12" in text
    assert "expect: {eligible: true, amount: 1000.00, because: [], warnings: []}" in text
    assert "    - accept by supervisor\n" in text and "end: accepted" in text
    assert "amounts: {granted: 1000.00}" in text
    assert "income: 12000.00" in text and "resident: true" in text
    assert [word for word in PERSONAL if word.lower() in text.lower()] == []


def test_a_refused_dossier_says_why_it_was(site, files):
    _, public_id = site.filed(income="12 000,00")
    site.fire("supervisor", public_id, "refuse", comment="Monsieur Dupont n'habite pas ici.")
    text = printed(site, public_id)
    assert "refuse by supervisor" in text and "end: refused" in text and "Dupont" not in text
    assert pasted(files, text)[0].passed


def test_time_that_went_on_is_told(site, files):
    _, public_id = examined(site)
    site.clock.now += timedelta(days=30)
    site.fire_deadlines()
    text = printed(site, public_id)
    assert "on 2020-05-13\n      - ask by instructor: {fields_to_correct: [income], reason: " in text
    assert "end: expired" in text and "Dupont" not in text
    [outcome] = pasted(files, text)
    assert outcome.sentences == ()


def test_what_was_done_by_itself_is_no_step(site, files):
    _, public_id = examined(site)
    site.clock.now += timedelta(days=30)
    site.fire_deadlines()
    assert "by system" not in printed(site, public_id)


def test_french_comments_are_french(site, files):
    _, public_id = site.accepted()
    text = printed(site, public_id, "fr")
    assert "# tiré d'un dossier reçu\u00a0: ce qui est personnel est inventé" in text
    assert text.startswith("  un dossier déposé le 2020-05-12:\n")


def test_reading_is_journalled(site):
    _, public_id = site.accepted()
    printed(site, public_id)
    [found] = site.rows(
        select(JournalEntry.actor_name, JournalEntry.dossier_id).where(JournalEntry.action == as_test.ACTION)
    )
    [id] = site.rows(select(Dossier.id).where(Dossier.public_id == public_id))
    assert found == ("Sylvie (fictive)", id)


def test_answers_hidden_from_a_role_are_invented_too(site, files):
    _, public_id = site.accepted(income="12 345,00")
    hotline = replace(site.staff["hotline"], administrator=True)
    text = site.act(as_test.as_test, hotline, public_id)
    assert "12345" not in text and "income: 1000.00" in text
    assert "# décidé\u00a0: amount 1000.00\u00a0; les réponses inventées n'y mènent pas" in text
    assert "amount: 1000" not in text.replace("# décidé\u00a0: amount 1000", "")
    assert pasted(files, text)[0].passed


def test_only_administrators_of_the_scheme_get_it(site):
    _, public_id = site.accepted()
    supervisor = site.staff["supervisor"]
    with pytest.raises(NotFound):
        site.act(as_test.as_test, supervisor, public_id)
    with pytest.raises(NotFound):
        site.act(as_test.as_test, replace(supervisor, administrator=True, roles={}), public_id)
    with pytest.raises(NotFound):
        site.act(as_test.as_test_by_reference, "PA-2020-9999", "Sylvie (fictive)", "fr")
    assert "answers:" in site.act(as_test.as_test, replace(supervisor, administrator=True), public_id)
