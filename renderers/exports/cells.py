"""An answer as it is stored, as the cell of a table: by codes for machines, in words for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

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
Read = Callable[[Json], Cell]


def reader(leaf: Leaf, words: str = "") -> Read:
    """From the stored answer a leaf is a part of (or the row) to its cell; in `words` of a language, "" for codes."""
    cell = _worded(leaf, words) if words and leaf.is_whole and leaf.field.kind in WORDED else SORTS[leaf.sort]
    way = leaf.path if leaf.repeat else leaf.path[1:]
    if not way:
        return cell
    if len(way) > 1:
        return lambda answer: None if (found := _at(answer, way)) is None else cell(found)
    [part] = way
    return lambda answer: (
        None if type(answer) is not dict or (found := answer.get(part)) is None else cell(found)
    )


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


def _worded(leaf: Leaf, language: str) -> Read:
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
    return f"{OTHER}: {typed}" if typed is not None else None if answer is None else str(answer)


def _number(answer: Json) -> Cell:
    try:
        return Decimal(str(answer))
    except InvalidOperation:
        return None


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
    return tuple(str(_text(one)) for one in answer) if isinstance(answer, list) else None


SORTS: dict[str, Read] = {
    "text": _text,
    "number": _number,
    "whole": lambda answer: answer if isinstance(answer, int) else None,
    "day": _day,
    "moment": _moment,
    "yes_no": lambda answer: answer if isinstance(answer, bool) else None,
    "list": _list,
    "count": lambda answer: len(answer) if isinstance(answer, list) else None,
}
