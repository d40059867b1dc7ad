"""Dossiers are given to who they fall to, inside the act; a perimeter holds everywhere; the queue gives each its own."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from dossiers.database import Absence, Account, Dossier, JournalEntry, RoleGrant
from dossiers.services import (
    accounts,
    calls,
    casework,
    files,
    handing_over,
    inbox,
    likeness,
    publication,
    sharing_out,
    taking_next,
    team,
)
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.wanted import Wanted
from guichet.application import create_app
from renderers.motives import motives_of
from tests.dossiers.services import matrix_doors
from tests.dossiers.services.conftest import SLUG, open_site
from tests.fixtures.databases import Clock

GROUPS = """groups:
  north: {label: {fr: Nord, en: North}, where: income < 10000}
  south: {label: {fr: Sud, en: South}, where: income >= 10000}
form:
  you:
"""
INSTRUCTOR = 'instructor: {label: {fr: "Instruction", en: "Casework"}, may: [search, view, note, message'
SUPERVISOR = 'supervisor: {label: {fr: "Responsable", en: "Supervisor"}, may: [search, view, note, message'
BOSS = (SUPERVISOR, SUPERVISOR + ", assign, distribute")
RULES = """  distribution:
    submitted: {to: instructor, how: by_load}
    in_review: {to: instructor, how: in_turn}
  deadlines:
