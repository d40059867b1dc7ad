"""Refused dossiers judged again under wider rules: who is newly eligible moves and is told, once; nothing else changes."""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from authoring.simulation import Replayed
from dossiers import office as offices
from dossiers.database import (
    AmountStep,
    CampaignItem,
    CampaignRow,
    Dossier,
    Filing,
    Job,
    JournalEntry,
    VerdictRow,
    upgrade,
)
from dossiers.office import Office
from dossiers.services import audit, campaigns, casework, reexamination, simulations
from dossiers.services.campaign_views import Campaign
from dossiers.services.desk import Desk
from dossiers.services.refusals import NotFound, Refused
from dossiers.settings import Settings
from dossiers.worker import Worker
from engine.organisation import Organisation
from tests.dossiers.services import dying
from tests.fixtures import mortals
from tests.fixtures.databases import Clock
from tests.fixtures.haute_savoie import ANNOUNCED, SLUG, VOTED, Played, add_staff, deposit, person

PATIENCE = 60  # seconds
WIDENED = date(2020, 7, 6)
GUIDE = {"naf": "93.19Z", "closed": False}
LIFT_OWNER = {"naf": "49.39C", "status": "employee_manager", "legal_form": "5499"}
SHOP_OPEN = {"naf": "47.11D", "closed": False}
PEOPLE = {"guide": GUIDE, "lift owner": LIFT_OWNER, "open shop": SHOP_OPEN, "café": {}}


def played(office: Office, clock: Clock) -> Played:
    clock.now = datetime(2020, 5, 4, 8, tzinfo=UTC)
    return Played(Desk(office), clock)


def rows(found: Played, query: Any) -> list[Any]:
    with found.desk.office.database.reading() as session:
        return [row[0] if len(row) == 1 else tuple(row) for row in session.execute(query).all()]


def count(found: Played, model: Any, *conditions: Any) -> int:
    return int(rows(found, select(func.count()).select_from(model).where(*conditions))[0])


def widened(office: Office, clock: Clock) -> tuple[Played, dict[str, str]]:
    """Four people who came in May; the vote leaves three out, the widening of July takes two of them back."""
    found = played(office, clock)
    found.publish(1, ANNOUNCED)
    found.staff = found.desk.act(add_staff)
    ids = {
        name: found.desk.act(deposit, f"{n}@fictif.example", person(n, **changed))
        for n, (name, changed) in enumerate(PEOPLE.items())
    }
    found.publish(2, VOTED)
    found.refuse_left_out()
    found.publish(3, WIDENED)
    return found, ids


@pytest.fixture
def either(office: Office, clock: Clock) -> tuple[Played, dict[str, str]]:
    """The four on SQLite and on PostgreSQL."""
    return widened(office, clock)


def in_folder(folder: Path) -> Settings:
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'guichet.db'}",
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
        keys=folder / "keys.json",
        files=folder / "files",
        outbox=folder / "outbox",
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Played, dict[str, str]]:
    """The four in a folder, copied for each test."""
    folder = tmp_path_factory.mktemp("widened")
    upgrade(f"sqlite:///{folder / 'guichet.db'}")
    opened = offices.build(in_folder(folder), Clock())
    found, ids = widened(opened, opened.clock)  # type: ignore[arg-type]
    opened.database.close()
    return folder, found, ids


@pytest.fixture
def small(template, tmp_path: Path, clock: Clock) -> Iterator[tuple[Played, dict[str, str]]]:
    """The four, on SQLite."""
    folder, found, ids = template
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    clock.now = found.clock.now
    opened = offices.build(in_folder(tmp_path), clock)
    yield Played(Desk(opened), clock, found.staff, found.filed, found.turned_away, found.left_out), ids
    opened.database.close()


def begin(found: Played, **more: Any) -> Campaign:
    asked = {"comment": "Règles élargies le 6 juillet.", "against": 2} | more
    result: Campaign = found.desk.act(reexamination.begin, found.staff["supervisor"], SLUG, **asked)
    return result


def carry_out(found: Played, campaign: Campaign) -> Any:
    for _ in campaigns.carry_out(found.desk, campaign.id):
        pass
    return found.desk.read(campaigns.progress, campaign.id)


def state(found: Played, public_id: str) -> str:
    return str(rows(found, select(Dossier.state).where(Dossier.public_id == public_id))[0])


def of(found: Played, public_id: str) -> int:
    return int(rows(found, select(Dossier.id).where(Dossier.public_id == public_id))[0])


def told(found: Played) -> list[Any]:
    jobs = rows(found, select(Job).where(Job.kind == "mail"))
    return [job for job in jobs if job.options["text"] == "re_examined"]


