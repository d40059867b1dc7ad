"""Exports: made by the worker, of the dossiers and the answers their asker may see, kept some days, journalled."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from sqlalchemy import delete, select

from dossiers.database import ExportRow, JournalEntry, RoleGrant
from dossiers.outside.store import Missing
from dossiers.services import applications, export_choosing, exports, orphans, publication
from dossiers.services.export_plans import ANSWERS, LIST, Asked, offered
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.wanted import Wanted
from dossiers.worker import Worker

SLUG = "small-grant"
MAY = (
    (
        'en: "Supervisor"}, may: [search, view, note, message]',
        'en: "Supervisor"}, may: [search, view, export]',
    ),
    ('en: "Accounts"}, may: [search, view]', 'en: "Accounts"}, may: [search, view, export]'),
    (
        'en: "Casework"}, may: [search, view, note, message]',
        'en: "Casework"}, may: [search, view, note, message, export]',
    ),
    (
        "eligibility:\n",
        """exports:
  accounts:
    label: {fr: "Pour les finances", en: "For the accounts"}
    columns: {Dossier: reference, Compte: iban, Accordé: granted, Revenu: income}
    states: accepted
  by_child:
    label: {fr: "Par enfant", en: "By child"}
    columns: [reference, children.first_name, children.age]
    each: children
  short:
    label: {fr: "Petits revenus, avec un compte français", en: "Small incomes with a French account"}
    columns: [reference]
    where: starts with(iban, "FR") and income < 3000 and (award.granted > 0 or dossier.state = "submitted") and count(children) > 0