"""
SHARED = ((INSTRUCTOR, INSTRUCTOR + ", assign"), BOSS, ("  deadlines:\n", RULES))
NARROWED = (
    (INSTRUCTOR + "]", INSTRUCTOR + ", assign], sees: own_groups"),
    BOSS,
    ("form:\n  you:\n", GROUPS),
    ("  deadlines:\n", "  distribution: {submitted: {to: instructor, how: in_turn}}\n  deadlines:\n"),
)
NORTH, SOUTH = "9 000,00", "12 000,00"


@pytest.fixture(scope="module")
def folders(tmp_path_factory, template, small, organisation):
    """The small grant on two more sites: dossiers given on arrival; agents who see but their own groups."""
    made = {}
    for name, replaced in (("shared", SHARED), ("narrowed", NARROWED)):
        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(template[0], folder, dirs_exist_ok=True)
        site = open_site(folder, organisation, Clock())
        site.act(publication.publish, small(*replaced), "Sylvie (fictive)")
        site.desk.office.database.close()
        made[name] = folder
    return made


def _site(folders, name, template, tmp_path, organisation):
    shutil.copytree(folders[name], tmp_path, dirs_exist_ok=True)
    opened = open_site(tmp_path, organisation, Clock())
    opened.staff |= template[1]
    return opened


@pytest.fixture
def shared(folders, template, tmp_path, organisation):
    """A site where what is deposited is given by load, and what is in review in turn."""
    opened = _site(folders, "shared", template, tmp_path, organisation)
    yield opened
    opened.desk.office.database.close()


@pytest.fixture
def narrowed(folders, template, tmp_path, organisation):
    """A site whose instructors see but the dossiers of their groups: north and south, by the income."""
    opened = _site(folders, "narrowed", template, tmp_path, organisation)
    yield opened
    opened.desk.office.database.close()


@pytest.fixture
def agent(staff_member):
    """Adds an agent, in groups."""

    def add(site, name: str, *groups: str, role: str = "instructor"):
        viewer = staff_member(site, role, name=name)
        with site.desk.office.database.writing() as session:
            mine = RoleGrant.account_id == viewer.account_id
            session.execute(update(RoleGrant).where(mine).values(groups=list(groups)))
        return replace(viewer, groups={SLUG: frozenset(groups)})

    return add


def close(site, role: str) -> None:
    """The account of a role that the fixture made is in the way of a count."""
    with site.desk.office.database.writing() as session:
        mine = Account.id == site.staff[role].account_id
        session.execute(update(Account).where(mine).values(disabled_at=site.clock.now))


def holders(site) -> list[int | None]:
    """Who holds the dossiers filed, in their order."""
    filed = Dossier.filed_at.is_not(None)
    return site.rows(select(Dossier.assigned_to).where(filed).order_by(Dossier.id))


def filed(site, number: int, income: str = SOUTH) -> str:
    _, public_id = site.filed(f"a{number}@fictif.example", siret=site.siret(number), income=income)
    return public_id


# -- on arrival


def test_a_deposit_is_given_in_the_act_itself_and_journalled(shared, agent):
    close(shared, "instructor")
    anne, luc = agent(shared, "anne"), agent(shared, "luc")
    first = filed(shared, 1)
    filed(shared, 2), filed(shared, 3)
    assert holders(shared) == [anne.account_id, luc.account_id, anne.account_id]
    mine = JournalEntry.stream == f"dossier:{first}"
    query = select(JournalEntry.action, JournalEntry.payload).where(mine).order_by(JournalEntry.number)
    assert [tuple(row) for row in shared.rows(query)] == [
        ("submit", {"filing": 1}),
        ("given", {"to": "anne (fictif)"}),
    ]


def test_by_load_gives_to_who_holds_fewest_and_passes_over_who_is_away(shared, agent):
    close(shared, "instructor")
    anne, luc = agent(shared, "anne"), agent(shared, "luc")
    filed(shared, 1), filed(shared, 2)
    held = dict(zip(holders(shared), ("one", "two"), strict=True))
    assert set(held) == {anne.account_id, luc.account_id}
    shared.act(
        team.away, shared.staff["supervisor"], SLUG, "account-anne", date(2020, 5, 12), date(2020, 5, 12)
    )
    filed(shared, 3), filed(shared, 4)
    assert holders(shared)[2:] == [luc.account_id, luc.account_id]
    shared.clock.pass_by(days=1)
    filed(shared, 5)
    assert holders(shared)[4] == anne.account_id


def test_who_holds_a_dossier_keeps_it_when_it_comes_back(shared, agent):
    agent(shared, "anne")
    _, public_id = shared.filed()
    shared.fire("instructor", public_id, "take")
    assert holders(shared) == [shared.staff["instructor"].account_id]


def test_a_group_is_given_its_own_and_a_dossier_of_nobody_waits_in_the_queue(narrowed, agent):
    close(narrowed, "instructor")
    anne = agent(narrowed, "anne", "north")
    filed(narrowed, 1, NORTH), filed(narrowed, 2, SOUTH), filed(narrowed, 3, NORTH)
    assert holders(narrowed) == [anne.account_id, None, anne.account_id]


# -- perimeters


def test_a_perimeter_holds_in_lists_counts_pages_files_search_and_the_queue(narrowed, agent):
    north, south = filed(narrowed, 1, NORTH), filed(narrowed, 2, SOUTH)
    anne = agent(narrowed, "anne", "north")

    def seen(viewer, **wanted):
        return [row.public_id for row in narrowed.read(inbox.overview, viewer, SLUG, Wanted(**wanted)).rows]

    assert (seen(anne), seen(narrowed.staff["supervisor"])) == ([north], [north, south])
    assert seen(anne, query="Fictive") == [north]
    assert seen(anne, query="a2@fictif.example") == []
    view = narrowed.read(inbox.overview, anne, SLUG)
    assert (view.total, view.counts["submitted"], view.turns["mine"]) == (1, 1, 1)
    [card] = narrowed.read(inbox.home, anne)
    assert (card.total, card.open_count, card.expected) == (1, 1, 1)
    assert narrowed.read(inbox.neighbours, anne, SLUG, Wanted(), north) == (None, None)
    assert narrowed.act(casework.dossier, anne, north).next_id is None
    calls = (
        (casework.dossier, south),
        (casework.fire, south, "take"),
        (files.open_file, south, "any"),
        (handing_over.hand_over, south, ""),
    )
    for service, *arguments in calls:
        with pytest.raises(NotFound):
            narrowed.act(service, anne, *arguments)
    assert narrowed.act(taking_next.take_next, anne, SLUG) == north
    assert narrowed.act(taking_next.take_next, anne, SLUG) is None


def test_no_address_of_a_dossier_out_of_the_perimeter_is_found(narrowed, agent):
    app = create_app(narrowed.desk.office)
    app.config["WTF_CSRF_ENABLED"] = False
    north, south = filed(narrowed, 1, NORTH), filed(narrowed, 2, SOUTH)
    anne = matrix_doors.browser(narrowed, app, agent(narrowed, "anne", "north").account_id)
    assert anne.get(f"/bureau/{SLUG}/{north}").status_code == 200
    assert matrix_doors.out_of_sight(anne, SLUG, south) > 20


def test_a_dossier_alike_out_of_the_perimeter_is_not_told(narrowed, agent):
    made = [
        narrowed.filed(siret=narrowed.siret(number), income=income)[1]
        for number, income in ((1, NORTH), (2, SOUTH))
    ]
    for id in narrowed.rows(select(Dossier.id)):
        narrowed.act(likeness.write_for, id)
    told = narrowed.act(casework.dossier, narrowed.staff["supervisor"], made[0]).around.related
    assert [one.public_id for one in told] == made[1:]
    assert narrowed.act(casework.dossier, agent(narrowed, "anne", "north"), made[0]).around.related == ()


def test_who_sees_own_groups_and_belongs_to_none_sees_nothing(narrowed, agent):
    filed(narrowed, 1)
    assert narrowed.read(inbox.overview, agent(narrowed, "luc"), SLUG).total == 0


def test_a_dossier_of_an_older_version_without_groups_is_kept_from_who_sees_own_groups(
    site, bundle_of, agent
):
    older = filed(site, 1)
    site.act(publication.publish, bundle_of(*NARROWED), "Sylvie (fictive)")
    with pytest.raises(NotFound):
        site.act(casework.dossier, agent(site, "anne", "south"), older)
    assert site.act(casework.dossier, site.staff["supervisor"], older).public_id == older


# -- by hand


def test_a_dossier_is_handed_over_with_a_word_and_put_back(shared, agent):
    agent(shared, "anne")
    _, public_id = shared.filed()
    assert (
        shared.act(
            handing_over.hand_over,
            shared.staff["instructor"],
            public_id,
            "account-anne",
            note="Voir la pièce.",
        )
        == "anne (fictif)"
    )
    view = shared.act(casework.dossier, shared.staff["supervisor"], public_id)
    assert view.assigned_to == "anne (fictif)"
    assert (view.history[-1].action, view.history[-1].comment) == ("given", "Voir la pièce.")
    shared.act(handing_over.hand_over, shared.staff["supervisor"], public_id, "")
    assert holders(shared) == [None]
    with pytest.raises(Refused, match="not_allowed"):
        shared.act(handing_over.hand_over, shared.staff["accountant"], public_id, "account-anne")


def test_a_dossier_is_handed_only_to_who_has_something_to_do_with_it(shared):
    public_id = filed(shared, 1)
    boss = shared.staff["supervisor"]
    offered = {one.public_id for one in shared.act(casework.dossier, boss, public_id).around.holders}
    assert offered == {"account-instructor", "account-supervisor"}
    with pytest.raises(NotFound):
        shared.act(handing_over.hand_over, boss, public_id, "account-hotline")


def test_nobody_is_handed_a_dossier_they_may_not_see(narrowed, agent):
    agent(narrowed, "anne", "north")
    south = filed(narrowed, 1, SOUTH)
    with pytest.raises(Refused, match="not_seen_by"):
        narrowed.act(handing_over.hand_over, narrowed.staff["supervisor"], south, "account-anne")


# -- the queue


def test_the_next_dossier_is_the_oldest_that_nobody_holds_and_the_scheme_s_own_action_takes_it(site):
    first, second = filed(site, 1), filed(site, 2)
    me = site.staff["instructor"]
    assert site.act(taking_next.take_next, me, SLUG) == first
    assert (site.state(first), holders(site)[0]) == ("in_review", me.account_id)
    assert site.act(taking_next.take_next, me, SLUG) == second
    assert site.act(taking_next.take_next, me, SLUG) is None
    assert site.act(taking_next.take_next, site.staff["accountant"], SLUG) is None


def test_two_who_press_at_once_get_two_dossiers(either_site, staff_member):
    site = either_site
    wanted = {filed(site, 1), filed(site, 2)}
    pair = (site.staff["instructor"], staff_member(site, "instructor", name="anne"))
    calls = [lambda who=who: site.act(taking_next.take_next, who, SLUG) for who in pair]
    assert set(site.at_once(*calls)) == wanted


# -- shared out again


def test_what_somebody_away_holds_is_shared_out_in_one_act(shared, agent):
    close(shared, "instructor")
    anne = agent(shared, "anne")
    for number in (1, 2, 3, 4):
        filed(shared, number)
    luc, zoe = agent(shared, "luc"), agent(shared, "zoe")
    boss = shared.staff["supervisor"]
    done = shared.act(sharing_out.share_out, boss, SLUG, "account-anne")
    assert (done.given, done.left) == (4, 0)
    assert sorted(holders(shared)) == [luc.account_id] * 2 + [zoe.account_id] * 2
    rows = {one.name: one.held for one in shared.read(team.overview, boss, SLUG).agents}
    assert (rows["anne (fictif)"], rows["luc (fictif)"]) == (0, 2)
    with pytest.raises(NotFound):
        shared.act(sharing_out.share_out, anne, SLUG, "account-luc")


def test_what_waits_in_the_queue_is_shared_out_and_what_nobody_may_have_stays(narrowed, agent):
    close(narrowed, "instructor"), close(narrowed, "supervisor")
    filed(narrowed, 1, NORTH), filed(narrowed, 2, SOUTH)
    anne = agent(narrowed, "anne", "north")
    done = narrowed.act(sharing_out.share_out, agent(narrowed, "boss", role="supervisor"), SLUG)
    assert (done.given, done.left, holders(narrowed)) == (1, 1, [anne.account_id, None])


def test_an_absence_that_ends_before_it_begins_is_refused(shared):
    boss = shared.staff["supervisor"]
    for days in ((date(2020, 6, 2), date(2020, 6, 1)), (date(2020, 5, 1), date(2020, 5, 2)), (None, None)):
        with pytest.raises(Refused, match="bad_absence"):
            shared.act(team.away, boss, SLUG, "account-instructor", *days)
    shared.act(team.away, boss, SLUG, "account-instructor", date(2020, 6, 1), date(2020, 6, 1))
    [absence] = shared.rows(select(Absence.id))
    shared.act(team.back, boss, SLUG, "account-instructor", absence)
    assert shared.rows(select(Absence.id)) == []


def test_groups_are_set_by_who_sees_all_and_outlive_a_change_of_roles(narrowed, agent):
    boss = narrowed.staff["supervisor"]
    narrowed.act(team.put_in_groups, boss, SLUG, "account-instructor", ["north", "nowhere"])
    narrowed.act(accounts.grant, None, "account-instructor", {SLUG: ["instructor", "hotline"]})
    held = select(RoleGrant.groups).where(RoleGrant.account_id == narrowed.staff["instructor"].account_id)
    assert narrowed.rows(held) == [["north"], ["north"]]


def test_calls_about_dossiers_of_another_group_are_not_told(narrowed, agent):
    north = agent(narrowed, "Nora (fictive)", "north")
    south = agent(narrowed, "Sami (fictif)", "south")
    about, motive = filed(narrowed, 1), motives_of({})[0]
    narrowed.act(calls.log, south, SLUG, motive=motive, note="Rappeler", public_id=about, passed=True)
    narrowed.act(calls.log, south, SLUG, motive=motive)
    unheld(narrowed, about)
    for seen, waiting, recent in ((south, [about], ["", about]), (north, [], [""])):
        assert [one.dossier for one in narrowed.read(calls.waiting, seen, SLUG)] == waiting
        assert [one.dossier for one in narrowed.read(calls.recent, seen, SLUG)] == recent


def unheld(site, public_id: str) -> None:
    """Nobody has the dossier in hand."""
    with site.desk.office.database.writing() as session:
        session.execute(update(Dossier).where(Dossier.public_id == public_id).values(assigned_to=None))