def test_newly_eligible_move_and_are_told_and_the_others_are_left_and_counted(either):
    found, ids = either
    assert found.left_out == [ids["guide"], ids["lift owner"], ids["open shop"]]
    progress = carry_out(found, begin(found, expected=2))
    assert dict(progress.counts) == {"pending": 0, "done": 2, "refused": 0, "skipped": 1}
    assert dict(progress.codes) == {"not_newly_eligible": 1}
    assert {name: state(found, id) for name, id in ids.items()} == {
        "guide": "in_review",
        "lift owner": "in_review",
        "open shop": "refused",
        "café": "submitted",
    }
    assert {job.dossier_id for job in told(found)} == {of(found, ids[one]) for one in ("guide", "lift owner")}


def test_new_verdict_stands_beside_the_one_before_which_nobody_touches(small):
    found, ids = small
    guide = of(found, ids["guide"])
    verdicts = select(VerdictRow).where(VerdictRow.dossier_id == guide).order_by(VerdictRow.id)
    [before] = rows(found, verdicts)
    carry_out(found, begin(found))
    first, second = rows(found, verdicts)
    assert (first.rules, first.version_id, first.at) == (before.rules, before.version_id, before.at)
    assert (second.filing_id, second.eligible, second.amount_cents) == (first.filing_id, True, 100_000)
    [version, filed_under] = rows(
        found,
        select(Dossier.version_id, Filing.version_id)
        .join(Filing, Filing.dossier_id == Dossier.id)
        .where(Dossier.id == guide),
    )[0]
    assert version == second.version_id != filed_under == first.version_id
    entries = rows(
        found, select(JournalEntry).where(JournalEntry.dossier_id == guide).order_by(JournalEntry.id)
    )
    assert [entry.action for entry in entries] == ["submit", "refuse", "re_examined", "reconsider"]
    assert entries[2].payload["was"] == {"eligible": False, "because": ["closed"]}
    assert entries[3].actor_id == str(found.staff["supervisor"].account_id)


def test_re_examined_dossier_goes_on_by_the_new_rules_to_its_payment(small):
    found, ids = small
    carry_out(found, begin(found))
    for item in ("siret_active", "closed_by_order", "name_matches", "income_matches"):
        found.desk.act(casework.check, found.staff["supervisor"], ids["guide"], item, done=True)
    found.desk.act(casework.fire, found.staff["supervisor"], ids["guide"], "accept")
    found.desk.act(casework.fire, found.staff["accountant"], ids["guide"], "pay")
    steps = select(AmountStep.kind, AmountStep.cents).where(AmountStep.dossier_id == of(found, ids["guide"]))
    assert rows(found, steps.order_by(AmountStep.id)) == [
        ("computed", 100_000),
        ("computed", 100_000),
        ("granted", 100_000),
        ("due", 100_000),
        ("paid", 100_000),
    ]


def test_campaign_is_journalled_once_and_the_journal_holds(small):
    found, _ = small
    carry_out(found, begin(found))
    Worker(found.desk.office).seal()
    entries = rows(
        found,
        select(JournalEntry).where(JournalEntry.stream == f"scheme:{SLUG}").order_by(JournalEntry.id),
    )
    [begun] = [one for one in entries if one.action == "campaign_begun"]
    assert begun.payload["preview"] == {
        "refused": 3,
        "newly_eligible": 2,
        "cost": "2000.00",
        "action": "reconsider",
        "version": 3,
    }
    assert set(begun.payload["dossiers"]) == set(found.left_out)
    assert entries[-1].action == "campaign_done"
    assert found.desk.read(audit.verify).whole


def test_dossier_taken_up_meanwhile_is_left_to_who_took_it(small):
    found, ids = small
    campaign = begin(found)
    found.desk.act(
        casework.fire, found.staff["supervisor"], ids["guide"], "reconsider", comment="Recours gracieux."
    )
    progress = carry_out(found, campaign)
    assert dict(progress.codes) == {"not_refused_any_more": 1, "not_newly_eligible": 1}
    assert (
        progress.counts["done"] == len(told(found)) == 1
    )  # the appeal went by the rules of May, which tell nobody


def test_second_run_finds_nobody_left(small):
    found, _ = small
    carry_out(found, begin(found))
    preview = found.desk.read(reexamination.preview, SLUG, against=2)
    assert (preview.refused, preview.newly_eligible, preview.cost) == (1, 0, 0)
    assert carry_out(found, begin(found)).counts["done"] == 0


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as stopped:
        act()
    return str(stopped.value.code)


def test_who_may_not_do_the_action_can_t_begin_nor_without_its_comment_nor_on_figures_of_yesterday(small):
    found, _ = small
    supervisor, instructor = found.staff["supervisor"], found.staff["instructor"]

    def asked(viewer: Any, **more: Any) -> Callable[[], Any]:
        return lambda: found.desk.act(reexamination.begin, viewer, SLUG, **{"comment": "x", **more})

    assert refused(asked(instructor)) == "not_yours"
    assert refused(asked(found.staff["administrator"])) == "not_yours"
    assert refused(asked(supervisor, comment=" ")) == "comment_missing"
    assert refused(asked(supervisor, against=2, expected=3)) == "preview_changed"
    assert refused(asked(supervisor, action="refuse")) == "which_action"
    assert count(found, CampaignRow) == 0
    with pytest.raises(NotFound):
        found.desk.act(reexamination.begin, supervisor, "no-such-scheme", comment="x")


