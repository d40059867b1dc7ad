"""States inside another one, on real dossiers: what the whole began goes on among its parts, and is found in lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from dossiers.database import DeadlineRow, Dossier, Poll
from dossiers.services import campaigns, casework, inbox, migration, publication, tasks
from dossiers.services.wanted import Wanted
from tests.dossiers.services.campaigning import ADA

WHOLE = (
    'in_review: {label: {fr: "En instruction", en: "Under review"}, checklist: {proof: {fr: "La pièce est lisible", en: "The proof is legible"}}}',
    """in_review:
      label: {fr: "En instruction", en: "Under review"}
      due: 20 days
      first: checking
      checklist: {proof: {fr: "La pièce est lisible", en: "The proof is legible"}}
      tasks: {visit: {label: {fr: "Visite", en: "Visit"}, by: instructor}}
    checking: {label: {fr: "Vérification", en: "Checking"}, part_of: in_review, due: 3 days}
    legal_view: {label: {fr: "Avis juridique", en: "Legal view"}, part_of: in_review}""",
)
WAYS = (
    "    pay: {label",
    """    to_lawyers: {label: {fr: "Aux juristes", en: "To the lawyers"}, from: in_review, to: legal_view, by: instructor, effects: [{mail: accepted}]}
    back: {label: {fr: "Rendre", en: "Give back"}, from: legal_view, to: checking, by: supervisor}
    drop: {label: {fr: "Clore", en: "Drop"}, from: in_review, to: expired, by: system}
    pay: {label""",
)
DROP = """    drop: {label: {fr: "Clore", en: "Drop"}, from: in_review, to: expired, by: system}
    pay: {label"""
TIME = (
    "    silence: {in:",
    "    slow: {in: in_review, after: 10 days, do: drop, warn: [supervisor], before: 2 days}\n    silence: {in:",
)
VOTE = (
    "  actions:\n",
    """  votes:
    opinion:
      label: {fr: "Avis", en: "Opinion"}
      in: in_review
      members: [supervisor]
      secretary: supervisor
      options: {yes: {fr: "Pour", en: "For"}, no: {fr: "Contre", en: "Against"}}
      counting: {closes: 5 days after start}
  distribution: {in_review: {to: instructor, how: by_load}}
  actions:
""",
)


@pytest.fixture
def parted(site, small):
    """A dossier taken up two days after its deposit, where the examination has two parts."""
    site.act(publication.publish, small(WHOLE, WAYS, TIME, VOTE), "Sylvie (fictive)")
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    return site, public_id


def waiting(site, public_id):
    query = select(DeadlineRow.kind, DeadlineRow.name, DeadlineRow.local_date, DeadlineRow.id)
    mine = select(Dossier.id).where(Dossier.public_id == public_id).scalar_subquery()
    here = query.where(
        DeadlineRow.dossier_id == mine, DeadlineRow.cancelled_at.is_(None), DeadlineRow.done_at.is_(None)
    )
    return {(kind, name): (day, row) for kind, name, day, row in site.rows(here)}


def later(site, days):
    site.clock.now += timedelta(days=days)


def test_days_votes_and_tasks_of_the_whole_go_on_from_part_to_part(parted):
    site, id = parted
    assert site.state(id) == "checking"
    began = waiting(site, id)
    whole = {("due", "in_review"), ("do", "slow"), ("warn", "slow"), ("close", "opinion")}
    assert whole | {("due", "checking")} <= began.keys()
    site.act(tasks.say, site.staff["instructor"], id, "visit", done=True)
    later(site, 1)
    site.fire("instructor", id, "to_lawyers")
    moved = waiting(site, id)
    assert {key: moved.get(key) for key in whole} == {key: began[key] for key in whole}  # the very same rows
    assert ("due", "checking") not in moved
    [visit] = site.act(casework.dossier, site.staff["instructor"], id).tasks
    assert visit.done
    later(site, 1)
    site.fire("supervisor", id, "back")
    assert waiting(site, id)["due", "checking"][0] > began["due", "checking"][0]
    assert len(site.rows(select(Poll.id))) == 1 and site.rows(select(Poll.closed_at)) == [None]


def test_the_day_of_the_whole_comes_in_a_part_and_is_the_one_mails_tell(parted):
    site, id = parted
    last = waiting(site, id)["do", "slow"][0]
    later(site, 1)
    site.fire("instructor", id, "to_lawyers")
    [mail] = [job for job in site.jobs("mail") if job.options["text"] == "accepted"]
    assert mail.options["values"]["deadline_on"] == last.isoformat()
    later(site, 10)
    site.fire_deadlines()
    assert site.state(id) == "expired" and not waiting(site, id)


def test_lists_and_counts_of_a_state_hold_its_parts(parted):
    site, id = parted
    site.fire("instructor", id, "to_lawyers")
    viewer = site.staff["instructor"]
    for state, found in (("in_review", [id]), ("legal_view", [id]), ("checking", [])):
        view = site.act(inbox.overview, viewer, "small-grant", Wanted(state=state))
        assert [row.public_id for row in view.rows] == found
    counts = [
        (state, count)
        for state, count in view.counts.items()
        if state in ("in_review", "checking", "legal_view")
    ]
    assert counts == [("in_review", 1), ("checking", 0), ("legal_view", 1)]


def test_a_dossier_with_two_days_to_keep_stands_once_in_a_list_with_the_first(parted):
    site, id = parted
    [row] = site.act(inbox.overview, site.staff["instructor"], "small-grant", Wanted(state="checking")).rows
    assert row.due_on == waiting(site, id)["due", "checking"][0]


WITHOUT = """
version: 3
migration:
  from: [2]
  states: {checking: in_review, legal_view: in_review}
  dossiers: {all: {where: dossier.state = "in_review", take: new}}
"""


def test_a_version_without_the_parts_puts_their_dossiers_in_the_whole(parted, small):
    site, id = parted
    _, other = site.filed("mary@fictif.example", siret="55203253400646")
    site.fire("instructor", other, "take")
    site.fire("instructor", other, "to_lawyers")
    later(site, 3)
    plain = (WHOLE[0], WHOLE[0].replace("checklist", "due: 20 days, checklist"))
    privacy = ("privacy: {drafts: 90 days}", "privacy: {drafts: 90 days}" + WITHOUT)
    site.act(publication.publish, small(plain, TIME, ("    pay: {label", DROP), privacy), "Sylvie (fictive)")
    campaign = site.act(migration.begin, "small-grant", ADA)
    list(campaigns.carry_out(site.desk, campaign.id))
    assert [site.state(one) for one in (id, other)] == ["in_review", "in_review"]
    assert {kind for kind, _ in waiting(site, id)} == {"do", "due", "warn", "silence"}


def test_a_version_that_makes_parts_reckons_from_the_day_the_dossier_came_to_the_whole(site, small):
    site.act(
        publication.publish,
        small((WHOLE[0], WHOLE[0].replace("checklist", "due: 20 days, checklist"))),
        "Sylvie (fictive)",
    )
    _, id = site.filed()
    site.fire("instructor", id, "take")
    before = waiting(site, id)["due", "in_review"][0]
    later(site, 2)
    lines = WITHOUT.replace("from: [2]", "from: [1, 2]").replace(
        "  states: {checking: in_review, legal_view: in_review}\n", ""
    )
    privacy = ("privacy: {drafts: 90 days}", "privacy: {drafts: 90 days}" + lines)
    site.act(publication.publish, small(WHOLE, WAYS, TIME, VOTE, privacy), "Sylvie (fictive)")
    campaign = site.act(migration.begin, "small-grant", ADA)
    list(campaigns.carry_out(site.desk, campaign.id))
    assert site.state(id) == "in_review"
    moved = waiting(site, id)
    assert moved["due", "in_review"][0] == before
    assert moved["do", "slow"][0] == before - timedelta(days=10)
    site.fire("instructor", id, "to_lawyers")
    assert waiting(site, id)["due", "in_review"][0] == before
