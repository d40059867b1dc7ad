"""A campaign does one thing to each chosen dossier, once, whatever happens meanwhile."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from dossiers import journal
from dossiers.database import CampaignItem, Dossier, Job, JournalEntry, Note
from dossiers.services import campaigns, publication, retention
from dossiers.services.campaign_kinds import KINDS, jobs_of
from dossiers.services.campaign_views import Stepped
from dossiers.services.hands import MOST
from dossiers.services.refusals import NotFound, Refused
from dossiers.worker import Worker
from tests.dossiers.services.campaigning import ADA, begun, touch
from tests.dossiers.services.conftest import SLUG


@pytest.fixture(autouse=True)
def touching(monkeypatch):
    monkeypatch.setitem(KINDS, "migration", touch)


def counts(site, campaign):
    found = site.read(campaigns.progress, campaign.id).counts
    return {state: count for state, count in found.items() if count}


def entries(site, action):
    return site.rows(select(JournalEntry.payload).where(JournalEntry.action == action))


def test_every_chosen_dossier_is_done_once_and_the_journal_says_so(either_site):
    campaign = begun(either_site, 3)
    steps = list(campaigns.carry_out(either_site.desk, campaign.id))
    assert [one.counts["done"] for one in steps] == [1, 2, 3]
    assert counts(either_site, campaign) == {"done": 3}
    assert either_site.rows(select(Note.body).order_by(Note.id)) == ["touched"] * 3
    [told] = entries(either_site, "campaign_begun")
    assert told["dossiers"] == either_site.rows(select(Dossier.public_id).order_by(Dossier.id))
    assert told["preview"] == {"changed": 3}
    [over] = entries(either_site, "campaign_done")
    assert over["counts"] == {"pending": 0, "done": 3, "refused": 0, "skipped": 0}
    assert either_site.read(campaigns.find, campaign.public_id).state == "done"
    with either_site.desk.office.database.snapshot() as session:
        assert journal.verify(session, either_site.desk.office.vault) is None


def test_worker_goes_on_with_a_campaign_by_itself(either_site, monkeypatch):
    monkeypatch.setattr("dossiers.effects.campaign.STEPS", 2)
    campaign = begun(either_site, 3)
    Worker(either_site.desk.office, kinds=["campaign"]).run_all()
    assert counts(either_site, campaign) == {"done": 3}
    jobs = either_site.jobs("campaign")
    assert len(jobs) == (1 if either_site.desk.office.database.is_sqlite else MOST)
    assert all(job.done_at is not None and job.failed_at is None for job in jobs)


def test_refused_dossier_keeps_nothing_of_the_attempt_and_the_others_go_on(either_site):
    campaign = begun(either_site, 3, refuse=2)
    list(campaigns.carry_out(either_site.desk, campaign.id))
    assert counts(either_site, campaign) == {"done": 2, "refused": 1}
    assert either_site.read(campaigns.progress, campaign.id).codes == {"not_editable": 1}
    assert either_site.rows(select(func.count()).select_from(Note)) == [2]
    assert "touching" not in either_site.rows(select(Dossier.state))
    [refused] = either_site.read(campaigns.items, campaign.id, "refused")
    assert (refused.code, refused.result) == ("not_editable", {})


def test_two_processes_stepping_at_once_do_nothing_twice(either_site):
    campaign = begun(either_site, 6)
    run = [lambda: list(campaigns.carry_out(either_site.desk, campaign.id))] * 2
    for outcome in either_site.at_once(*run):
        assert isinstance(outcome, list), outcome
    assert counts(either_site, campaign) == {"done": 6}
    assert either_site.rows(select(func.count()).select_from(Note)) == [6]
    assert len(entries(either_site, "campaign_done")) == 1


@pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_two_workers_share_a_campaign_and_who_finds_the_last_one_held_comes_back(either_site, monkeypatch):
    begun(either_site, 4)
    both_hold_one, seen = threading.Barrier(2, timeout=30), []

    def touched(work, campaign, opened):
        if opened.dossier.id <= 2:
            both_hold_one.wait()  # nobody passes unless two workers have a dossier each in hand
        if opened.dossier.id == 4:
            seen.append(either_site.act(campaigns.step, campaign))
        return touch(work, campaign, opened)

    monkeypatch.setitem(KINDS, "migration", touched)
    run = [Worker(either_site.desk.office, kinds=["campaign"]).run_job] * 2
    assert either_site.at_once(*run) == [True, True]
    assert seen == [Stepped.HELD]
    either_site.clock.pass_by(seconds=campaigns.HELD_FOR)
    Worker(either_site.desk.office, kinds=["campaign"]).run_all()
    assert either_site.rows(select(Note.body)) == ["touched"] * 4
    assert len(entries(either_site, "campaign_done")) == 1
    assert all(job.done_at for job in either_site.jobs("campaign"))


def test_what_must_not_leave_at_once_or_sets_money_apart_stays_in_one_pair_of_hands(site, monkeypatch):
    campaign = begun(site, 1)
    monkeypatch.setattr(site.desk.office.database, "is_sqlite", False)
    assert site.read(jobs_of, campaign) == MOST
    assert site.read(jobs_of, replace(campaign, kind="message")) == 1


def test_cancelled_campaign_leaves_the_rest_as_it_was(either_site):
    campaign = begun(either_site, 3)
    either_site.act(campaigns.step, campaign)
    either_site.act(campaigns.cancel, campaign.public_id, by=ADA)
    assert either_site.act(campaigns.step, campaign) is Stepped.OVER
    assert counts(either_site, campaign) == {"done": 1, "skipped": 2}
    assert either_site.read(campaigns.find, campaign.public_id).state == "cancelled"
    with pytest.raises(Refused, match="campaign_over"):
        either_site.act(campaigns.cancel, campaign.public_id, by=ADA)
    assert len(entries(either_site, "campaign_cancelled")) == 1
    assert entries(either_site, "campaign_done") == []


def test_one_campaign_at_a_time_in_a_scheme(either_site):
    campaign = begun(either_site, 1)
    with pytest.raises(Refused, match="campaign_running") as refused:
        begun(either_site, 1)
    assert refused.value.params == {"campaign": campaign.public_id}
    list(campaigns.carry_out(either_site.desk, campaign.id))
    again = begun(either_site, 0)
    assert [one.public_id for one in either_site.read(campaigns.of_scheme, SLUG)] == [
        again.public_id,
        campaign.public_id,
    ]


def test_campaign_over_no_dossier_or_no_scheme_is_refused_and_writes_nothing(site):
    version = site.read(publication.current, SLUG).version_id
    given = {"by": ADA, "options": {}, "preview": {}}
    with pytest.raises(Refused, match="empty"):
        site.act(campaigns.begin, "migration", SLUG, version, [999], **given)
    with pytest.raises(NotFound):
        site.act(campaigns.begin, "migration", "nowhere", version, [1], **given)
    assert site.rows(select(Job.id).where(Job.kind == "campaign")) == []
    assert entries(site, "campaign_begun") == []


def test_dossier_anonymised_meanwhile_is_skipped(site, bundle_of):
    site.act(publication.publish, bundle_of(("drafts: 90 days", "drafts: 1 days")), "Sylvie (fictive)")
    _, draft = site.begin()
    [id] = site.rows(select(Dossier.id).where(Dossier.public_id == draft))
    campaign = begun(site, 1)
    assert site.rows(select(func.count()).where(CampaignItem.dossier_id == id)) == [1]
    site.clock.pass_by(days=3)
    assert site.act(retention.anonymise, id)
    list(campaigns.carry_out(site.desk, campaign.id))
    assert counts(site, campaign) == {"done": 1, "skipped": 1}
    assert site.read(campaigns.progress, campaign.id).codes == {"anonymised": 1}
