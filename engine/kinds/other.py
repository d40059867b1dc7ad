"""What is answered beside the options, in words: stored as {"other": text}; the rules see the code `other`."""

from __future__ import annotations

from engine.kinds.field import FieldView
from engine.kinds.kind import Json, JsonSchema, Raw, Slips, members, slip
from engine.kinds.options import OTHER, label_of
from engine.kinds.typed import composed, is_storable, single

TYPED_OTHER = "-other"  # the control the words are typed in
LONGEST = 200
STORABLE = r"^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+$"
OTHER_SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {OTHER: {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": STORABLE}},
    "required": [OTHER],
    "additionalProperties": False,
}


def other_text(answer: Json) -> str | None:
    """The words of an answer beside the options; None for any other answer."""
    found = members(answer).get(OTHER)
    return found if isinstance(found, str) else None


def read_other(field: FieldView, raw: Raw) -> Json | Slips:
    """What is typed beside the options."""
    text = composed(" ".join(single(raw, TYPED_OTHER).split()))
    if not text:
        return slip(field, "other_missing", OTHER)
    if not is_storable(text):
        return slip(field, "control_character", OTHER)
    if len(text) > LONGEST:
        return slip(field, "too_long", OTHER, max=LONGEST, length=len(text))
    return {OTHER: text}


def printed_other(field: FieldView, text: str, language: str) -> str:
    """As people read it: what the option is called, then the words."""
    return f"{label_of(field, OTHER, language)} – {text}"
