"""Kinds `department` (of France) and `country`: chosen in a list that comes with Guichet, stored by their codes."""

from __future__ import annotations

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Json, JsonSchema, Kind, Raw, Slips, slip
from engine.kinds.typed import latin_digits, single
from engine.places import COUNTRIES, departments
from engine.words import Phrase, Printed

KNOWN = frozenset(COUNTRIES)


def _read_department(field: FieldView, raw: Raw) -> Json | Slips | None:
    code = latin_digits(single(raw)).upper()
    if not code:
        return None
    code = code.zfill(2)
    return code if code in departments() else slip(field, "no_such_department")


def _read_country(field: FieldView, raw: Raw) -> Json | Slips | None:
    code = single(raw).upper()
    if not code:
        return None
    return code if code in KNOWN else slip(field, "not_an_option")


def _department(field: FieldView, answer: Json) -> object:
    return answer if isinstance(answer, str) and answer in departments() else None


def _country(field: FieldView, answer: Json) -> object:
    return answer if isinstance(answer, str) and answer in KNOWN else None


def _schema_of_departments(field: FieldView) -> JsonSchema:
    return {"type": "string", "enum": list(departments())}


def _printed_department(field: FieldView, answer: Json, language: str) -> Phrase:
    return (Printed(answer, "department"),) if isinstance(answer, str) else ()


def _printed_country(field: FieldView, answer: Json, language: str) -> Phrase:
    """The code: each language has its own names."""
    return (Printed(answer, "country"),) if isinstance(answer, str) else ()


DEPARTMENT = Kind(
    name="department",
    keys={},
    codes=("no_such_department",),
    feel_type=lambda field: feel.String(frozenset(departments()), "department"),
    read=_read_department,
    schema=_schema_of_departments,
    value=_department,
    printed=_printed_department,
    unit="department",
)
COUNTRY = Kind(
    name="country",
    keys={},
    codes=("not_an_option",),
    feel_type=lambda field: feel.String(KNOWN, "country"),
    read=_read_country,
    schema=lambda field: {"type": "string", "enum": list(COUNTRIES)},
    value=_country,
    printed=_printed_country,
    unit="country",
)
