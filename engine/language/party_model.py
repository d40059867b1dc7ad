"""The people a dossier concerns besides its applicant: who they are, and when there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.language.expressions import Expression, Text
from engine.language.form_model import APPLICANT

__all__ = ["APPLICANT", "Party", "Representative"]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who fills in pages and signs; `name` and `email` are fields of the form, `when` says whether there is one."""

    id: str
    label: Text
    email: str
    name: str | None = None
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Representative:
    """Who fills the form in for somebody else when `when` holds (always without one): `name` and `represents` are the fields
    that name both, `mandate` the document that proves it, `may_not` the applicant's actions they can't do in their place."""

    label: Text
    name: str
    represents: str
    mandate: str
    when: Expression | None = None
    may_not: tuple[str, ...] = ()

    def acts(self, values: Mapping[str, object], now: datetime, zone: ZoneInfo) -> bool:
        """Whether somebody applies in the applicant's place, by what was answered."""
        return self.when is None or self.when.holds(values, now, zone)
