"""The figures as tables of text."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from statistics import median

from bench.clients import Load
from bench.goals import Figures, Goal
from bench.written import Written

HEAD = f"{'':<26}{'clients':>8}{'applications/s':>16}{'requests/s':>12}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms each':>13}{'MiB':>7}{'ready s':>9}"


def machine(flush: tuple[float, float]) -> str:
    """What the figures were taken on."""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}, load {load:.1f}; "
        f"the disk makes 8 KB durable in {flush[0]:.2f} ms (median; p95 {flush[1]:.2f})"
    )


def figures(title: str, sides: Mapping[str, Figures]) -> str:
    """One table: a line for each server and number of clients."""
    lines = [f"\n{title}", HEAD]
    for name, found in sides.items():
        for clients, load in found.loads.items():
            lines.append(_line(name, clients, load) + f"{found.memory:>7.0f}{found.ready_after:>9.1f}")
    return "\n".join(lines)


def _line(name: str, clients: int, load: Load) -> str:
    requests = load.rate * len(load.timings) / load.applications
    return (
        f"{name:<26}{clients:>8}{load.rate:>16.1f}{requests:>12.0f}"
        f"{load.percentile(50):>9.1f}{load.percentile(95):>9.1f}{load.work_each:>13.1f}"
    )


def written(sides: Mapping[str, Written]) -> str:
    """What one application asks for and leaves, side by side."""
    lines = [f"\n{'of one application':<26}" + "".join(f"{name:>12}" for name in sides)]
    lines.append(_row("requests", [one.requests for one in sides.values()]))
    lines.append(_row("commits", [one.commits for one in sides.values()]))
    tables = sorted({table for one in sides.values() for table in one.rows})
    lines += [
        _row(f"rows in {table}", [one.rows.get(table, 0) for one in sides.values()]) for table in tables
    ]
    return "\n".join(lines)


def _row(name: str, values: Iterable[float]) -> str:
    return f"{name:<26}" + "".join(f"{value:>12g}" for value in values)


def pages(title: str, load: Load) -> str:
    """The median and the slowest twentieth of each kind of request."""
    lines = [f"\n{title:<44}{'p50 ms':>9}{'p95 ms':>9}"]
    for page, times in load.by_page().items():
        slow = sorted(times)[int(len(times) * 0.95)]
        lines.append(f"  {page:<42}{median(times) * 1000:>9.1f}{slow * 1000:>9.1f}")
    return "\n".join(lines)


def verdict(goals: Iterable[Goal]) -> str:
    """One line a goal."""
    return "\n".join(f"  {'met    ' if goal.is_met else 'NOT MET'}  {goal.sentence}" for goal in goals)