eligibility:
""",
    ),
)


@pytest.fixture
def granting(site, small):
    """The small grant with exports."""
    site.act(publication.publish, small(*MAY), "Sylvie (fictive)")
    site.now = site.clock.now
    return site


def made(site, role, what, format="csv", **asked):
    """Ask for an export, let the worker make it, take it."""
    id = site.act(exports.ask, site.staff[role], SLUG, Asked(what, format, **asked))
    Worker(site.desk.office, kinds=["export"]).run_all()
    taken = site.act(exports.take_out, site.staff[role], SLUG, id)
    content = b"".join(taken.content)
    assert len(content) == taken.size
    return id, content


def with_children(site, number, *names):
    """A dossier filed with children of these names."""
    viewer, public_id = site.begin(f"d{number}@fictif.example")
    site.fill(viewer, public_id, siret=site.siret(number))
    rows = {f"children__{place}__first_name": name for place, name in enumerate(names)}
    rows |= {f"children__{place}": "" for place, _ in enumerate(names)}
    rows |= {f"children__{place}__age": "7" for place, _ in enumerate(names)}
    if rows:
        site.save(viewer, public_id, "children", asked={"children"}, **rows)
    site.act(applications.submit, viewer, public_id)
    return public_id


def test_all_answers_leave_without_what_is_sensitive_or_hidden_from_the_asker(granting):
    granting.filed(siret=granting.siret(1))
    _, content = made(granting, "supervisor", ANSWERS)
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        assert files.namelist() == ["small-grant.csv", "children.csv"]
        heads, row = files.read("small-grant.csv").decode().splitlines()
    found = dict(zip(heads.split(","), row.split(","), strict=True))
    assert found["reference"] == "PA-2020-0001"
    assert (found["person.first_name"], found["income"], found["siret"]) == (
        "Ada",
        "12000.00",
        granting.siret(1),
    )
    assert (found["state"], found["status"], found["eligible"], found["computed"]) == (
        "submitted",
        "received",
        "true",
        "1000.00",
    )
    assert "iban" not in found and "lease" in found


def test_all_answers_leave_alike_on_both_databases(either_site, small):
    either_site.act(publication.publish, small(*MAY), "Sylvie (fictive)")
    either_site.filed(siret=either_site.siret(1))
    _, content = made(either_site, "supervisor", ANSWERS, "jsonl")
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        found = json.loads(files.read("small-grant.jsonl"))
    assert (found["computed"], found["eligible"], found["filed_at"]) == (
        1000,
        True,
        "2020-05-12T12:00:00+02:00",
    )


def test_declared_export_holds_its_columns_in_its_states_and_sealed_answers_for_who_may(granting):
    granting.accepted(siret=granting.siret(1))
    granting.filed("b@fictif.example", siret=granting.siret(2))
    id, content = made(granting, "supervisor", "accounts")
    assert content.decode().splitlines() == [
        "Dossier,Compte,Accordé,Revenu",
        "PA-2020-0001,FR7630006000011234567890189,1000.00,12000.00",
    ]
    _, masked = made(granting, "instructor", "accounts")
    assert masked.decode().splitlines()[0] == "Dossier,Accordé,Revenu"
    entries = granting.rows(
        select(JournalEntry.action, JournalEntry.actor_name, JournalEntry.payload).where(
            JournalEntry.action.like("export%")
        )
    )
    told = [
        (action, name, payload.get("rows"), payload.get("sensitive"))
        for action, name, payload in entries
        if payload["export"] == id
    ]
    assert told == [
        ("export_asked", "supervisor (fictif)", None, None),
        ("export_made", "supervisor (fictif)", 1, ["iban"]),
        ("export_taken_out", "supervisor (fictif)", 1, None),
    ]


def test_declared_export_holds_the_dossiers_its_condition_is_true_of_and_no_others(granting, monkeypatch):
    monkeypatch.setattr(export_choosing, "CHUNK", 2)
    small = {"income": "2500"}
    granting.accepted(siret=granting.siret(1), **small)  # no children: a sum of nothing known doesn't hold
    for number, name in enumerate(("Lou", "Max", "Zoé"), start=2):
        with_children(granting, number, name)  # of a larger income
    viewer, last = granting.begin("last@fictif.example")
    granting.fill(viewer, last, siret=granting.siret(6), **small)
    granting.save(
        viewer,
        last,
        "children",
        asked={"children"},
        children__0="",
        children__0__first_name="A",
        children__0__age="7",
    )
    granting.act(applications.submit, viewer, last)
    id, content = made(granting, "supervisor", "short")
    assert content.decode().splitlines() == ["reference", "PA-2020-0005"]
    query = select(ExportRow).where(ExportRow.public_id == id)
    [row] = granting.rows(query)
    assert row.total == row.done == 6  # five were judged, one written
    query = select(JournalEntry.payload).where(JournalEntry.action == "export_made")
    [told] = granting.rows(query)
    assert told["sensitive"] == ["iban"]  # it was read, though no column shows it


def test_export_chosen_by_what_is_hidden_is_not_offered_to_who_may_not_see_it(granting):
    with pytest.raises(NotFound):
        made(granting, "instructor", "short")
    scheme = granting.read(publication.current, SLUG).scheme
    assert [one.id for one in offered(granting.staff["instructor"], scheme)] == ["accounts", "by_child"]
    assert "short" in [one.id for one in offered(granting.staff["supervisor"], scheme)]


def test_list_is_exported_as_it_is_filtered_with_its_columns_in_words_for_people(granting):
    for number in (1, 2):
        granting.filed(f"d{number}@fictif.example", siret=granting.siret(number))
    wanted = Wanted(query="PA-2020-0002", columns=("income", "resident"))
    _, content = made(granting, "supervisor", LIST, wanted=wanted, for_people=True)
    heads, row = content.decode("utf-8-sig").splitlines()
    assert (
        heads
        == "Dossier;Demandeur;État;À cet état depuis;Déposé le;Pris en charge par;Revenu;Habitez-vous le département ?"
    )
    assert row.startswith("PA-2020-0002;Ada Fictive;Déposée;2020-05-") and row.endswith(";12000,00;Oui")


def test_each_row_of_a_repeat_has_its_line(granting):
    with_children(granting, 1, "Lou", "=Max")
    with_children(granting, 2)
    _, content = made(granting, "supervisor", "by_child")
    assert content.decode().splitlines()[1:] == ["PA-2020-0001,Lou,7", "PA-2020-0001,'=Max,7"]
    _, lines = made(granting, "supervisor", "by_child", "jsonl")
    assert [json.loads(line)["children.first_name"] for line in lines.splitlines()] == ["Lou", "=Max"]


def test_file_is_its_askers_alone_while_they_may_and_goes_after_some_days(granting):
    granting.filed(siret=granting.siret(1))
    id, _ = made(granting, "supervisor", LIST)
    for role in ("accountant", "hotline"):
        with pytest.raises(NotFound):
            granting.act(exports.take_out, granting.staff[role], SLUG, id)
    with pytest.raises(NotFound):
        granting.act(exports.ask, granting.staff["hotline"], SLUG, Asked(LIST, "csv"))
    key = f"export-{id}-000000"
    store = granting.desk.office.store
    assert orphans._known(granting.desk.office, [key]) == {key} and store.get(key)
    granting.clock.now += exports.KEPT
    Worker(granting.desk.office, kinds=["export_over"]).run_all()
    with pytest.raises(Missing):
        store.get(key)
    with pytest.raises(Refused, match="export_over"):
        granting.act(exports.take_out, granting.staff["supervisor"], SLUG, id)
    assert orphans._known(granting.desk.office, [key]) == set()


def test_who_lost_the_right_before_it_is_made_gets_nothing(granting):
    granting.filed(siret=granting.siret(1))
    supervisor = granting.staff["supervisor"]
    granting.act(exports.ask, supervisor, SLUG, Asked(LIST, "csv"))
    with granting.desk.office.database.writing() as session:
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == supervisor.account_id))
    Worker(granting.desk.office, kinds=["export"]).run_all()
    assert granting.rows(select(ExportRow.state, ExportRow.code)) == [("failed", "no_right")]


def test_answers_filed_under_an_older_version_stand_under_the_names_of_today(granting, small):
    granting.filed(siret=granting.siret(1))
    newer = small(
        *MAY,
        ("      siret:\n", "      company:\n"),
        ("eligibility:\n", "migration: {renamed: {siret: company}}\neligibility:\n"),
    )
    granting.act(publication.publish, newer, "Sylvie (fictive)")
    _, content = made(granting, "supervisor", ANSWERS, "jsonl")
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        [line] = files.read("small-grant.jsonl").splitlines()
    found = json.loads(line)
    assert found["company"] == granting.siret(1)
