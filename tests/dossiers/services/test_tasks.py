"""Tasks of a state: each done by its own role, asked anew when the dossier comes back; the system may wait for all of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.database import JournalEntry
from dossiers.services import casework, publication, tasks
from dossiers.services.refusals import Refused
from workflows.expected import expected_of

SIDE_BY_SIDE = (
    'submitted: {label: {fr: "Déposée", en: "Filed"}, due: 2 working days}',
    'submitted: {label: {fr: "Déposée", en: "Filed"}, tasks: {read: {label: {fr: "Lire", en: "Read"}, by: instructor},'
    ' call: {label: {fr: "Appeler", en: "Call"}, by: [hotline, supervisor]}}}',
)
GOES_ON = (
    "    pay: {label",
    "    go_on: {from: submitted, to: in_review, by: system, if: tasks.done}\n"
    '    back: {label: {fr: "Rendre", en: "Give back"}, from: in_review, to: submitted, by: supervisor}\n    pay: {label',
)


@pytest.fixture
def busy(site, small):
    """A dossier of the small grant filed in a state with two tasks, after which the system goes on."""
    site.act(publication.publish, small(SIDE_BY_SIDE, GOES_ON), "Sylvie (fictive)")
    _, public_id = site.filed()
    return site, public_id


def say(site, role, public_id, task, done=True):
    return site.act(tasks.say, site.staff[role], public_id, task, done=done)


def test_the_dossier_goes_on_when_all_have_done_theirs(busy):
    site, id = busy
    say(site, "hotline", id, "call")
    assert site.state(id) == "submitted"
    shown = site.act(casework.dossier, site.staff["instructor"], id).tasks
    assert [(line.task.id, line.mine, line.done, line.by) for line in shown] == [
        ("read", True, False, None),
        ("call", False, True, "hotline (fictif)"),
    ]
    say(site, "supervisor", id, "call", done=False)
    say(site, "instructor", id, "read")
    assert site.state(id) == "submitted"
    say(site, "supervisor", id, "call")
    assert site.state(id) == "in_review"
    stream = JournalEntry.stream == f"dossier:{id}"
    told = site.rows(select(JournalEntry.action).where(stream).order_by(JournalEntry.number))
    assert told == ["submit", "task_done", "task_undone", "task_done", "task_done", "go_on"]


def test_each_task_belongs_to_its_roles(busy):
    site, id = busy
    for role, task, code in (
        ("hotline", "read", "not_allowed"),
        ("instructor", "call", "not_allowed"),
        ("instructor", "no_such", "no_such_item"),
    ):
        with pytest.raises(Refused, match=code):
            say(site, role, id, task)


def test_a_dossier_that_comes_back_has_its_tasks_to_do_again(busy):
    site, id = busy
    say(site, "hotline", id, "call")
    say(site, "instructor", id, "read")
    site.clock.now = site.clock.now.replace(hour=11)
    site.fire("supervisor", id, "back")
    assert site.state(id) == "submitted"
    assert [line.done for line in site.act(casework.dossier, site.staff["hotline"], id).tasks] == [
        False,
        False,
    ]


def test_a_task_is_expected_of_its_roles(busy):
    site, _ = busy
    workflow = site.read(publication.current, "small-grant").scheme.workflow
    assert "submitted" in expected_of(workflow, {"hotline"})
