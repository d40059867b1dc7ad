"""Kind `choices`: several among options written in the scheme or in a reference list; or none of them."""

from __future__ import annotations

from typing import cast

from engine.feel import types as feel
from engine.kinds.choice import OPTION_CODES, option_keys, option_schema, option_type, printed_option
from engine.kinds.field import FieldView, TextView
from engine.kinds.kind import (
    COUNTS,
    Controls,
    Json,
    JsonSchema,
    Kind,
    Raw,
    Slips,
    count_keys,
    count_schema,
    items,
    print_list,
    slip,
)
from engine.kinds.options import OTHER, codes_of, has_other
from engine.kinds.other import TYPED_OTHER, other_text, read_other
from engine.kinds.search import TYPED, index_of, is_typed, meant
from engine.kinds.typed import single
from engine.words import Phrase

NONE = "none"  # the box that says that no option fits: an answer, the empty list


def has_none(field: FieldView) -> bool:
    """Whether one may say that no option fits."""
    return NONE in field.options


def none_label(field: FieldView, language: str) -> str:
    """How the box is called that says so."""
    return cast("TextView", field.options[NONE]).plain(language)


def _read(field: FieldView, raw: Raw) -> Json | Slips | None:
    """What is ticked, in the scheme's order; an optional one left alone is no code, not an unknown."""
    ticked = {text.strip() for text in raw.get("", ())} - {""}
    if has_other(field) and single(raw, TYPED_OTHER):
        ticked.add(OTHER)
    meant_too = _searched(field, raw, ticked)
    if isinstance(meant_too, Slips):
        return meant_too
    ticked |= meant_too
    if has_none(field) and NONE in ticked:
        return [] if ticked == {NONE} else slip(field, "none_and_others")
    if not ticked:
        return [] if field.optional and not has_none(field) else None
    return _stored(field, raw, ticked)


def _searched(field: FieldView, raw: Raw, ticked: set[str]) -> set[str] | Slips:
    """What a text in the line of search adds; it is settled once one of its proposals is ticked."""
    text = single(raw, TYPED)
    if not text or (not is_typed(raw) and index_of(field).matches(text, ticked.__contains__, 1)):
        return set()
    found = meant(field, raw)
    return found if isinstance(found, Slips) else {found or ""}


def _stored(field: FieldView, raw: Raw, ticked: set[str]) -> Json | Slips:
    known = codes_of(field)
    listed: list[Json] = [code for code in known if code in ticked]
    if not (has_other(field) and OTHER in ticked):
        return listed if ticked <= known.keys() else slip(field, "not_an_option")
    if not ticked <= known.keys() | {OTHER}:
        return slip(field, "not_an_option")
    other = read_other(field, raw)
    return other if isinstance(other, Slips) else [*listed, other]


def _value(field: FieldView, answer: Json) -> object:
    if not isinstance(answer, list):
        return None
    known = codes_of(field)
    codes = [code for code in answer if isinstance(code, str) and code in known]
    others = [OTHER] if has_other(field) and any(other_text(one) for one in answer) else []
    return codes + others


def _schema(field: FieldView) -> JsonSchema:
    """What is counted only when something is ticked is judged with the bounds (see `engine.validation.bounds`)."""
    counts = count_schema(field)
    if has_none(field):
        counts.pop("minItems", None)
    elif not field.optional:
        counts = {"minItems": 1} | counts
    return {"type": "array", "items": option_schema(field), "uniqueItems": True} | counts


def _printed(field: FieldView, answer: Json, language: str) -> Phrase:
    if has_none(field) and answer == []:
        return print_list([none_label(field, language)])
    found = (printed_option(field, one, language) for one in items(answer))
    return print_list(text for text in found if text)


def _controls(field: FieldView, answer: Json) -> Controls:
    if has_none(field) and answer == []:
        return {"": [NONE]}
    texts = [text for one in items(answer) if (text := other_text(one)) is not None]
    codes = [code for code in items(answer) if isinstance(code, str)]
    return {"": [*codes, OTHER], TYPED_OTHER: texts} if texts else {"": codes}


CHOICES = Kind(
    name="choices",
    keys={
        **option_keys("boxes", "search"),
        **count_keys("choices"),
        NONE: {
            "type": ["string", "object"],
            "description": "One may say that none fits: how that box is called. The rules then see an empty list.",
        },
    },
    expressions=COUNTS | {"where"},
    codes=(*OPTION_CODES, "none_and_others", "too_few", "too_many"),
    feel_type=lambda field: feel.List(option_type(field)),
    read=_read,
    schema=_schema,
    value=_value,
    raw=_controls,
    printed=_printed,
    unit="list",
    proven=True,
)
