"""An anonymised dossier: the office still counts it, reads when and why it was erased, and can do nothing with it."""

import pytest
from sqlalchemy import select

from dossiers.database import Dossier
from dossiers.services import publication, retention
from engine.language import Bundle
from tests.admin.conftest import SLUG, bundle


@pytest.fixture
def dossier(bureau):
    """The address of a dossier refused two years ago, anonymised since."""
    files = dict(bundle().files)
    rule = ("privacy: {drafts", "privacy: {keep: 2 years after end, drafts")
    files["scheme.yaml"] = files["scheme.yaml"].replace(*rule)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    path = bureau.path(bureau.filed(name="Zebranom"))
    bureau.as_("supervisor").post(f"{path}/actions/refuse", seen=path, comment_="Zebracommentaire")
    bureau.clock.pass_by(days=740)
    with bureau.desk.office.database.reading() as session:
        [id] = session.scalars(select(Dossier.id))
    assert bureau.desk.act(retention.anonymise, id) is True
    return path


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "fr",
            "Anonymisé le 22 mai 2022 à 12 h 00, selon la durée de conservation prévue par le dispositif.",
        ),
        ("en", "Anonymised on 22 May 2022 at 12:00, under the retention rule of the scheme."),
    ],
)
def test_page_says_when_and_why_and_keeps_the_figures(bureau, dossier, language, told):
    page = signed_in_now(bureau, language).get(dossier)
    assert page.status == 200
    text = page.text.replace("\u202f", " ").replace("\u00a0", " ")
    assert told in text
    assert "PA-2020-0001" in text and ("1 000" in text or "1,000" in text)
    assert "Zebra" not in page.html and "@fictif.example" not in page.html.split("<main")[1]


def test_list_still_counts_and_finds_it(bureau, dossier):
    supervisor = signed_in_now(bureau)
    page = supervisor.get(f"/bureau/{SLUG}/?q=PA-2020-0001")
    assert "Anonymisé" in page.text and "Refusée 1" in page.text
    assert "Aucun" not in supervisor.get(f"/bureau/{SLUG}/?etat=refused").text
    assert dossier not in supervisor.get(f"/bureau/{SLUG}/?q=Zebranom").html


def test_nothing_can_be_done_with_it(bureau, dossier):
    supervisor = signed_in_now(bureau)
    for address, form in (
        (f"{dossier}/notes", {"body": "Une note"}),
        (f"{dossier}/messages", {"body": "Un message"}),
        (f"{dossier}/actions/refuse", {"comment_": "Encore"}),
    ):
        page = supervisor.post(address, **form)
        assert page.status == 410
        assert "Ce dossier a été anonymisé le 22 mai 2022" in page.text


def signed_in_now(bureau, language="fr"):
    """The supervisor, two years later: the sessions of before are over."""
    person = bureau.signs_in("supervisor")
    person.client.set_cookie("guichet_language", language)
    return person
