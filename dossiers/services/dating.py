"""The dates written on documents, typed beside them: kept with each document of the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.kinds import Json, Slips
from engine.kinds.date import PARTS
from engine.kinds.file import is_dated, read_issued
from engine.kinds.kind import items, members
from engine.language.model import Field
from engine.problems import AnswerProblem


@dataclass(frozen=True, slots=True)
class Dated:
    """The answers whose documents got a date, and the slips in those typed."""

    answers: Mapping[str, Json]
    problems: tuple[AnswerProblem, ...] = ()


def dated(fields: Iterable[Field], form: Mapping[str, list[str]], answers: Mapping[str, Json]) -> Dated:
    """Read the dates among the controls of these fields; `answers` are those with the documents just sent."""
    found: dict[str, Json] = {}
    problems: tuple[AnswerProblem, ...] = ()
    for field in fields:
        raw = {part: form[field.id + part] for part in PARTS if field.id + part in form}
        if not raw or not is_dated(field):
            continue
        day = read_issued(field, raw)
        if isinstance(day, Slips):
            problems += day.problems
        elif answers.get(field.id):
            found[field.id] = with_day(answers[field.id], day)
    return Dated(found, problems)


def with_day(documents: Json, day: str | None) -> Json:
    """Documents with the date written on them; None for none."""
    bare = [
        {part: value for part, value in members(one).items() if part != "issued_on"}
        for one in items(documents)
    ]
    return bare if day is None else [{**one, "issued_on": day} for one in bare]
