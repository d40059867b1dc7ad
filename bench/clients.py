"""The load: so many clients, each a process of its own, applying one after another for so many seconds."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from statistics import median, quantiles

from bench.applicant import apply
from bench.browser import Browser
from bench.forms import Form

HOST = "127.0.0.1"
HEAD_START = 0.3  # seconds until all processes are up


@dataclass(slots=True)
class Load:
    """What came of one or more rounds. `rates`: applications a second, one a round; `timings` of single requests."""

    rates: list[float] = field(default_factory=list)
    applications: int = 0
    timings: list[tuple[str, float]] = field(default_factory=list)
    work: float = 0  # seconds of processor the server took

    def add(self, other: Load) -> None:
        """Put another round with this one."""
        self.rates += other.rates
        self.applications += other.applications
        self.timings += other.timings
        self.work += other.work

    @property
    def work_each(self) -> float:
        """Processor time of one application, in milliseconds: it hardly depends on what else the machine does."""
        return self.work / self.applications * 1000

    @property
    def rate(self) -> float:
        """Applications a second: the median of the rounds."""
        return median(self.rates)

    def ratio_to(self, other: Load) -> float:
        """The median of the ratios, round by round: the two were driven in turn."""
        return median(mine / theirs for mine, theirs in zip(self.rates, other.rates, strict=True))

    def percentile(self, percent: int) -> float:
        """Of the time of one request, in milliseconds."""
        times = [seconds for _, seconds in self.timings]
        return quantiles(times, n=100, method="inclusive")[percent - 1] * 1000

    def by_page(self) -> dict[str, list[float]]:
        """The times of each kind of request, in the order they were first seen."""
        found: dict[str, list[float]] = {}
        for page, seconds in self.timings:
            found.setdefault(page, []).append(seconds)
        return found


def drive(port: int, form: Form, clients: int, seconds: float) -> Load:
    """One round. Whoever is in the middle of an application when time is up finishes it, on its own clock."""
    start = time.perf_counter() + HEAD_START
    load = Load()
    with ProcessPoolExecutor(clients, mp_context=get_context("fork")) as pool:
        jobs = [pool.submit(_client, port, form, start, seconds, number) for number in range(clients)]
        results = [job.result() for job in jobs]
    load.rates = [sum(rate for rate, _, _ in results)]
    load.applications = sum(count for _, count, _ in results)
    load.timings = [one for _, _, timings in results for one in timings]
    return load


def apply_some(port: int, form: Form, count: int) -> list[str]:
    """So many applications, one after another, unmeasured; returns their public ids."""
    return [_apply(port, form, number)[0] for number in range(count)]


def _client(
    port: int, form: Form, start: float, seconds: float, number: int
) -> tuple[float, int, list[tuple[str, float]]]:
    """Apply from `start` on; returns the rate, the count and the timings. The clock is the machine's, monotonic."""
    time.sleep(max(start - time.perf_counter(), 0))
    began, count = time.perf_counter(), 0
    timings: list[tuple[str, float]] = []
    while time.perf_counter() < start + seconds:
        timings += _apply(port, form, number * 17 + count)[1]
        count += 1
    return count / (time.perf_counter() - began), count, timings


def _apply(port: int, form: Form, number: int) -> tuple[str, list[tuple[str, float]]]:
    """A new visitor each time: a connection and cookies of their own."""
    browser = Browser(HOST, port)
    try:
        public_id = apply(browser, form.slug, form.applicant(number))
    finally:
        browser.close()
    return public_id, browser.timings
