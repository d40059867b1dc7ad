"""The worker: does the jobs that wait, brings the days that have come, seals the journal. Any number may run.

Killed at any moment it loses nothing: what it held is taken over once its lease is over.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from sqlalchemy import Text, cast, literal, select
from sqlalchemy.exc import DBAPIError

from dossiers import jobs, journal, sessions, throttle
from dossiers.changes.anonymisation import ERASE
from dossiers.database import DeadlineRow, Job
from dossiers.effects import RUNNERS, Done, GiveUp, GoesOn, Outcome, Retry, Runner, anonymisation, deadline
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import codes, figure_keeping, figure_mails, kept_typing, orphans, retention
from dossiers.services.desk import Desk

log = logging.getLogger("guichet.worker")

POLL = 1.0  # seconds between two looks when nobody wakes us: other processes can't
SEALED_EVERY, SWEPT_EVERY = (
    2.0,
    3600.0,
)  # seconds; figures follow seals, and are shown as of a few seconds ago
MORNING_EVERY = 60.0
FIRST_AFTER = 30.0  # seconds after the start: the first pages go before slow duties
PAUSE_AFTER_FAILURE = 2.0  # seconds, when the database itself doesn't answer
PURGING = (anonymisation.KIND, ERASE)  # the kinds of jobs that retention needs
MOST_DEADLINES = 200  # put in line at once
STOPPED_WITHIN = 30.0  # seconds given to the jobs being done


class Worker:
    """Does the work of one office, on its own threads (`start`, `stop`) or step by step (`run_once`)."""

    def __init__(
        self,
        office: Office,
        *,
        runners: Mapping[str, Runner] = RUNNERS,
        lease: timedelta = jobs.LEASE,
        kinds: Collection[str] | None = None,
    ) -> None:
        """`kinds`: the only jobs it does; all of them when not said."""
        self._office = office
        self._kinds = kinds
        self._runners = runners
        self._lease = lease
        self._held: dict[int, Claimed] = {}
        self._held_lock = threading.Lock()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def run_once(self) -> bool:
        """Put the days that have come in line, do one job, seal; whether there was work."""
        queued = self.queue_deadlines()
        ran = self.run_job()
        self.seal()
        return queued or ran

    def run_all(self) -> None:
        """Work until there is nothing to do now."""
        while self.run_once():
            pass

    def start(self) -> None:
        """Work on threads of its own until stopped. Raises RuntimeError when it is at work already."""
        if self._threads:
            raise RuntimeError("this worker is at work already")
        self._stopping.clear()
        bodies = [self._keep_house] + [self._work] * self._office.settings.worker_threads
        self._threads = [
            threading.Thread(target=body, name=f"worker-{number}", daemon=True)
            for number, body in enumerate(bodies)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish the jobs being done, take no other, seal a last time."""
        self._stopping.set()
        self._office.wake.set()
        for thread in self._threads:
            thread.join(STOPPED_WITHIN)
        self._threads = []
        self._guarded(self.seal)

    def queue_deadlines(self) -> bool:
        """Put a job in line for each deadline that is due; whether there was any."""
        office, now = self._office, self._office.clock()
        in_line = select(Job.id).where(Job.key == literal(f"{deadline.KIND}:") + cast(DeadlineRow.id, Text))
        due = (
            select(DeadlineRow.id, DeadlineRow.dossier_id)
            .where(
                DeadlineRow.due_at <= now,
                DeadlineRow.done_at.is_(None),
                DeadlineRow.cancelled_at.is_(None),
                ~in_line.exists(),
            )
            .order_by(DeadlineRow.due_at, DeadlineRow.id)
            .limit(MOST_DEADLINES)
        )
        with office.database.reading() as session:
            rows = session.execute(due).all()
        if not rows:
            return False
        with office.database.writing() as session:
            for id, dossier_id in rows:
                options = {"deadline_id": id}
                jobs.add(
                    session,
                    deadline.KIND,
                    key=deadline.key(id),
                    dossier_id=dossier_id,
                    options=options,
                    run_at=now,
                )
        office.wake.set()
        return True

    def queue_retention(self, slug: str | None = None) -> int:
        """Put a job in line for each dossier whose keeping is over, of one scheme or of all; how many are new."""
        office, now = self._office, self._office.clock()
        due = Desk(office).read(lambda work: list(retention.due(work, slug)))
        if not due:
            return 0
        with office.database.writing() as session:
            new = [
                jobs.add(
                    session,
                    anonymisation.KIND,
                    key=anonymisation.key(one),
                    dossier_id=one.dossier_id,
                    run_at=now,
                )
                for one in due
            ]
        office.wake.set()
        return sum(new)

    def run_job(self) -> bool:
        """Do one job, if one waits; whether one did."""
        office, now = self._office, self._office.clock()
        with office.database.reading() as session:
            if not jobs.is_due(session, now, self._kinds):
                return False
        with office.database.writing() as session:
            job = jobs.claim(session, now, self._lease, self._kinds)
        if job is None:
            return False
        with self._held_lock:
            self._held[job.id] = job
        try:
            self._settle(job, self._run(job))
        finally:
            with self._held_lock:
                self._held.pop(job.id, None)
        return True

    def seal(self) -> None:
        """Seal what the journal has since the last time."""
        office = self._office
        with office.database.reading() as session:
            if not journal.is_unsealed(session):
                return
        with office.database.writing() as session:
            journal.seal(session, office.vault, office.clock())

    def keep_figures(self) -> None:
        """Bring the figures of dashboards up to what is sealed."""
        desk = Desk(self._office)
        while desk.read(figure_keeping.is_behind) and desk.act(figure_keeping.keep_up):
            pass

    def queue_figure_mails(self) -> bool:
        """Put the mails of this morning in line; whether there was any."""
        desk = Desk(self._office)
        return bool(desk.read(figure_mails.due)) and bool(desk.act(figure_mails.queue))

    def _run(self, job: Claimed) -> Outcome:
        runner = self._runners.get(job.kind)
        if runner is None:
            return GiveUp(f"nobody here knows how to do {job.kind!r}")
        try:
            return runner(job, self._office)
        except Exception as error:  # whatever a job does, the worker lives on and people are told
            about = {"job": job.key, "kind": job.kind, "error": type(error).__name__}
            log.error("A job failed", extra=about, exc_info=not isinstance(error, DBAPIError))
            first_line = str(error).partition("\n")[0]  # a database quotes the row in those after
            return Retry(f"{type(error).__name__}: {first_line}")

    def _settle(self, job: Claimed, outcome: Outcome) -> None:
        """Acknowledge, put back or give up; nothing when another worker has taken the job over meanwhile."""
        now = self._office.clock()
        with self._office.database.writing() as session:
            match outcome:
                case Done(record):
                    if jobs.done(session, job, now) and record is not None:
                        record(session)
                case GoesOn(at):
                    jobs.go_on(session, job, at)
                case Retry(reason, at):
                    jobs.retry(session, job, now, reason, at)
                case GiveUp(reason):
                    log.error("A job was given up", extra={"job": job.key, "kind": job.kind})
                    jobs.give_up(session, job, now, reason)

    def _work(self) -> None:
        wake = self._office.wake
        while not self._stopping.is_set():
            wake.clear()  # before looking, never after: who commits now is seen, or wakes us again
            if not self._guarded(self.run_job) and not self._stopping.is_set():
                wake.wait(POLL)

    def _keep_house(self) -> None:
        """Deadlines, heartbeats and seals, beside the threads that do the jobs."""
        heartbeat = self._lease.total_seconds() / 4
        duties: list[tuple[float, Callable[[], object]]] = [
            (POLL, self.queue_deadlines),
            (heartbeat, self._beat),
            (SEALED_EVERY, self.seal),
            (SEALED_EVERY, self.keep_figures),
            (MORNING_EVERY, self.queue_figure_mails),
            (SWEPT_EVERY, self._sweep),
            (SWEPT_EVERY, self.queue_retention),
            (SWEPT_EVERY, self._sweep_orphans),
        ]
        began = time.monotonic()
        due_at = [began + min(every, FIRST_AFTER) for every, _ in duties]
        while not self._stopping.wait(min(POLL, heartbeat)):
            for number, (every, duty) in enumerate(duties):
                if time.monotonic() >= due_at[number]:
                    due_at[number] = time.monotonic() + every
                    self._guarded(duty)

    def _beat(self) -> None:
        with self._held_lock:
            held = list(self._held.values())
        if held:
            with self._office.database.writing() as session:
                jobs.heartbeat(session, held, self._lease)

    def _sweep(self) -> None:
        office, now = self._office, self._office.clock()
        with office.database.writing() as session:
            sessions.sweep(session, now)
            throttle.sweep(session, now)
            codes.sweep(session, now)
            kept_typing.sweep(session, now)

    def _sweep_orphans(self) -> None:
        Desk(self._office).act(figure_keeping.sweep)
        try:
            orphans.sweep(self._office)
        except orphans.TooMany as error:
            log.error(str(error), extra={"orphans": error.count, "known": error.known})

    def _guarded(self, duty: Callable[[], object]) -> bool:
        """Do it; when the database doesn't answer, say so and wait a little, rather than end the thread."""
        try:
            return bool(duty())
        except Exception as error:
            about = {"error": type(error).__name__}
            log.error("The worker could not work", extra=about, exc_info=not isinstance(error, DBAPIError))
            self._stopping.wait(PAUSE_AFTER_FAILURE)
            return False
