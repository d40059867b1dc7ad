"""The public body that runs the site: its name, its time zone, its colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who grants the aid; `holidays` is a country code of the `holidays` package, `currency` ISO 4217.

    `rehearsal`: all this site does is an exercise, and whatever it shows, prints or writes says so.
    """

    name: str
    zone: ZoneInfo
    holidays: str = "FR"
    languages: tuple[str, ...] = ("fr", "en")
    email: str = ""
    phone: str = ""
    address: str = ""
    logo: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)
    legal_notice: str = ""
    privacy_contact: str = ""
    currency: str = "EUR"
    rehearsal: bool = False

    def local_date(self, instant: datetime) -> date:
        """The day it is here at an aware instant."""
        return instant.astimezone(self.zone).date()

    def start_of(self, day: date) -> datetime:
        """The instant (UTC) at which a local day begins."""
        return datetime.combine(day, time(), tzinfo=self.zone).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The instant (UTC) at which a local day is over: the next local midnight."""
        return self.start_of(day + timedelta(days=1))
