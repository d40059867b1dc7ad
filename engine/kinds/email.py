"""Kind `email`: an e-mail address, checked without asking any network."""

from __future__ import annotations

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, slip
from engine.kinds.typed import is_storable, single, unjoined

LONGEST = 254  # RFC 5321, 4.5.3.1.3
PATTERN = r"^[^@\s]+@[^@\s]+$(?!\n)"


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = unjoined(single(raw)).strip().removeprefix("mailto:")
    if not text:
        return None
    return _normal(text) or slip(field, "not_an_email")


def _normal(text: str) -> str | None:
    """The address as it is kept; None when it is none."""
    if len(text) > LONGEST or not is_storable(text):
        return None
    from email_validator import (
        EmailNotValidError,
        validate_email,
    )  # tables of addresses and domains: for the first one

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def is_email(text: str) -> bool:
    """The format `email`: an address mail can be sent to, as far as it can be told without asking the network."""
    return _normal(text) is not None


EMAIL = Kind(
    name="email",
    keys={},
    codes=("not_an_email", "address_taken"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "maxLength": LONGEST, "format": "email", "pattern": PATTERN},
    formats={"email": is_email},
    proven=True,
)