def test_two_people_who_begin_at_once_give_one_campaign_and_one_refusal(either):
    found, _ = either
    ready = threading.Barrier(2)
    results: list[Any] = []

    def attempt() -> None:
        ready.wait()
        try:
            results.append(begin(found))
        except Refused as error:
            results.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [error] = [one for one in results if isinstance(one, Refused)]
    [campaign] = [one for one in results if not isinstance(one, Refused)]
    assert error.code == "campaign_running" and count(found, CampaignRow) == 1
    assert carry_out(found, campaign).counts["done"] == 2


@pytest.mark.timeout(360)  # hundreds of deposits by the real services, on a machine that does other things
def test_rules_widened_after_the_closing_every_figure_of_the_preview_is_that_of_the_application(
    office: Office, clock: Clock
):
    """The story: rules voted and widened in the middle of a campaign, at the size a test can afford."""
    found = played(office, clock)
    found.file(90, seed=75)
    found.migrate()
    found.refuse_left_out()
    before = {model: count(found, model) for model in (Dossier, Filing, VerdictRow, AmountStep)}
    states = dict(rows(found, select(Dossier.public_id, Dossier.state)))
    kept = {row.id: (row.rules, row.eligible, row.amount_cents) for row in rows(found, select(VerdictRow))}

    found.publish(3, WIDENED)
    flips: list[Replayed] = []
    asked = simulations.Asked(found.desk.read(simulations.version, SLUG), by="home.department")
    simulated = found.desk.read(simulations.simulate, asked, flips.append).simulation
    preview = found.desk.read(reexamination.preview, SLUG)
    refused = simulated.by_state["refused"]
    chosen = {
        one.received.public_id: one.after.amount
        for one in flips
        if one.kind == "newly_eligible" and one.received.state == "refused"
    }
    assert preview.refused == refused.total == len(found.left_out) > preview.newly_eligible > 3
    assert preview.newly_eligible == refused.counts["newly_eligible"] == len(chosen)
    assert preview.cost == refused.difference == sum(chosen.values(), Decimal(0))
    assert {"closed", "covered_status"} <= set(simulated.by_rule)

    clock.now += timedelta(hours=1)
    progress = carry_out(found, begin(found, against=None, expected=preview.newly_eligible))
    assert progress.counts["done"] == preview.newly_eligible == len(told(found))
    assert progress.codes == {"not_newly_eligible": preview.refused - preview.newly_eligible}

    now = dict(rows(found, select(Dossier.public_id, Dossier.state)))
    assert {id for id in now if now[id] != states[id]} == set(chosen)
    assert {now[id] for id in chosen} == {"in_review"}
    judged = rows(found, select(VerdictRow))
    new = [row for row in judged if row.id not in kept]
    assert sum(row.amount_cents for row in new) == preview.cost * 100
    assert {row.id: (row.rules, row.eligible, row.amount_cents) for row in judged if row.id in kept} == kept
    after = {model: count(found, model) for model in before}
    moved = len(chosen)
    assert after == {
        **before,
        VerdictRow: before[VerdictRow] + moved,
        AmountStep: before[AmountStep] + moved,
    }
    [campaign] = rows(found, select(CampaignRow.id).where(CampaignRow.kind == "reexamination"))
    assert count(found, CampaignItem, CampaignItem.campaign_id == campaign) == preview.refused
    Worker(office).seal()
    assert found.desk.read(audit.verify).whole


@pytest.mark.kill
@pytest.mark.parametrize("point", ["within the act", "between two acts"])
def test_killed_re_examination_is_taken_up_where_it_stopped_and_nothing_is_done_twice(
    office: Office, clock: Clock, point: str
):
    found, ids = widened(office, clock)
    campaign = begin(found)
    arguments = point, str(office.settings.data), office.settings.database_url, str(campaign.id)
    assert mortals.end_of(mortals.begin(dying.main, *arguments), PATIENCE) == -9
    first = of(found, ids["guide"])
    assert count(found, VerdictRow, VerdictRow.dossier_id == first) == (1 if point == "within the act" else 2)
    carry_out(found, campaign)
    for name in ("guide", "lift owner"):
        mine = of(found, ids[name])
        assert count(found, VerdictRow, VerdictRow.dossier_id == mine) == 2
        assert count(found, AmountStep, AmountStep.dossier_id == mine) == 2
        assert (
            count(found, JournalEntry, JournalEntry.dossier_id == mine, JournalEntry.action == "re_examined")
            == 1
        )
    assert len(told(found)) == 2
    assert found.desk.read(audit.verify).whole
