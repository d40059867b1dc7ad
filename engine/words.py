"""Texts with holes: cutting `{…}` out of what an author wrote, and what a text says once they are computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Printed:
    """A computed value inside a text; `type` (money, date, choice…) says how a language writes it.

    Decimals travel as strings, dates as 2020-03-14.
    """

    value: Json
    type: str


Phrase: TypeAlias = tuple[str | Printed, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """The expression between braces, and the offset of its first character in the text."""

    text: str
    start: int


class TextError(ValueError):
    """A text whose braces do not fit: the code (`unclosed_brace`, `stray_brace`, `empty_brace`) and the offset."""

    def __init__(self, code: str, offset: int) -> None:
        super().__init__(f"{code} at {offset}")
        self.code = code
        self.offset = offset


def split(text: str) -> tuple[str | Hole, ...]:
    """Cut a text into plain pieces and holes; `{{` and `}}` are plain braces. Raises TextError."""
    pieces: list[str | Hole] = []
    plain: list[str] = []
    place = 0
    while place < len(text):
        sign = text[place]
        if sign in "{}" and text[place : place + 2] == sign * 2:
            plain.append(sign)
            place += 2
        elif sign == "{":
            end = _closing(text, place)
            pieces += ["".join(plain)] if plain else []
            pieces.append(_hole(text, place + 1, end))
            plain = []
            place = end + 1
        elif sign == "}":
            raise TextError("stray_brace", place)
        else:
            plain.append(sign)
            place += 1
    return (*pieces, "".join(plain)) if plain else tuple(pieces)


def _hole(text: str, start: int, end: int) -> Hole:
    inside = text[start:end]
    if not inside.strip():
        raise TextError("empty_brace", start - 1)
    return Hole(inside, start)


def _closing(text: str, opening: int) -> int:
    """The offset of the brace that closes the one at `opening`; FEEL texts in between may hold braces."""
    depth, quoted, place = 0, False, opening
    while place < len(text):
        sign = text[place]
        if quoted and sign == "\\":
            place += 1
        elif sign == '"':
            quoted = not quoted
        elif not quoted and sign == "{":
            depth += 1
        elif not quoted and sign == "}":
            depth -= 1
            if depth == 0:
                return place
        place += 1
    raise TextError("unclosed_brace", opening)


def phrase_to_json(phrase: Phrase) -> list[Json]:
    """A phrase as plain JSON, to be kept beside a decision."""
    return [part if isinstance(part, str) else {"value": part.value, "type": part.type} for part in phrase]


def phrase_from_json(parts: Sequence[Any]) -> Phrase:
    """The phrase which `phrase_to_json` wrote."""
    return tuple(part if isinstance(part, str) else Printed(part["value"], part["type"]) for part in parts)


def joined(parts: Iterable[str | Printed]) -> Phrase:
    """A phrase without empty pieces, plain neighbours made one."""
    found: list[str | Printed] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)
