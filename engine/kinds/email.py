"""Kind `email`: an e-mail address, checked without asking any network."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, Kind, Raw, Slips, slip
from engine.kinds.typed import is_storable, single


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = single(raw).removeprefix("mailto:")
    if not text:
        return None
    if len(text) > 254 or not is_storable(text):  # RFC 5321, 4.5.3.1.3
        return slip(field, "not_an_email")
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return slip(field, "not_an_email")


EMAIL = Kind(
    name="email",
    keys={},
    codes=("not_an_email",),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "maxLength": 254, "pattern": r"^[^@\s]+@[^@\s]+$(?!\n)"},
)
