"""What time brings: deadlines fired by the worker, under a clock moved by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from dossiers.database import DeadlineRow, JournalEntry
from dossiers.services import casework, inbox, publication, tracking
from dossiers.services.wanted import Wanted

SLUG = "small-grant"


def on_hold(site):
    """A dossier whose applicant was asked for a correction on 12 May 2020."""
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "phone")
    return viewer, public_id


def told(site):
    return [(job.options["template"], job.options["to"]) for job in site.jobs("platform")]


def test_an_unanswered_correction_is_reminded_then_closed(site):
    viewer, public_id = on_hold(site)
    view = site.read(tracking.dossier, viewer, public_id)
    assert view.expected.until == date(2020, 6, 4)  # 15 working days: Ascension and Whit Monday don't count
    site.clock.now = datetime(2020, 5, 29, 22, 0, tzinfo=UTC)  # 30 May begins in Paris: 5 days before
    assert site.fire_deadlines() == 1
    assert told(site) == [("reminder", "ada@fictif.example")]
    assert site.jobs("platform")[0].options["values"]["deadline_on"] == "2020-06-04"
    site.clock.now = datetime(2020, 6, 4, 21, 59, tzinfo=UTC)
    assert site.fire_deadlines() == 0
    site.clock.pass_by(minutes=1)
    assert site.fire_deadlines() == 1
    assert site.state(public_id) == "expired"
    assert site.jobs("mail")[-1].options["text"] == "expired"
    assert site.fire_deadlines() == 0


def test_an_answer_calls_the_deadline_off(site):
    viewer, public_id = on_hold(site)
    site.act(tracking.act, viewer, public_id, "answer")
    site.clock.pass_by(days=40)
    site.fire_deadlines()
    assert site.state(public_id) == "in_review"
    assert ("reminder", "ada@fictif.example") not in told(site)


def test_a_deadline_fired_by_several_workers_acts_once(either_site):
    site = either_site
    _, public_id = on_hold(site)
    site.clock.pass_by(days=30)
    [deadline] = site.rows(select(DeadlineRow.id).where(DeadlineRow.kind == "do"))
    results = site.at_once(*[lambda: site.act(casework.fire_deadline, deadline)] * 5)
    assert sorted(results) == [False, False, False, False, True]
    assert site.rows(select(JournalEntry.action).where(JournalEntry.action == "expire")) == ["expire"]
    assert site.state(public_id) == "expired"


def test_silence_is_foretold_to_supervisors_then_noted(either_site):
    site = either_site
    _, public_id = site.filed()
    site.clock.now = datetime(2020, 7, 2, 8, tzinfo=UTC)
    site.fire_deadlines()
    assert told(site) == [("warning", "supervisor@office.example")]
    site.fire("instructor", public_id, "take")  # another state of the same deadline: nobody is warned again
    site.fire_deadlines()
    assert told(site) == [("warning", "supervisor@office.example")]
    site.clock.now = datetime(2020, 7, 12, 22, tzinfo=UTC)
    site.fire_deadlines()
    assert told(site)[1:] == [("silence", "supervisor@office.example")]
    noted = site.rows(
        select(JournalEntry.action)
        .where(JournalEntry.actor_kind == "system", JournalEntry.stream == f"dossier:{public_id}")
        .order_by(JournalEntry.number)
    )
    assert noted == ["deadline_near", "silence"]
    assert site.state(public_id) == "in_review"


def test_a_stage_that_lasts_too_long_is_overdue(either_site):
    site = either_site
    _, public_id = site.filed()
    viewer = site.staff["instructor"]
    assert site.read(inbox.overview, viewer, SLUG, Wanted(overdue=True)).rows == ()
    site.clock.now = datetime(2020, 5, 14, 22, tzinfo=UTC)  # the two working days are over
    site.fire_deadlines()
    [row] = site.read(inbox.overview, viewer, SLUG, Wanted(overdue=True)).rows
    assert (row.public_id, row.due_on, row.overdue) == (public_id, date(2020, 5, 14), True)
    site.fire("instructor", public_id, "take")
    assert site.read(inbox.overview, viewer, SLUG, Wanted(overdue=True)).rows == ()


def test_nobody_told_twice_when_warned_with_two_roles(site, staff_member):
    staff_member(site, "supervisor", "instructor", name="double")
    site.filed()
    site.clock.now = datetime(2020, 7, 2, 8, tzinfo=UTC)
    site.fire_deadlines()
    assert sorted(told(site)) == [
        ("warning", "double@office.example"),
        ("warning", "supervisor@office.example"),
    ]


def test_a_deadline_the_workflow_refuses_is_told_in_the_journal(site, bundle_of):
    never = ("expire: {label:", "expire: {if: income < 0, label:")
    site.act(publication.publish, bundle_of(never), "Sylvie (fictive)")
    _, public_id = on_hold(site)
    site.clock.pass_by(days=30)
    site.fire_deadlines()
    assert site.state(public_id) == "on_hold"
    [payload] = site.rows(select(JournalEntry.payload).where(JournalEntry.action == "deadline_refused"))
    assert payload == {"action": "expire", "code": "guard"}


AUTOMATIC = (
    "    pay: {label",
    '    fast_track: {label: {fr: "Accord immédiat", en: "Fast track"}, from: submitted, to: accepted, by: system, if: income < 2000}\n    pay: {label',
)


@pytest.mark.parametrize(("income", "state"), [("1 999,99", "accepted"), ("2 000", "submitted")])
def test_the_system_acts_by_itself_within_the_filing(site, bundle_of, income, state):
    site.act(
        publication.publish,
        bundle_of(AUTOMATIC, ("        when: income < 2000\n", "        optional: true\n")),
        "Sylvie (fictive)",
    )
    viewer, public_id = site.filed(income=income)
    assert site.state(public_id) == state
    view = site.read(tracking.dossier, viewer, public_id)
    assert (view.decision is not None) == (state == "accepted")


def test_a_scheme_going_round_in_circles_is_stopped(site, bundle_of):
    circle = (
        "    pay: {label",
        '    there: {label: {fr: "A", en: "A"}, from: submitted, to: in_review, by: system, if: income > 0}\n'
        '    back: {label: {fr: "B", en: "B"}, from: in_review, to: submitted, by: system, if: income > 0}\n    pay: {label',
    )
    site.act(publication.publish, bundle_of(circle), "Sylvie (fictive)")
    _, public_id = site.filed()
    assert site.state(public_id) in ("submitted", "in_review")
    moves = site.rows(select(JournalEntry.action).where(JournalEntry.stream == f"dossier:{public_id}"))
    assert len(moves) == 11


def test_a_deadline_of_nothing_does_nothing(site):
    assert site.act(casework.fire_deadline, 4242) is False
