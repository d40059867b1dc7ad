"""Kind `iban`: a bank account (ISO 13616), with the key of the French RIB checked too."""

from __future__ import annotations

import re

from stdnum import iban as accounts
from stdnum.exceptions import InvalidChecksum, ValidationError

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, Kind, Raw, Slips, slip
from engine.kinds.typed import latin_digits, single
from engine.words import Phrase, Printed

PATTERN = r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$(?!\n)"
RIB_COUNTRIES = ("FR", "MC")
RIB_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    typed = single(raw)[:80]
    text = re.sub(r"[\s.\-]", "", latin_digits(typed)).upper().removeprefix("IBAN:").removeprefix("IBAN")
    if not typed:
        return None
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", text):
        return slip(field, "not_an_iban")
    return slip(field, wrong) if (wrong := _wrong(text)) else text


def _wrong(text: str) -> str | None:
    """The code of what is wrong with an account number that has the right signs; None when it is right."""
    try:
        accounts.validate(text, check_country=False)
    except InvalidChecksum:
        return "iban_wrong_key"
    except ValidationError:
        return "not_an_iban"
    return "rib_wrong_key" if text.startswith(RIB_COUNTRIES) and not rib_key_is_right(text) else None


def is_iban(text: str) -> bool:
    """The format `iban`: an account number that fits its key, and the French one where it has one."""
    return _wrong(text) is None


def rib_key_is_right(account: str) -> bool:
    """Whether the two last digits fit the bank, branch and account of a French IBAN (97 minus the remainder)."""
    rib = account[4:].translate(RIB_LETTERS)
    if not re.fullmatch(r"[0-9]{23}", rib):
        return False
    bank, branch, number, key = int(rib[:5]), int(rib[5:10]), int(rib[10:21]), int(rib[21:])
    return key == 97 - (89 * bank + 15 * branch + 3 * number) % 97


def shown(answer: str) -> str:
    """In groups of four."""
    return " ".join(answer[start : start + 4] for start in range(0, len(answer), 4))


def _controls(field: FieldView, answer: Json) -> Controls:
    return {"": [shown(answer)] if isinstance(answer, str) else []}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    return (Printed(shown(answer), "text"),) if isinstance(answer, str) else ()


IBAN = Kind(
    name="iban",
    keys={},
    codes=("not_an_iban", "iban_wrong_key", "rib_wrong_key", "account_refused"),
    feel_type=lambda field: feel.STRING,
    read=_read,
    schema=lambda field: {"type": "string", "format": "iban", "pattern": PATTERN},
    raw=_controls,
    printed=_printed,
    formats={"iban": is_iban},
    proven=True,
)
