"""Many played applicants, arriving at a chosen rate: who they are is drawn from one seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from threading import Event
from time import monotonic

from authoring.samples import Sample, invent
from engine.language import Scheme
from engine.organisation import Organisation
from guichet.rehearsal import habits
from guichet.rehearsal.applicant import Applicant, Visit
from guichet.rehearsal.browser import Browser, NotARehearsal
from guichet.rehearsal.mailbox import Mailbox

AT_ONCE = 16  # visits under way: who arrives then waits for a place, and the rate isn't reached


@dataclass(frozen=True, slots=True)
class Stage:
    """Where is played: the rehearsal's address and mark, its scheme, its day, and its held mails."""

    origin: str
    mark: str
    scheme: Scheme
    organisation: Organisation
    now: datetime
    mailbox: Mailbox


@dataclass(frozen=True, slots=True)
class Programme:
    """How many arrive, every how many seconds on average, drawn from which seed."""

    count: int
    every: float
    seed: int


def require_rehearsal(stage: Stage) -> None:
    """Look at the first page. Raises NotARehearsal, OSError."""
    browser = Browser(stage.origin, stage.mark)
    browser.get("/")
    browser.close()


def play(stage: Stage, programme: Programme, *, told: Callable[[Visit], object], stop: Event) -> None:
    """Play until all have left, or `stop` is set; `told` hears of each visit that ended, in any order.

    Raises NotARehearsal at the first answer that isn't the rehearsal's, NoSample when the scheme lets nobody through.
    """
    arrivals, at = Random(programme.seed), monotonic()
    failed: list[NotARehearsal] = []

    def visit(applicant: Applicant) -> None:
        if stop.is_set():
            return
        try:
            told(applicant.apply())
        except NotARehearsal as error:
            failed.append(error)
            stop.set()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            for applicant in applicants(stage, programme):
                if stop.wait(max(0.0, at - monotonic())):
                    break
                pool.submit(visit, applicant)
                at += arrivals.expovariate(1 / programme.every) if programme.every else 0.0
        except BaseException:
            stop.set()
            raise
    if failed:
        raise failed[0]


def applicants(stage: Stage, programme: Programme) -> Iterator[Applicant]:
    """Who comes, in order: the same for the same seed and the same day."""
    for number, sample in enumerate(_samples(stage, programme)):
        random = Random(f"{programme.seed}:{number}")
        yield Applicant(
            scheme=stage.scheme,
            sample=sample,
            email=f"demandeur-{programme.seed}-{number}@fictif.example",
            habits=habits.draw(random, len(stage.scheme.form)),
            random=random,
            visiting=lambda: Browser(stage.origin, stage.mark),
            mailbox=stage.mailbox,
        )


def _samples(stage: Stage, programme: Programme) -> Iterator[Sample]:
    """Answers as they are typed today, whatever days the scheme is open."""
    today = stage.organisation.local_date(stage.now)
    calendar = replace(stage.scheme.calendar, opens=today, closes=today)
    return invent(
        replace(stage.scheme, calendar=calendar),
        programme.count,
        random=Random(programme.seed),
        now=stage.now,
        organisation=stage.organisation,
    )
