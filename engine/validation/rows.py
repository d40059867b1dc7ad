"""Rows that say the same: `unique` names the fields no two rows of a repeat may share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.asked.reading import Reading, Row
from engine.language.model import Field
from engine.problems import AnswerProblem
from engine.words import Phrase


def repeated_rows(repeat: Field, rows: Sequence[Row], reading: Reading) -> Iterator[AnswerProblem]:
    """Each row whose unique fields, all answered, are those of an earlier row; capitals don't matter.

    A row is told by its number and, where the scheme calls it something, its name: `2 (Zoé)`.
    """
    first: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(rows):
        key = tuple(_plain(row.values[name]) for name in repeat.unique)
        if not key or None in key:
            continue
        if key in first:
            places = {"row": number, "first": first[key]}
            params = {name: _called(repeat, rows, place, reading) for name, place in places.items()}
            yield AnswerProblem((repeat.id,), "row_twice", params)
        first.setdefault(key, number)


def _called(repeat: Field, rows: Sequence[Row], place: int, reading: Reading) -> int | Mapping[str, Phrase]:
    """The number of a row; with its name, where it has one, in each language of the name."""
    if repeat.row is None:
        return place + 1
    known = {**reading.values, **rows[place].values}
    said = {one: repeat.row.say(one, known, reading.now, reading.zone) for one in repeat.row.versions}
    number = str(place + 1)
    return {one: (number, " (", *name, ")") if _is_known(name) else (number,) for one, name in said.items()}


def _is_known(name: Phrase) -> bool:
    return bool(name) and all(isinstance(part, str) or part.value is not None for part in name)


def _plain(value: object) -> object:
    """What is compared: a text without its capitals, a part of an address or of a person as it is written."""
    if isinstance(value, str):
        return value.casefold()
    return value if value is None else str(value)
