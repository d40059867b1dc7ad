"""What is decided speaks the words of the version it was decided under, however late its letter leaves."""

from dossiers.services import campaigns, casework, migration, publication
from dossiers.worker import Worker
from engine.language import Bundle
from tests.dossiers.services.campaigning import ADA
from tests.dossiers.services.conftest import SLUG, bundle, siret

LINES = "privacy: {drafts: 90 days}\nmigration:\n  dossiers:\n    all: {where: true, take: new}\n"


def accept(site, public_id):
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    site.fire("supervisor", public_id, "accept")


def test_decided_dossier_keeps_the_words_of_its_letters_and_a_moved_one_gets_the_new(site, office, outbox):
    found = []
    for number, name in enumerate(("decided", "moved")):
        _, id = site.filed(f"{name}@fictif.example", siret=siret(number))
        site.fire("instructor", id, "take")
        found.append(id)
    accept(site, found[0])
    files = dict(bundle(("privacy: {drafts: 90 days}\n", LINES)).files)
    files["texts/accepted.fr.md"] = files["texts/accepted.fr.md"].replace("Bonjour.", "Bonsoir.")
    site.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    campaign = site.act(migration.begin, SLUG, ADA)
    list(campaigns.carry_out(site.desk, campaign.id))
    assert site.read(campaigns.progress, campaign.id).counts["done"] == 1
    accept(site, found[1])
    Worker(office).run_all()
    told = {to: text for to, _, text, attached in outbox() if attached}
    assert "Bonjour." in told["decided@fictif.example"]
    assert "Bonsoir." in told["moved@fictif.example"]
