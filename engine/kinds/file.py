"""Kind `file`: documents sent with an application; the answer lists them, the store keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.kinds.kind import (
    COUNTS,
    Controls,
    Json,
    JsonSchema,
    Kind,
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


def accepted(field: FieldView) -> tuple[str, ...]:
    """The names of the formats the field takes."""
    return tuple(cast("Sequence[str]", field.options.get("accept") or ACCEPTED))


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
        },
        "required": ["id", "name", "size", "media_type"],
        "additionalProperties": False,
    }
    most = constant(field, "at_most")
    fewest: JsonSchema = {} if field.optional else {"minItems": 1}
    bounds = fewest | count_schema(field) | {"maxItems": MOST if most is None else most}
    return {"type": "array", "items": document} | bounds


def _value(field: FieldView, answer: Json) -> object:
    if not isinstance(answer, list):
        return None
    return [{part: members(document).get(part) for part in ("name", "media_type")} for document in answer]


def _controls(field: FieldView, answer: Json) -> Controls:
    """The ids of the documents: what is shown beside them, with a button that removes each."""
    return {"": [str(members(document).get("id", "")) for document in items(answer)]}


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
        "too_few",
        "too_many",
    ),
    feel_type=lambda field: feel.List(feel.Context({"name": feel.STRING, "media_type": feel.STRING})),
    read=lambda field, raw: None,  # documents come by another way: engine.answers leaves these fields alone
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    unit="list",
    proven=True,
)
