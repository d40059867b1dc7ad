"""Functions timed in turn, in short bursts, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import process_time_ns
from typing import Any

BURST = 2_000_000  # nanoseconds, about


def times_each(calls: Mapping[str, Callable[[], Any]], *, rounds: int = 41) -> dict[str, list[float]]:
    """Nanoseconds a call of each, round by round; every round runs each of them for about as long."""
    often = {name: _repetitions(run) for name, run in calls.items()}
    found: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(rounds):
        for name in list(calls)[:: -1 if number % 2 else 1]:
            found[name].append(_timed(calls[name], often[name]))
    return found


def ratio(one: list[float], other: list[float]) -> float:
    """How much longer the one takes than the other: the median of the rounds' ratios."""
    return median(first / second for first, second in zip(one, other, strict=True))


def _repetitions(run: Callable[[], Any]) -> int:
    _timed(run, 3)
    return max(int(BURST / max(_timed(run, 5), 1)), 1)


def _timed(run: Callable[[], Any], repetitions: int) -> float:
    start = process_time_ns()
    for _ in range(repetitions):
        run()
    return (process_time_ns() - start) / repetitions
