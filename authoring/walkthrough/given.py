"""Answers as a scenario writes them in YAML, turned into the answers a draft would hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from authoring.walkthrough.wording import Told, nearest, told
from engine.kinds import Json, Slips, kind_of
from engine.kinds.file import MEDIA_TYPES, accepted
from engine.kinds.kind import items, members
from engine.language.model import Field
from engine.problems import AnswerProblem

NAMELESS = "document"
PLACES = {"money": 2, "decimal": 12, "percentage": 12}


def stored_answers(
    fields: Mapping[str, Field], given: Mapping[str, object]
) -> tuple[dict[str, Json], tuple[Told, ...]]:
    """The answers to store, and one sentence for each name that is no field."""
    answers: dict[str, Json] = {}
    unknown: list[Told] = []
    for name, value in given.items():
        field = fields.get(name)
        if field is None:
            unknown.append(told("unknown_field", name=name, near=nearest(name, fields)))
        elif value is not None:
            answers[name] = stored(field, value)
    return answers, tuple(unknown)


def laid(answers: Mapping[str, object], path: list[str], value: object) -> dict[str, object]:
    """The answers with one more, or with one more part (`address.postcode`)."""
    if len(path) == 1:
        return {**answers, path[0]: value}
    inner = answers.get(path[0])
    return {**answers, path[0]: laid(inner if isinstance(inner, Mapping) else {}, path[1:], value)}


def stored(field: Field, value: object) -> Json:
    """One value as its kind stores it; left as written when it doesn't fit, for validation to say so."""
    if field.lines:
        return (
            {line: _row(field, cells) for line, cells in members(value).items()}
            if isinstance(value, Mapping)
            else value
        )
    if field.fields:
        return [_row(field, row) for row in items(value)] if isinstance(value, list) else value
    if field.kind == "file":
        return [_document(field, one) for one in (value if isinstance(value, list) else [value])]
    if field.kind == "integer":
        return _integer(value)
    if field.kind in PLACES:
        return _figure(value, money=field.kind == "money")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(part): _text(inner) for part, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_text(one) for one in value]
    return value if isinstance(value, bool) else _read(field, _text(value))


def _row(field: Field, row: object) -> Json:
    return {
        name: stored(field.fields[name], inner) if name in field.fields else inner
        for name, inner in members(row).items()
        if inner is not None
    }


def _document(field: Field, value: object) -> Json:
    """A document that is there only by name, `bank_proof: [rib.pdf]`, or with the date written on it besides."""
    given = {str(part): _text(one) for part, one in members(value).items() if one is not None}
    if isinstance(value, Mapping):
        value = given.pop("name", NAMELESS)
    name = _text(value)
    ending = name.rpartition(".")[2].lower().replace("jpg", "jpeg")
    media_types = MEDIA_TYPES.get(ending) or MEDIA_TYPES[accepted(field)[0]]
    return {"id": f"document-{name}", "name": name, "size": 1, "media_type": media_types[0], **given}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _integer(value: object) -> Json:
    try:
        number = Decimal(_text(value))
    except InvalidOperation:
        return value
    return int(number) if number.is_finite() and number == number.to_integral_value() else _text(value)


def _figure(value: object, *, money: bool) -> Json:
    try:
        number = Decimal(_text(value))
    except InvalidOperation:
        return value
    if not number.is_finite():
        return _text(value)
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return f"{number:.2f}" if money and places <= 2 else f"{number:f}"


def _read(field: Field, text: str) -> Json:
    """As if it had been typed: `732 829 320 00074`, `04 50 00 00 00`; a slip is left for validation."""
    found = kind_of(field).read(field, {"": [text]})
    return text if isinstance(found, Slips) or found is None else found


def wrong_answers(problems: tuple[AnswerProblem, ...]) -> Iterator[AnswerProblem]:
    """The problems of what was given: what a scenario leaves out is simply not answered yet, and the date of a document is
    judged on the day of the deposit."""
    later = {
        "missing",
        "not_accepted",
        "too_few",
        "check",
        "issued_missing",
        "issued_later",
        "issued_too_old",
    }
    return (problem for problem in problems if problem.code not in later)
