"""What screens read of mails that don't arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unreachable:
    """An applicant whose last mail didn't arrive: the address, when that was known, why, and the telephone instead."""

    email: str
    at: datetime
    why: str
    phone: str
