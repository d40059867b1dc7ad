"""Kinds `yes_no` (two radio buttons) and `consent` (a box that must be ticked)."""

from __future__ import annotations

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import Controls, Json, Kind, Raw, Slips, slip
from engine.kinds.typed import single
from engine.words import Phrase, Printed

YES = frozenset({"yes", "oui", "true", "on", "1"})
NO = frozenset({"no", "non", "false", "off", "0"})


def _read_yes_no(field: FieldView, raw: Raw) -> Json | Slips | None:
    text = single(raw).casefold()
    if not text:
        return None
    return text in YES if text in YES | NO else slip(field, "not_yes_or_no")


def _read_consent(field: FieldView, raw: Raw) -> Json | Slips | None:
    """True when ticked; an optional one left alone is a plain no."""
    if single(raw).casefold() in YES:
        return True
    return False if field.optional else None


def _truth(field: FieldView, answer: Json) -> object:
    return answer if isinstance(answer, bool) else None


def _yes_no_controls(field: FieldView, answer: Json) -> Controls:
    return {"": [("no", "yes")[answer]] if isinstance(answer, bool) else []}


def _consent_controls(field: FieldView, answer: Json) -> Controls:
    return {"": ["yes"] if answer is True else []}


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    return (Printed(answer, "boolean"),) if isinstance(answer, bool) else ()


YES_NO = Kind(
    name="yes_no",
    keys={},
    codes=("not_yes_or_no",),
    feel_type=lambda field: feel.BOOLEAN,
    read=_read_yes_no,
    schema=lambda field: {"type": "boolean"},
    value=_truth,
    raw=_yes_no_controls,
    printed=_printed,
    unit="boolean",
    proven=True,
)
CONSENT = Kind(
    name="consent",
    keys={},
    codes=("not_accepted",),
    feel_type=lambda field: feel.BOOLEAN,
    read=_read_consent,
    schema=lambda field: {"type": "boolean"} if field.optional else {"const": True},
    value=_truth,
    raw=_consent_controls,
    printed=_printed,
    blank="not_accepted",
    unit="boolean",
    proven=True,
)
