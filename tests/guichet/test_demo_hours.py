"""The invented office works in its hours, and its mails bear the time of what they tell."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from dossiers.database import Job, JournalEntry, Mail
from dossiers.effects import RUNNERS
from dossiers.worker import Worker
from guichet.demo.hours import CLOSES, OPENS, SLEEPS, WAKES, ZONE, at_work, awake, when_done
from tests.fixtures.sites import make_demo
from workflows.calendar import is_working_day

START = datetime(2020, 4, 30, tzinfo=UTC)


def worked(moment: datetime) -> bool:
    local = moment.astimezone(ZONE)
    return is_working_day(local.date(), "FR") and OPENS <= local.time() <= CLOSES


@pytest.mark.parametrize("hours", range(0, 24 * 14, 7))
def test_an_office_acts_in_its_hours_and_never_before_it_was_asked(hours):
    asked = START + timedelta(hours=hours, minutes=hours)
    then = at_work(asked)
    assert worked(then) and not time(12) < then.astimezone(ZONE).time() < time(14)
    assert asked <= then <= asked + timedelta(days=5)
    assert at_work(then) == then
    assert asked <= awake(asked) and WAKES <= awake(asked).astimezone(ZONE).time() <= SLEEPS


def test_acts_of_the_demonstration_lie_in_working_hours_and_mails_follow_them(tmp_path):
    demo = make_demo(tmp_path, 12)
    kinds = ("mail", "receipt", "letter")
    Worker(demo.desk.office, runners=when_done(RUNNERS), kinds=kinds).run_all()
    with demo.desk.office.database.reading() as session:
        by_staff = JournalEntry.stream.like("dossier:%"), JournalEntry.actor_kind == "staff"
        acts = session.scalars(select(JournalEntry.at).where(*by_staff)).all()
        sent = session.execute(select(Mail.at, Job.planned_at).join(Job, Job.id == Mail.job_id)).all()
    assert acts and all(map(worked, acts))
    assert len({at.date() for at, _ in sent}) > 3
    assert all(at == planned for at, planned in sent)
