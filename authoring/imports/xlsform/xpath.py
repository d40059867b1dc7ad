"""The expressions of XLSForm, a small part of XPath: from a text to a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

TOKEN = re.compile(
    r"""\s*(?:(?P<ref>\$\{\s*[^}\s]+\s*\})|(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<text>'[^']*'|"[^"]*")
    |(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w-]*)?)|(?P<up>\.\.)|(?P<here>\.)|(?P<sign><=|>=|!=|[=<>+*(),-]))""",
    re.VERBOSE,
)
LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
DEEPEST, LONGEST = 60, 5000  # levels of brackets; characters


class NotRead(Exception):
    """The text is none of what is understood here."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or a text."""

    value: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class Ref:
    """The answer to a question, `${age}`; without a name, the question itself (`.`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet of choices, in a filter of options."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given; `..` is given as a Ref named `..`."""

    name: str
    given: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two sides and the sign between them; the left one is None for a minus before a value."""

    sign: str
    left: Node | None
    right: Node


Node: TypeAlias = Constant | Ref | Column | Call | Operation


def parse(text: str) -> Node:
    """The tree of an expression. Raises NotRead."""
    tokens = _tokens(text)
    node, place = _level(tokens, 0, 0, 0)
    if place != len(tokens):
        raise NotRead
    return node


def _tokens(text: str) -> list[tuple[str, str]]:
    if len(text) > LONGEST:
        raise NotRead
    found, place, text = [], 0, text.strip()
    while place < len(text):
        token = TOKEN.match(text, place)
        if token is None or not token.lastgroup:
            raise NotRead
        found.append((token.lastgroup, token[token.lastgroup]))
        place = token.end()
    return found


def _level(tokens: list[tuple[str, str]], place: int, level: int, deep: int) -> tuple[Node, int]:
    """What stands at one level of binding and all that bind more."""
    if deep > DEEPEST:
        raise NotRead
    if level == len(LEVELS):
        return _single(tokens, place, deep)
    left, place = _level(tokens, place, level + 1, deep)
    while place < len(tokens) and tokens[place][1] in LEVELS[level] and tokens[place][0] in ("sign", "name"):
        sign = tokens[place][1]
        right, place = _level(tokens, place + 1, level + 1, deep)
        left = Operation(sign, left, right)
    return left, place


def _single(tokens: list[tuple[str, str]], place: int, deep: int) -> tuple[Node, int]:
    sort, text = tokens[place] if place < len(tokens) else ("", "")
    if sort == "number":
        return Constant(text, is_text=False), place + 1
    if sort == "text":
        return Constant(text[1:-1], is_text=True), place + 1
    if sort == "ref":
        return Ref(text[2:-1].strip()), place + 1
    if sort in ("here", "up"):
        return Ref("" if sort == "here" else ".."), place + 1
    if sort == "name" and tokens[place + 1 : place + 2] == [("sign", "(")]:
        given, place = _given(tokens, place + 2, deep + 1)
        return Call(text, given), place
    if sort == "name":
        return Column(text), place + 1
    if text == "-":
        right, place = _single(tokens, place + 1, deep + 1)
        return Operation("-", None, right), place
    if text == "(":
        node, place = _level(tokens, place + 1, 0, deep + 1)
        return node, _closed(tokens, place)
    raise NotRead


def _given(tokens: list[tuple[str, str]], place: int, deep: int) -> tuple[tuple[Node, ...], int]:
    given: list[Node] = []
    if tokens[place : place + 1] == [("sign", ")")]:
        return (), place + 1
    while True:
        node, place = _level(tokens, place, 0, deep)
        given.append(node)
        if tokens[place : place + 1] != [("sign", ",")]:
            return tuple(given), _closed(tokens, place)
        place += 1


def _closed(tokens: list[tuple[str, str]], place: int) -> int:
    if tokens[place : place + 1] != [("sign", ")")]:
        raise NotRead
    return place + 1
