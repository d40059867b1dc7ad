"""Local days of an organisation, overseas and when clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.organisation import Organisation

DAYS = [
    (
        "Europe/Paris",
        date(2020, 6, 20),
        datetime(2020, 6, 19, 22, tzinfo=UTC),
        datetime(2020, 6, 20, 22, tzinfo=UTC),
    ),
    (
        "Europe/Paris",
        date(2026, 3, 29),
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    ),
    (
        "Indian/Reunion",
        date(2026, 1, 1),
        datetime(2025, 12, 31, 20, tzinfo=UTC),
        datetime(2026, 1, 1, 20, tzinfo=UTC),
    ),
    (
        "America/Martinique",
        date(2026, 1, 1),
        datetime(2026, 1, 1, 4, tzinfo=UTC),
        datetime(2026, 1, 2, 4, tzinfo=UTC),
    ),
]


@pytest.mark.parametrize(("zone", "day", "start", "end"), DAYS)
def test_day_begins_and_ends_at_local_midnight(zone, day, start, end):
    organisation = Organisation(name="Organisme d'essai", zone=ZoneInfo(zone))
    assert organisation.start_of(day) == start
    assert organisation.end_of(day) == end
    assert organisation.local_date(start) == day
    assert organisation.local_date(end) > day
