"""The speed to reach, on the small form with one web process and durable commits; what a run says of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.clients import Load
from bench.written import Written

LEAST_RATE = 16  # applications a second with four clients
LEAST_RATIO, AIMED_RATIO = 0.40, 0.60  # of the floor's rate
SLOWEST = {1: 25, 4: 60}  # p95 of a request in milliseconds, by number of clients
MOST_MEMORY = 120  # MiB
LONGEST_START = 3  # seconds until `serve` answers
MOST_LOST = 0.15  # of the rate, with 100 000 dossiers stored


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the verdict."""

    sentence: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one server: loads by number of clients, MiB, seconds to be ready, what it writes."""

    loads: dict[int, Load]
    memory: float
    ready_after: float
    written: Written | None = None


def speed_goals(ours: Figures, floor: Figures) -> Iterator[Goal]:
    """What the small form on one database is held to."""
    rate = ours.loads[4].rate
    yield Goal(
        f"{rate:.1f} applications a second with four clients (at least {LEAST_RATE})", rate >= LEAST_RATE
    )
    for clients, load in ours.loads.items():
        yield _ratio_goal(load, floor.loads[clients], clients)
    for clients, most in SLOWEST.items():
        found = ours.loads[clients].percentile(95)
        yield Goal(f"p95 {found:.1f} ms a request with {_clients(clients)} (under {most})", found < most)
    yield Goal(f"{ours.memory:.0f} MiB (under {MOST_MEMORY})", ours.memory < MOST_MEMORY)
    if ours.written and floor.written:
        same = (ours.written.requests, ours.written.commits) == (
            floor.written.requests,
            floor.written.commits,
        )
        yield Goal("as many requests and commits as the floor", same)


def _ratio_goal(ours: Load, floor: Load, clients: int) -> Goal:
    """The rate against the floor's; by processor time too, which says the truth on a machine that others use."""
    ratio, by_work = ours.ratio_to(floor), floor.work_each / ours.work_each
    wanted = f"at least {LEAST_RATIO:.0%}, aim {AIMED_RATIO:.0%}; by processor time {by_work:.0%}"
    return Goal(f"{ratio:.0%} of the floor with {_clients(clients)} ({wanted})", ratio >= LEAST_RATIO)


def start_goal(seconds: float) -> Goal:
    """`serve`, from the command to its first page."""
    return Goal(f"`serve` ready after {seconds:.1f} s (within {LONGEST_START})", seconds <= LONGEST_START)


def stored_goal(empty: Load, filled: Load, count: int) -> Goal:
    """The rate beside many dossiers, against the rate beside none."""
    ratio = filled.ratio_to(empty)
    return Goal(
        f"{ratio:.0%} of the rate with {count} dossiers stored (at least {1 - MOST_LOST:.0%})",
        ratio >= 1 - MOST_LOST,
    )


def _clients(count: int) -> str:
    return "one client" if count == 1 else f"{count} clients"
