"""Rows that say the same: `unique` names the fields no two rows of a repeat may share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.asked.reading import Row
from engine.language.model import Field
from engine.problems import AnswerProblem


def repeated_rows(repeat: Field, rows: Sequence[Row]) -> Iterator[AnswerProblem]:
    """Each row whose unique fields, all answered, are those of an earlier row; capitals don't matter."""
    first: dict[tuple[object, ...], int] = {}
    for number, row in enumerate(rows, 1):
        key = tuple(_plain(row.values[name]) for name in repeat.unique)
        if not key or None in key:
            continue
        if key in first:
            params = {"row": number, "first": first[key]}
            yield AnswerProblem((repeat.id,), "row_twice", params)
        first.setdefault(key, number)


def _plain(value: object) -> object:
    """What is compared: a text without its capitals, a part of an address or of a person as it is written."""
    if isinstance(value, str):
        return value.casefold()
    return value if value is None else str(value)
