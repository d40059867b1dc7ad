"""What time is left: until a scheme closes, and while a session lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.services.views import ApplicationView
from portal.showing import front, now, organisation

NEAR = 7  # days before the end, when it is said


@dataclass(frozen=True, slots=True)
class Closing:
    """A scheme about to close, or closed: its last local day, the days left (0 on it, less afterwards), and until when a
    draft is kept that was not filed."""

    day: date
    left: int
    kept_until: date | None


def closing(view: ApplicationView) -> Closing | None:
    """What is said of the end of a scheme to who fills a draft in; None while it is far, and once filed."""
    day = view.scheme.calendar.closes
    if day is None or view.reference is not None:
        return None
    left = (day - organisation().local_date(now())).days
    return Closing(day, left, view.expires_on) if left <= NEAR else None


def session_hours() -> int:
    """How many hours a session lasts when nothing is done."""
    return int(front().settings.applicant_idle.total_seconds() // 3600)
