"""Figures kept up as dossiers move: whatever is done, they come to what a recount comes to."""

from __future__ import annotations

import random

import pytest

from dossiers.services import casework, figure_keeping, publication
from dossiers.services.refusals import Refused
from dossiers.worker import Worker

ROLE = 'en: "Supervisor"}, may: [search, view, note, message'
CHARTS = """dashboard:
  residents: {title: {fr: "Habitants", en: "Residents"}, chart: granted by resident, where: income < 20000}
  states: {title: {fr: "États", en: "States"}, chart: dossiers by dossier.state}
privacy:"""


@pytest.fixture
def grant(site, small):
    """The small grant with two pictures, for a supervisor who watches the figures."""
    site.act(
        publication.publish, small((ROLE, f"{ROLE}, dashboard"), ("privacy:", CHARTS)), "Sylvie (fictive)"
    )
    return site


def keep_up(site):
    worker = Worker(site.desk.office)
    worker.seal()
    worker.keep_figures()


def wrong(site):
    return site.read(figure_keeping.recount)


def act_at_random(site, chance, dossiers):
    """One act on one dossier, whatever the rules say of it."""
    _, public_id = chance.choice(dossiers)
    action, role = chance.choice(
        [("take", "instructor"), ("accept", "supervisor"), ("refuse", "supervisor"), ("pay", "accountant")]
    )
    try:
        if action == "accept":
            site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
        site.fire(role, public_id, action, comment="Essai." if action == "refuse" else "")
    except Refused:
        pass


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_figures_kept_up_are_those_of_a_recount(grant, seed):
    chance = random.Random(seed)
    dossiers = [grant.filed(f"p{number}@fictif.example", siret=grant.siret(number)) for number in range(4)]
    keep_up(grant)
    for _ in range(14):
        act_at_random(grant, chance, dossiers)
        grant.clock.pass_by(hours=chance.randrange(60))
        if chance.random() < 0.3:
            keep_up(grant)
    keep_up(grant)
    assert wrong(grant) == ()
