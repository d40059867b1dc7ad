"""Mails: golden texts of the grant, the house's own mails in each language, and answers that stay answers."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.language import load_scheme
from engine.organisation import Organisation
from renderers import mails
from renderers.links import Links
from renderers.texts import slips
from renderers.variables import VARIABLES, variables

ROOT = Path(__file__).parents[2]
OFFICE = Organisation(
    name="Département d'essai", zone=ZoneInfo("Europe/Paris"), email="contact@office.example"
)
LINKS = Links("https://aides.example")
VALUES = {
    "reference": "AU74-2020-00001",
    "public_id": "fictif-0001",
    "applicant": "Ada Fictive",
    "email": "ada@fictif.example",
    "filed_on": "2020-05-12",
    "decided_on": "2020-06-01",
    "deadline_on": "2020-06-22",
    "silence_on": "2020-07-12",
    "amount": "1000.00",
    "currency": "EUR",
    "answers": {"household": [{"value": 2, "type": "integer"}]},
    "reasons": [{"id": "under_ceiling", "phrase": ["Le revenu dépasse ", {"value": "19074", "type": "money"}], "law": None}],
    "reason": [{"value": "Pièce illisible", "type": "choice"}],
    "comment": "",
    "form": {},
    "fields_to_correct": ["Votre IBAN", "Relevé d'identité"],
}  # fmt: skip


@pytest.fixture(scope="module")
def grant():
    return load_scheme(ROOT / "schemes" / "haute-savoie-emergency-grant")


def mail(scheme, name, language="fr", **other):
    return mails.mail(scheme, name, language, VALUES | other, organisation=OFFICE, links=LINKS)


def test_mail_of_the_grant_reads_so(grant):
    found = mail(grant, "accepted")
    assert found.subject == "Demande AU74-2020-00001 : votre aide est accordée"
    assert found.text == (
        "Bonjour Ada Fictive,\n\n"
        "Une aide de 1\u202f000\u00a0€ vous est accordée. La lettre jointe à ce message est votre notification\u00a0:"
        " conservez-la.\n\n"
        "Le paiement est transmis au comptable public, qui verse l'aide sur le compte que vous avez indiqué."
        " Nous vous écrirons quand il aura été fait.\n\n"
        "Vous pouvez suivre votre demande à tout moment\u00a0: https://aides.example/suivi/fictif-0001\n\n"
        "Une question\u00a0? aide-urgence@departement.example, 04 50 00 00 00, 9 h – 17 h.\n\n"
        "-- \nDépartement d'essai\n"
    )


def test_lists_of_a_mail_stand_line_by_line(grant):
    found = mail(grant, "please_correct")
    assert "- Votre IBAN\n- Relevé d'identité" in found.text
    assert "22 juin 2020" in found.text


def test_mail_has_the_same_words_in_html(grant):
    html = mail(grant, "accepted").html
    assert '<html lang="fr" dir="ltr">' in html
    assert "<strong>1\u202f000\u00a0€</strong>" in html
    assert 'href="https://aides.example/suivi/fictif-0001"' in html


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_text_of_the_grant_can_be_written(grant, language):
    for name in grant.texts:
        found = mail(grant, name, language)
        assert found.subject or name == grant.legal.remedies
        assert "{{" not in found.text and "None" not in found.text


@pytest.mark.parametrize(
    "value", ["<b>x</b> [ici](http://mal.example)", "*x* {{ 7*7 }}", "x\r\nBcc: mal@mal.example"]
)
def test_answers_in_a_mail_stay_answers(grant, value):
    found = mail(grant, "accepted", applicant=value)
    assert value.replace("\r", "") in found.text
    assert "<b>" not in found.html and 'mal.example"' not in found.html and "<em>x</em>" not in found.html
    assert "\n" not in found.subject


@pytest.mark.parametrize("name", ["acknowledgement", "refused", "expired"])
def test_what_is_not_known_is_never_blank(grant, name):
    found = mail(grant, name, silence_on=None, deadline_on=None, decided_on=None)
    assert "None" not in found.text


def test_unknown_text_of_a_scheme_is_an_error(grant):
    with pytest.raises(KeyError):
        mail(grant, "birthday_wishes")


def test_texts_of_the_grant_name_only_variables(grant):
    known = variables(grant)
    told = [
        (name, language, slip.sentence())
        for name, versions in grant.texts.items()
        for language, source in versions.items()
        for slip in slips(source, known, "fragment" if name == grant.legal.remedies else "mail")
    ]
    assert told == []


def test_sensitive_answers_are_no_variables(grant):
    answers = variables(grant)["answers"].members
    assert "household" in answers
    assert not {id for id, field in grant.fields.items() if field.sensitive} & set(answers)


def test_every_variable_says_what_it_is():
    assert all(variable.says for variable in VARIABLES.values())


def test_language_names_every_variable_of_texts():
    told = (
        (ROOT / "docs" / "language.md")
        .read_text(encoding="utf-8")
        .partition("\n## Texts\n")[2]
        .partition("\n## ")[0]
    )
    assert [name for name in VARIABLES if not re.search(rf"(`|{{{{ ){name}\b", told)] == []


@pytest.mark.parametrize("name", sorted(mails.PLATFORM))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_own_mails_are_right_in_each_language(grant, name, language):
    assert slips(mails.platform_source(name, language), mails.PLATFORM_VARIABLES) == ()
    values = {
        "token": "jeton",
        "reference": "AU74-2020-00001",
        "public_id": "fictif-0001",
        "on": "2020-06-01",
        "code": "012345",
    }
    found = mails.platform(name, language, values, organisation=OFFICE, links=LINKS, scheme=grant)
    assert found.subject and "https://aides.example/" in found.text and "not given" not in found.text
    assert (mails.FOLDER / f"{name}.{language}.md").exists()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("sign_in_link", "https://aides.example/lien/jeton"),
        ("resume_link", "https://aides.example/lien/jeton"),
        ("reminder", "https://aides.example/suivi/fictif-0001"),
        ("new_message", "https://aides.example/suivi/fictif-0001"),
        ("staff_message", "https://aides.example/bureau/haute-savoie-emergency-grant/fictif-0001"),
    ],
)
def test_own_mail_leads_to_the_right_page(grant, name, address):
    values = {"token": "jeton", "reference": "R", "public_id": "fictif-0001"}
    found = mails.platform(name, "fr", values, organisation=OFFICE, links=LINKS, scheme=grant)
    assert f"{address}\n" in found.text


def test_own_mail_without_dossier_names_none():
    found = mails.platform("resume_link", "fr", {"token": "jeton"}, organisation=OFFICE, links=LINKS)
    assert found.subject == "Reprendre votre demande"
