"""today() and now(): they read the moment passed to the evaluation, and are null without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from engine.feel.limits import Run


def now(run: Run) -> datetime | None:
    """The moment of the evaluation, in its zone."""
    return run.now.astimezone(run.zone) if run.now and run.zone else run.now


def today(run: Run) -> date | None:
    """The day of the evaluation, in its zone."""
    moment = now(run)
    return moment.date() if moment else None


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("now(): date and time", now),
    ("today(): date", today),
)
