"""Answers as they are stored, as the cells of a column: by codes for machines, in words for people.

A column at a time: a call for each cell would cost more than all that is done in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import itemgetter

from engine.kinds import Json
from engine.kinds.options import OTHER
from engine.kinds.other import other_text
from engine.language.leaves import Leaf
from renderers.exports.tables import Cell, Sort
from renderers.summary import printed_answer

WORDED = frozenset(
    {"choice", "choices", "commune", "department", "country", "yes_no", "consent"}
)  # their codes have labels
KNOWN = 5000  # answers of a column kept in words: choices come back
One = Callable[[Json], Cell]
Read = Callable[[Sequence[Json]], Sequence[Cell]]  # None, an answer that isn't there, stays None


def reader(leaf: Leaf, words: str = "") -> Read:
    """From the stored answers a leaf is a part of (or the rows) to its cells; in `words` of a language, "" for codes."""
    worded = words and leaf.is_whole and leaf.field.kind in WORDED
    cells = _each(_worded(leaf, words)) if worded else SORTS[leaf.sort]
    way = leaf.path if leaf.repeat else leaf.path[1:]
    if not way:
        return cells
    if len(way) > 1:
        return lambda answers: cells([_at(answer, way) for answer in answers])
    [part] = way
    return lambda answers: cells(_parts(answers, part))


def _parts(answers: Sequence[Json], part: str) -> Sequence[Json]:
    """One part of each answer. All of them have it, as a rule: then the loop is not ours, and several times quicker."""
    try:
        return [*map(itemgetter(part), answers)]  # type: ignore[arg-type]
    except (KeyError, TypeError):
        return [answer.get(part) if isinstance(answer, dict) else None for answer in answers]


def sort_of(leaf: Leaf, words: str = "") -> Sort:
    """What its cells are."""
    if words and leaf.sort in ("list", "yes_no"):
        return "text"
    return "whole" if leaf.sort == "count" else leaf.sort


def _at(answer: Json, way: tuple[str, ...]) -> Json:
    for step in way:
        if not isinstance(answer, Mapping):
            return None
        answer = answer.get(step)
    return answer


def _worded(leaf: Leaf, language: str) -> One:
    field = leaf.field

    @lru_cache(KNOWN)
    def said(code: str | bool) -> str:
        return printed_answer(field, code, language)

    def read(answer: Json) -> Cell:
        found = said(answer) if isinstance(answer, str | bool) else printed_answer(field, answer, language)
        return found or None

    return read


def _text(answer: Json) -> Cell:
    """A text or a code; `other: Glacier` for what was typed beside the options."""
    if isinstance(answer, str):
        return answer
    typed = other_text(answer)
    return str(answer) if typed is None else f"{OTHER}: {typed}"


def _numbers(answers: Sequence[Json]) -> Sequence[Cell]:
    """As they are kept they are texts of figures, as a rule."""
    if STR.issuperset(map(type, answers)):
        try:
            return [*map(Decimal, answers)]  # type: ignore[arg-type]
        except InvalidOperation:
            pass
    return [None if answer is None else _number(answer) for answer in answers]


def _number(answer: Json) -> Cell:
    try:
        return Decimal(str(answer))
    except InvalidOperation:
        return None


def _days(answers: Sequence[Json]) -> Sequence[Cell]:
    if STR.issuperset(map(type, answers)):
        try:
            return [*map(date.fromisoformat, answers)]  # type: ignore[arg-type]
        except ValueError:
            pass
    return [None if answer is None else _day(answer) for answer in answers]


def _day(answer: Json) -> Cell:
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None


def _moment(answer: Json) -> Cell:
    try:
        return datetime.fromisoformat(str(answer))
    except ValueError:
        return None


def _list(answer: Json) -> Cell:
    if not isinstance(answer, list):
        return None
    if STR.issuperset(map(type, answer)):
        return tuple(answer)
    return tuple([one if isinstance(one, str) else str(_text(one)) for one in answer])


def _each(cell: One) -> Read:
    return lambda answers: [None if answer is None else cell(answer) for answer in answers]


def _texts(answers: Sequence[Json]) -> Sequence[Cell]:
    if PLAIN.issuperset(map(type, answers)):
        return answers  # type: ignore[return-value]
    return [answer if answer is None or isinstance(answer, str) else _text(answer) for answer in answers]


STR = frozenset({str})
PLAIN = frozenset({str, type(None)})
SORTS: dict[str, Read] = {
    "text": _texts,
    "number": _numbers,
    "whole": _each(lambda answer: answer if isinstance(answer, int) else None),
    "day": _days,
    "moment": _each(_moment),
    "yes_no": _each(lambda answer: answer if isinstance(answer, bool) else None),
    "list": _each(_list),
    "count": _each(lambda answer: len(answer) if isinstance(answer, list) else None),
}
