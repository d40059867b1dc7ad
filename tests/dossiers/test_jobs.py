"""A job is done once, by one worker at a time, whoever dies; what fails is tried again, then left to people."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from dossiers import jobs
from dossiers.database import DatabaseNow, Job

SHORT = timedelta(seconds=60)


def add(office, key, *, after=None, run_at=None, kind="mail"):
    with office.database.writing() as session:
        return jobs.add(
            session, kind, key=key, options={"to": key}, run_at=run_at or office.clock(), after=after
        )


def claim(office, lease=SHORT):
    with office.database.writing() as session:
        return jobs.claim(session, office.clock(), lease)


def settle(office, verb, job, *args):
    with office.database.writing() as session:
        return verb(session, job, office.clock(), *args)


def row(office, key):
    with office.database.reading() as session:
        return session.scalars(select(Job).where(Job.key == key)).one()


def expire(office, key):
    """The worker that held it died a while ago."""
    with office.database.writing() as session:
        session.execute(update(Job).where(Job.key == key).values(lease_until=DatabaseNow(-1)))


def test_job_of_a_known_key_is_not_added_again(office):
    assert (add(office, "a"), add(office, "a")) == (True, False)
    assert claim(office).key == "a"
    assert claim(office) is None


def test_oldest_job_is_taken_first(office):
    add(office, "late", run_at=office.clock() - timedelta(minutes=1))
    add(office, "early", run_at=office.clock() - timedelta(minutes=2))
    assert [claim(office).key, claim(office).key] == ["early", "late"]


def test_job_waits_for_its_time(office):
    add(office, "a", run_at=office.clock() + timedelta(minutes=10))
    assert claim(office) is None
    office.clock.pass_by(minutes=10)
    assert claim(office).key == "a"


def test_claim_tells_what_is_to_be_done(office):
    began = office.clock()
    add(office, "a", kind="letter")
    job = claim(office)
    assert (job.kind, job.key, job.options, job.attempts, job.planned_at) == (
        "letter",
        "a",
        {"to": "a"},
        1,
        began,
    )


def test_done_job_is_never_taken_again(office):
    add(office, "a")
    assert settle(office, jobs.done, claim(office))
    expire(office, "a")
    assert claim(office) is None
    assert not is_due(office)


def is_due(office):
    with office.database.reading() as session:
        return jobs.is_due(session, office.clock())


def test_job_of_a_dead_worker_is_taken_over(office):
    add(office, "a")
    dead = claim(office)
    expire(office, "a")
    heir = claim(office)
    assert (heir.id, heir.attempts) == (dead.id, 2)


@pytest.mark.parametrize("verb", [jobs.done, jobs.retry, jobs.give_up])
def test_worker_thought_dead_can_settle_nothing(office, verb):
    add(office, "a")
    dead = claim(office)
    expire(office, "a")
    heir = claim(office)
    assert not settle(office, verb, dead, *([] if verb is jobs.done else ["too late"]))
    assert settle(office, jobs.done, heir)


def test_heartbeat_keeps_a_long_job(office):
    add(office, "a")
    job = claim(office)
    expire(office, "a")
    with office.database.writing() as session:
        jobs.heartbeat(session, [job], SHORT)
    assert claim(office) is None


def test_failed_job_waits_longer_each_time(office):
    add(office, "a")
    began, waits = office.clock(), []
    for _ in range(4):
        settle(office, jobs.retry, claim(office), "the server is away")
        waits.append((row(office, "a").run_at - office.clock()).total_seconds())
        office.clock.now = row(office, "a").run_at
    assert waits == [15, 30, 60, 120]
    assert row(office, "a").planned_at == began
    assert row(office, "a").error == "the server is away"


def test_job_is_put_back_to_a_given_instant(office):
    add(office, "a")
    at = office.clock() + timedelta(days=3)
    settle(office, jobs.retry, claim(office), "not yet", at)
    assert row(office, "a").run_at == at


def test_job_is_given_up_in_the_end(office):
    add(office, "a")
    for _ in range(jobs.MOST_FAILURES):
        settle(office, jobs.retry, claim(office), "the server is away")
        office.clock.pass_by(hours=7)
    found = row(office, "a")
    assert (found.failed_at is not None, found.attempts, found.error) == (True, 14, "the server is away")
    assert claim(office) is None


def test_job_done_in_many_parts_fails_by_its_failures_alone(office):
    add(office, "a")
    for _ in range(jobs.MOST_FAILURES + 6):
        with office.database.writing() as session:
            jobs.go_on(session, jobs.claim(session, office.clock(), SHORT), office.clock())
    assert (row(office, "a").attempts, row(office, "a").error) == (20, None)
    settle(office, jobs.retry, claim(office), "the database is away")
    assert (row(office, "a").failed_at, row(office, "a").run_at) == (None, office.clock() + jobs.FIRST_PAUSE)


def test_job_waits_for_the_one_before(office):
    add(office, "letter")
    add(office, "mail", after="letter")
    letter = claim(office)
    assert claim(office) is None
    settle(office, jobs.done, letter)
    assert claim(office).key == "mail"


def test_jobs_that_waited_for_one_given_up_are_told_too(office):
    add(office, "letter")
    add(office, "mail", after="letter")
    add(office, "copy", after="mail")
    settle(office, jobs.give_up, claim(office), "no such font")
    assert [row(office, key).error for key in ("letter", "mail", "copy")] == [
        "no such font",
        "waits for letter, which was given up",
        "waits for letter, which was given up",
    ]


def test_job_given_up_is_put_back_with_those_that_waited(office):
    add(office, "letter")
    add(office, "mail", after="letter")
    settle(office, jobs.give_up, claim(office), "no such font")
    with office.database.writing() as session:
        assert jobs.rearm(session, row(office, "letter").id, office.clock())
    settle(office, jobs.done, claim(office))
    assert claim(office).key == "mail"
    with office.database.writing() as session:
        assert not jobs.rearm(session, row(office, "letter").id, office.clock())


def test_workers_at_once_never_share_a_job(office):
    for number in range(40):
        add(office, f"job {number:02}")
    taken, lock = [], threading.Lock()
    ready = threading.Barrier(6)

    def work():
        ready.wait()
        while (job := claim(office)) is not None:
            with lock:
                taken.append(job.key)
            settle(office, jobs.done, job)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [f"job {number:02}" for number in range(40)]


def test_job_added_by_an_act_that_fails_is_not_there(office):
    with pytest.raises(ZeroDivisionError), office.database.writing() as session:
        jobs.add(session, "mail", key="a", run_at=office.clock())
        raise ZeroDivisionError
    assert claim(office) is None
