"""What a bank's answer to a payment means, and the numbers by which it is known again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Then = Literal["account", "look", "again"]
REASONS = Path(__file__).with_name("bank_reasons.yaml")
LONGEST = 35  # signs of a number in a file for a bank
_PAYMENT = re.compile(r"-(\d+)\Z")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a payment came back, in words by language, and what follows: the beneficiary is asked for another `account`,
    the accountant has a `look`, or it goes `again` into the next batch."""

    code: str
    words: Mapping[str, str]
    then: Then


def reason_of(code: str) -> Reason:
    """The reason of a code; one nobody knows is left to the accountant, its code for all words."""
    return reasons().get(code) or Reason(code, {}, "look")


@cache
def reasons() -> Mapping[str, Reason]:
    """Every reason, by its code."""
    found = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    return {
        code: Reason(code, {name: text for name, text in one.items() if name != "then"}, one["then"])
        for code, one in found.items()
    }


def payment_number(reference: str, payment: int) -> str:
    """The number of a payment that comes back with the bank's answer (EndToEndId): the row at its end is always whole."""
    return f"{reference[: LONGEST - len(str(payment)) - 1]}-{payment}"


def payment_of(number: str) -> int | None:
    """The row of a payment, by its number; None for a number that isn't one of ours."""
    found = _PAYMENT.search(number)
    return int(found[1]) if found and len(found[1]) < LONGEST // 2 else None


def message_number(slug: str, number: int | None, batch_id: str) -> str:
    """The number of a batch as a file (MsgId): the same each time it is made, so that a bank refuses the second."""
    return f"{slug[:20]}-{number}-{batch_id[:8]}".replace("_", "-")
