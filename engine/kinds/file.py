"""Kind `file`: documents sent with an application; the answer lists them, the store keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from engine.feel import types as feel
from engine.kinds.date import PARTS as DATE_PARTS
from engine.kinds.date import PATTERN as DATE_PATTERN
from engine.kinds.date import date_controls, read_date
from engine.kinds.field import FieldView
from engine.kinds.kind import (
    COUNTS,
    Controls,
    Json,
    JsonSchema,
    Kind,
    Raw,
    Slips,
    constant,
    count_keys,
    count_schema,
    items,
    members,
    print_list,
    slip,
    whole_option,
)
from engine.problems import AnswerProblem
from engine.words import Phrase

MEGABYTE = 1_000_000
LARGEST = 10 * MEGABYTE  # when the scheme doesn't say
MOST = 10  # documents under one field, when the scheme doesn't say
MEDIA_TYPES: Mapping[str, tuple[str, ...]] = {
    "pdf": ("application/pdf",),
    "jpeg": ("image/jpeg",),
    "png": ("image/png",),
    "webp": ("image/webp",),
    "heic": ("image/heic", "image/heif"),
    "tiff": ("image/tiff",),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    "odt": ("application/vnd.oasis.opendocument.text",),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet",),
}
ACCEPTED = ("pdf", "jpeg", "png")  # when the scheme doesn't say


STAMPED = frozenset({"pdf", "jpeg", "png", "webp", "heic", "tiff"})  # what a notice can be written across


def accepted(field: FieldView) -> tuple[str, ...]:
    """The names of the formats the field takes; an identity document is one that can be stamped."""
    named = tuple(cast("Sequence[str]", field.options.get("accept") or ACCEPTED))
    return tuple(name for name in named if name in STAMPED) or ACCEPTED if is_identity(field) else named


def is_identity(field: FieldView) -> bool:
    """Whether the documents of a field prove who somebody is: staff get stamped copies only."""
    return field.options.get("identity") is True


def may_come_later(field: FieldView) -> bool:
    """Whether the document may be missing at the deposit: it blocks the payment only."""
    return field.kind == "file" and field.options.get("blocks") == "payment"


def is_dated(field: FieldView) -> bool:
    """Whether the date written on the document is asked."""
    return field.kind == "file" and field.options.get("issued_within") is not None


def read_issued(field: FieldView, raw: Raw) -> str | Slips | None:
    """The date typed beside the documents; None when it was left blank."""
    return read_date(field, {suffix: raw[suffix] for suffix in DATE_PARTS if suffix in raw})


def largest(field: FieldView) -> int:
    """The size of one document at most, in bytes."""
    return whole_option(field, "max_size", LARGEST)


def refusals(field: FieldView, name: str, media_type: str, size: int) -> tuple[AnswerProblem, ...]:
    """What is wrong with one document, by its content's media type and its size in bytes."""
    formats = accepted(field)
    if size == 0:
        return slip(field, "file_empty", name=name).problems
    if media_type not in media_types(field):
        return slip(field, "file_type", name=name, accept=formats).problems
    return (
        slip(field, "file_too_big", name=name, max=largest(field)).problems if size > largest(field) else ()
    )


def media_types(field: FieldView) -> frozenset[str]:
    """What the field takes. The photos of some phones are HEIC, which is kept as JPEG: who takes the one takes the other."""
    formats = {*accepted(field)}
    formats |= {"heic"} if "jpeg" in formats else set()
    return frozenset(media for name in formats for media in MEDIA_TYPES.get(name, ()))


def _schema(field: FieldView) -> JsonSchema:
    text = {"type": "string", "minLength": 1, "maxLength": 255}
    document: JsonSchema = {
        "type": "object",
        "properties": {
            "id": text,
            "name": text,
            "size": {"type": "integer", "minimum": 1},
            "media_type": text,
            "issued_on": {"type": "string", "pattern": DATE_PATTERN},
        },
        "required": ["id", "name", "size", "media_type"],
        "additionalProperties": False,
    }
    most = constant(field, "at_most")
    fewest: JsonSchema = {} if field.optional or may_come_later(field) else {"minItems": 1}
    bounds = fewest | count_schema(field) | {"maxItems": MOST if most is None else most}
    return {"type": "array", "items": document} | bounds


def _value(field: FieldView, answer: Json) -> object:
    if not isinstance(answer, list):
        return None
    return [{part: members(document).get(part) for part in ("name", "media_type")} for document in answer]


def _controls(field: FieldView, answer: Json) -> Controls:
    """The ids of the documents, and the date written on them where it is asked."""
    found = {"": [str(members(document).get("id", "")) for document in items(answer)]}
    days = sorted(str(members(document).get("issued_on") or "") for document in items(answer))
    return found | (date_controls(days[0]) if is_dated(field) and days else {})


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    return print_list(str(members(document).get("name", "")) for document in items(answer))


KEYS: dict[str, JsonSchema] = {
    "accept": {
        "type": "array",
        "items": {"enum": list(MEDIA_TYPES)},
        "minItems": 1,
        "uniqueItems": True,
        "description": "The formats taken (pdf, jpeg and png when not said); looked at in the content itself.",
        "examples": [["pdf", "jpeg", "png"]],
    },
    "max_size": {
        "type": "string",
        "pattern": r"^[0-9]+ ?(KB|MB|ko|Mo)$",
        "description": "The size of one document at most: 5 MB (10 MB when not said).",
        "examples": ["5 MB"],
    },
    "blocks": {
        "enum": ["examination", "payment"],
        "description": "What waits for the document: examination (it is wanted at the deposit, as when nothing is said) or payment (it may come later).",
        "examples": ["payment"],
    },
    "issued_within": {
        "type": "string",
        "pattern": r"^\s*([0-9]{1,4} (day|week)|[0-9]{1,3} month|[0-9]{1,2} year)s?\s*$",
        "description": "How recent the document must be on the day of the deposit; its date is asked beside it.",
        "examples": ["3 months"],
    },
    "erase_on": {
        "enum": ["decision"],
        "description": "When the content of the documents is erased: as soon as a decision is taken.",
        "examples": ["decision"],
    },
    "identity": {
        "type": "boolean",
        "description": "Whether it proves who somebody is: staff get copies stamped with whom they are for, and no export holds it.",
        "examples": [True],
    },
}

FILE = Kind(
    name="file",
    keys=KEYS | count_keys("documents"),
    expressions=COUNTS,
    codes=(
        "file_type",
        "file_too_big",
        "file_empty",
        "file_damaged",
        "file_locked",
        "file_macros",
        "file_mixed",
        "file_too_many_points",
        "file_heic",
        "dossier_full",
        "issued_missing",
        "issued_later",
        "issued_too_old",
        "not_a_date",
        "date_incomplete",
        "no_such_date",
        "year_not_four_digits",
        "too_few",
        "too_many",
    ),
    feel_type=lambda field: feel.List(feel.Context({"name": feel.STRING, "media_type": feel.STRING})),
    read=lambda field, raw: None,  # documents come by another way: whoever keeps them knows what they are
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    inputs=lambda field: ("", *DATE_PARTS) if is_dated(field) else ("",),
    unit="list",
    proven=True,
)
