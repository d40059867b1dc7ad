"""A scenario written as YAML, as an author would type it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from engine.kinds import Json, kind_of
from engine.kinds.kind import items, members
from engine.language.model import Act, Field, Scenario, Step
from engine.language.scalars import NO, YES, is_number, read_date

_PLAIN = re.compile(r"[^\W\d_][\w'’ -]*[\w']|[^\W\d_]")
_WORDS = YES | NO | {"true", "false", "null"}


def scenario(test: Scenario, comments: Mapping[str, str]) -> str:
    """The test with its name, indented as under `tests:`; `comments` by what they stand before ("" at the top)."""
    return "".join(f"  {line}\n".replace("  \n", "\n") for line in _lines(test, comments))


def _lines(test: Scenario, comments: Mapping[str, str]) -> Iterator[str]:
    yield f"{scalar(test.id)}:"
    yield from _comment(comments.get(""))
    if test.today is not None:
        yield f"  today: {test.today.isoformat()}"
    yield "  answers:" if test.answers else "  answers: {}"
    yield from (f"    {name}: {scalar(value)}" for name, value in test.answers.items())
    yield from _comment(comments.get("expect"))
    yield f"  expect: {scalar(test.expect)}"
    yield from _comment(comments.get("then"))
    if test.then:
        yield "  then:"
        yield from (f"    - {_step(step)}" for step in test.then)
    for key in ("end", "status"):
        if (value := getattr(test, key)) is not None:
            yield f"  {key}: {value}"
    for key in ("mails", "letters"):
        if (sent := getattr(test, key)) is not None:
            yield f"  {key}: [{', '.join(one.name for one in sent)}]"
    if test.amounts:
        yield f"  amounts: {scalar(test.amounts)}"


def _comment(text: str | None) -> Iterator[str]:
    yield from (f"  # {line}" for line in (text or "").splitlines())


def _step(step: Step) -> str:
    given = f": {scalar(step.given)}" if isinstance(step, Act) and step.given else ""
    return f"{step}{given}"


def scalar(value: object) -> str:
    """A value within one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {scalar(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(scalar(one) for one in value) + "]"
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def typed(asked: Mapping[str, Field], answers: Mapping[str, Json]) -> dict[str, object]:
    """Stored answers as an author would type them."""
    return {id: _typed(asked[id], answer) for id, answer in answers.items() if id in asked}


def _typed(field: Field, answer: Json) -> object:
    if field.lines:
        return {id: typed(field.fields, members(cells)) for id, cells in members(answer).items()}
    if field.fields:
        return [typed(field.fields, members(row)) for row in items(answer)]
    if field.kind == "file":
        return [_document(members(one)) for one in items(answer)]
    if field.kind in {"money", "decimal", "percentage"} and is_number(answer):
        return Decimal(str(answer))
    if isinstance(answer, Mapping):
        return {part: _day_or(value) for part, value in answer.items() if value is not None}
    if field.kind == "commune":  # a code alone might be read as a post code
        return next(iter(kind_of(field).raw(field, answer)[""]), answer)
    return _day_or(answer) if field.kind == "date" else answer


def _document(document: Mapping[str, object]) -> object:
    """Its name, with the date written on it where that was asked."""
    name, issued = document.get("name"), document.get("issued_on")
    return {"name": name, "issued_on": _day_or(issued)} if issued else name


def _day_or(value: object) -> object:
    return (read_date(value) or value) if isinstance(value, str) else value
