"""Texts between `{` and `}` on one line that stand there without the quotes they need, as a person would cut them."""

from __future__ import annotations

import re

from engine.language.quoting import needs_quotes_in_braces

_KEY = re.compile(r"\s*(?:[\w.-]+|\"[^\"]*\")\s*:(?=\s|$)\s*")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_AFTER = re.compile(r"\s*(?:[,}\]]|#|$)")
_CLOSING = {"{": "}", "[": "]", "(": ")"}
DEPTH = 20


def unquoted(line: str, start: int) -> list[tuple[int, int]]:
    """Where (columns from 0) texts without needed quotes stand in the braces that open at `start`."""
    found: list[tuple[int, int]] = []
    _collection(line, start, found, 0)
    return found


def closes(line: str, start: int) -> int | None:
    """The column after the bracket that closes the one at `start`; quoted texts are passed over."""
    waiting: list[str] = []
    place = start
    while place < len(line):
        if (quotes := _QUOTED.match(line, place)) and line[place - 1 : place] in {
            "",
            " ",
            "{",
            "[",
            ",",
            "(",
        }:
            place = quotes.end()
            continue
        if line[place] in "{[":
            waiting.append(_CLOSING[line[place]])
        elif waiting and line[place] == waiting[-1]:
            waiting.pop()
            if not waiting:
                return place + 1
        place += 1
    return None


def _collection(line: str, start: int, found: list[tuple[int, int]], depth: int) -> int:
    """Read one `{…}` or `[…]`; the column after it."""
    mapping, close = line[start] == "{", _CLOSING[line[start]]
    place = start + 1
    while place < len(line) and depth < DEPTH:
        if key := _KEY.match(line, place) if mapping else None:
            place = key.end()
        else:
            place += len(line) - place - len(line[place:].lstrip())
        if place >= len(line) or line[place] == close:
            return place + 1
        place = _value(line, place, close, found, depth)
        if place < len(line) and line[place] == ",":
            place += 1
    return place


def _value(line: str, place: int, close: str, found: list[tuple[int, int]], depth: int) -> int:
    """Read one value; the column of the comma or bracket after it."""
    if line[place] in "{[":
        end = closes(line, place)
        if end is not None and _AFTER.match(line, end):
            return _collection(line, place, found, depth + 1)
    quotes = _QUOTED.match(line, place)
    if quotes and _AFTER.match(line, quotes.end()):
        return quotes.end() + len(line[quotes.end() :]) - len(line[quotes.end() :].lstrip())
    end = _text_end(line, place, close)
    text = line[place:end].rstrip()
    if text and needs_quotes_in_braces(text):
        found.append((place, place + len(text)))
    return end


def _text_end(line: str, start: int, close: str) -> int:
    """Where an unquoted text ends: at a comma before the next key, or at the bracket around it."""
    waiting: list[str] = []
    for place in range(start, len(line)):
        sign = line[place]
        if sign in _CLOSING:
            waiting.append(_CLOSING[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
        elif (not waiting and sign == close) or (
            not waiting and sign == "," and (close == "]" or _KEY.match(line, place + 1))
        ):
            return place
    return len(line)
