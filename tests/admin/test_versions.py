"""The versions of a scheme, what changes between them, and the move of dossiers: live figures, for administrators only."""

from __future__ import annotations

import pytest

from dossiers.services import publication
from dossiers.worker import Worker
from engine.language import Bundle
from tests.admin.conftest import bundle

VERSIONS = "/bureau/dispositifs/small-grant/versions"
MIGRATION = "/bureau/dispositifs/small-grant/migration"
LINES = "privacy: {drafts: 90 days}\nversion: 2\nmigration:\n  dossiers:\n    everybody: {where: true, take: new}\n"


@pytest.fixture
def changed(bureau):
    """A second version: a lower ceiling, a telephone that must be given; its dossiers may be moved."""
    bureau.filed(1)
    bureau.filed(2, income="40 000")
    files = dict(bundle().files)
    text = files["scheme.yaml"].replace("require: income <= 50000", "require: income <= 20000")
    text = text.replace("phone: {type: phone, optional: true,", "phone: {type: phone,")
    files["scheme.yaml"] = text.replace("privacy: {drafts: 90 days}\n", LINES)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    return bureau


def test_versions_are_listed_with_what_changed(changed):
    page = changed.as_("admin").get(VERSIONS)
    assert page.status == 200
    assert "de la version 1 à la version 2" in page.text and "Sylvie (fictive)" in page.text
    assert f"{VERSIONS}/1..2" in page.html
    assert VERSIONS in changed.as_("admin").get("/bureau/dispositifs").html


def test_difference_is_told_in_sentences_with_whom_it_touches(changed):
    page = changed.as_("admin").get(f"{VERSIONS}/1..2")
    assert "2 changements" in page.text
    assert "Il faut désormais répondre au champ « Téléphone »." in page.text
    assert "Cela concerne ceux à qui la réponse manque : 2 dossiers (Déposée 2)." in page.text
    english = changed.as_("admin", "en").get(f"{VERSIONS}/1..2").text
    assert "The rule “poor_enough” now requires “income <= 20000” (it was “income <= 50000”)." in english
    assert "Rien ne change" in changed.as_("admin").get(f"{VERSIONS}/2..2").text
    assert " style=" not in page.html


def test_preview_writes_nothing_and_one_button_moves_the_dossiers(changed):
    admin = changed.as_("admin")
    page = admin.get(MIGRATION)
    assert "everybody" in page.text and "1 inchangé, 0 devenu éligible et 1 devenu inéligible" in page.text
    assert "Changer 2 dossiers" in page.text
    assert admin.get(MIGRATION).text == page.text
    begun = admin.post(MIGRATION, seen=MIGRATION)
    assert begun.status == 303
    campaign = begun.headers["Location"]
    running = admin.get(campaign)
    assert "Dossiers passés à la version 2" in running.text and "Encore à venir 2" in running.text
    assert "Commencée par Admin (fictif) le" in running.text
    assert "Admin (fictif)" in admin.get(MIGRATION).text.partition("Campagnes de ce dispositif")[2]
    refused = admin.post(MIGRATION, seen=MIGRATION)
    assert refused.status == 422 and "Une autre campagne est en cours" in refused.text
    Worker(changed.desk.office, kinds=["campaign"]).run_all()
    done = admin.get(campaign).text
    assert "Faits 2" in done and "Elle est terminée." in done
    assert "1 inchangé, 0 devenu éligible et 1 devenu inéligible" in done
    assert "Aucun dossier n’est à changer de version." in admin.get(MIGRATION).text


def test_campaign_may_be_stopped_where_it_stands(changed):
    admin = changed.as_("admin")
    campaign = admin.post(MIGRATION, seen=MIGRATION).headers["Location"]
    assert admin.post(campaign, seen=campaign).status == 303
    page = admin.get(campaign).text
    assert "Elle a été arrêtée." in page and "Laissés tels quels 2" in page
    assert page.count("La campagne a été arrêtée avant.") == 2


def test_dossier_tells_that_it_was_moved(changed):
    admin = changed.as_("admin")
    admin.post(MIGRATION, seen=MIGRATION)
    Worker(changed.desk.office, kinds=["campaign"]).run_all()
    from sqlalchemy import select

    from dossiers.database import Dossier

    with changed.desk.office.database.reading() as session:
        moved = session.scalars(select(Dossier.public_id)).first()
    page = changed.as_("instructor").get(changed.path(moved))
    assert page.status == 200
    assert "Passé à une autre version du dispositif" in page.text


def test_version_that_says_nothing_moves_nothing_and_says_what_to_write(bureau):
    page = bureau.as_("admin").get(MIGRATION)
    assert page.status == 200
    assert "ne dit rien des dossiers antérieurs" in page.text


@pytest.mark.parametrize("address", [VERSIONS, f"{VERSIONS}/1..1", MIGRATION])
def test_versions_are_for_administrators(bureau, address):
    assert bureau.as_("instructor").get(address).status == 403
    assert bureau.as_("admin").get(address).status == 200
    assert bureau.as_("admin").get(address.replace("small-grant", "nothing")).status == 404


def test_unknown_campaign_is_not_found(bureau):
    assert bureau.as_("admin").get("/bureau/dispositifs/small-grant/campagnes/nothing").status == 404
