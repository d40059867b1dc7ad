"""The grant's mails and letters: complete in both languages, nothing left unprinted."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from engine.organisation import Organisation
from renderers.links import Links
from renderers.mails import mail

ORGANISATION = Organisation(name="Département d'essai", zone=ZoneInfo("Europe/Paris"))
TEXTS = (
    "acknowledgement", "please_correct", "correction_received", "accepted", "decision_granted", "refused",
    "decision_refused", "paid", "withdrawn", "expired",
)  # fmt: skip
VALUES = {
    "reference": "AU74-2020-00042",
    "public_id": "essai-0042",
    "applicant": "Camille Tissot (fictif)",
    "email": "camille@fictif.example",
    "filed_on": "2020-05-12",
    "decided_on": "2020-06-01",
    "amount": "1000.00",
    "currency": "EUR",
    "answers": {},
    "reasons": [
        {
            "id": "closed",
            "phrase": ["L'aide est réservée aux établissements fermés."],
            "law": "Règlement de l'aide, article 2",
        },
        {
            "id": "under_ceiling",
            "phrase": ["Le revenu (", {"value": "90000.00", "type": "money"}, ") dépasse."],
            "law": None,
        },
    ],
    "reason": ["Il manque la deuxième page de l'avis."],
    "comment": "Pour le service seul.",
    "form": {"details": ["L'établissement est resté ouvert."]},
    "fields_to_correct": ["IBAN", "Dernier avis d'imposition du foyer"],
    "deadline_on": "2020-06-12",
    "silence_on": "2020-07-12",
}


def _written(grant, name, language, **change):
    values = VALUES | change
    return mail(
        grant, name, language, values, organisation=ORGANISATION, links=Links("https://aides.example")
    )


@pytest.fixture(params=["fr", "en"])
def language(request):
    """Each of the grant's languages."""
    return request.param


def test_texts_are_those_the_scheme_sends(grant):
    sent = {effect.name for action in grant.workflow.actions.values() for effect in action.effects}

    assert sent == set(TEXTS)
    assert set(grant.texts) == {*TEXTS, "remedies"}
    assert all(set(versions) == {"fr", "en"} for versions in grant.texts.values())


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_says_who_and_which_dossier(grant, name, language):
    found = _written(grant, name, language)

    assert "AU74-2020-00042" in found.subject
    assert "Camille Tissot (fictif)" in found.text
    assert "aide-urgence@departement.example" in found.text
    assert not {"{{", "{%", "None"} & set(found.text.split())


@pytest.mark.parametrize("name", ["acknowledgement", "decision_granted", "decision_refused", "expired"])
def test_decisions_and_receipt_tell_the_remedies(grant, name, language):
    found = _written(grant, name, language).text

    assert "www.telerecours.fr" in found
    assert ("deux mois" if language == "fr" else "two months") in found


@pytest.mark.parametrize(("day", "said"), [("2020-07-12", True), (None, False)])
def test_receipt_tells_the_day_of_silence(grant, day, said):
    found = _written(grant, "acknowledgement", "fr", silence_on=day).text

    assert ("12 juillet 2020 au soir, votre demande est rejetée" in found) is said


def test_refusal_gives_each_rule_with_its_law(grant):
    found = _written(grant, "decision_refused", "fr").text

    assert "L'aide est réservée aux établissements fermés. (Règlement de l'aide, article 2)" in found
    assert "Le revenu (90 000 €) dépasse.".replace(" ", "") in found.replace("\u202f", "").replace(
        "\xa0", ""
    ).replace(" ", "")
    assert "L'établissement est resté ouvert." in found


@pytest.mark.parametrize("name", TEXTS)
def test_comment_among_staff_never_leaves(grant, name, language):
    assert "Pour le service seul." not in _written(grant, name, language).text


def test_request_lists_what_to_correct_and_until_when(grant):
    found = _written(grant, "please_correct", "fr").text

    assert "IBAN" in found
    assert "Dernier avis d'imposition du foyer" in found
    assert "Il manque la deuxième page de l'avis." in found
    assert "12 juin 2020" in found
