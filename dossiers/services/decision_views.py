"""A decision as its applicant reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from engine.eligibility import RuleResult
from engine.language.model import Text
from engine.words import Phrase


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided, when, how much, and why. `rules` are the rules that failed, with the values used;
    `reason` what the office gave besides, `details` what else it wrote that its letters and mails print, by label;
    `remedies` the name of the text that tells how to appeal; `read_at`: when the applicant first opened it;
    `suspended_since`: when the payment of what is granted was stopped."""

    outcome: Literal["granted", "refused"]
    at: datetime
    amount: Decimal | None
    currency: str
    rules: tuple[RuleResult, ...]
    reason: Phrase
    remedies: str | None
    read_at: datetime | None = None
    details: tuple[tuple[Text, Phrase], ...] = ()
    suspended_since: datetime | None = None
