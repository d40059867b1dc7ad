"""When invented people act: an office in its hours, applicants when they are awake; mails leave when what they tell was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dossiers.effects import Outcome, Runner
from dossiers.jobs import Claimed
from dossiers.office import Office
from workflows.calendar import is_working_day

ZONE, HOLIDAYS = ZoneInfo("Europe/Paris"), "FR"
DAY = timedelta(days=1)
OPENS, NOON, REOPENS, CLOSES = time(9), time(12), time(14), time(17, 30)
WAKES, SLEEPS = time(8), time(22)
DATED = ("mail", "platform", "receipt", "letter")  # the effects that bear the time at which they are done


def at_work(moment: datetime) -> datetime:
    """The moment itself in the hours of an office, else one in the next ones: never before it, and not all at opening."""
    local = moment.astimezone(ZONE)
    if not is_working_day(local.date(), HOLIDAYS) or local.time() > CLOSES:
        return _next_morning(local)
    if local.time() < OPENS:
        return _squeezed(local, time(0), (OPENS, NOON), OPENS)
    if NOON <= local.time() < REOPENS:
        return _squeezed(local, NOON, (REOPENS, CLOSES), REOPENS)
    return moment


def awake(moment: datetime) -> datetime:
    """The moment itself by day, else one in the next hours of a day."""
    local = moment.astimezone(ZONE)
    if local.time() < WAKES:
        return _squeezed(local, time(0), (WAKES, NOON), WAKES)
    return local.astimezone(UTC) if local.time() < SLEEPS else (local + timedelta(hours=11)).astimezone(UTC)


def when_done(runners: Mapping[str, Runner]) -> Mapping[str, Runner]:
    """The worker's runners for a site whose past is invented all at once: what leaves bears the time it was asked for."""
    return {kind: partial(_then, run) if kind in DATED else run for kind, run in runners.items()}


def _then(run: Runner, job: Claimed, office: Office) -> Outcome:
    return run(job, replace(office, clock=lambda: job.planned_at))


def _next_morning(local: datetime) -> datetime:
    day = local.date() + DAY
    while not is_working_day(day, HOLIDAYS):
        day += DAY
    return _squeezed(local.combine(day, local.time(), ZONE), time(0), (OPENS, NOON), time(23, 59))


def _squeezed(local: datetime, start: time, into: tuple[time, time], end: time) -> datetime:
    """The moment's place between two times of its day, as the same place between two later ones."""
    first, last, low, high = (_on(local, one) for one in (start, end, *into))
    return (low + (high - low) * min((local - first) / (last - first), 0.99)).astimezone(UTC)


def _on(local: datetime, hour: time) -> datetime:
    return local.combine(local.date(), hour, ZONE)
