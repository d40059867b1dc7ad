"""Where the parser stands among the tokens, and what it says of those that do not fit."""

from __future__ import annotations

from collections.abc import Iterable

from engine.feel.errors import FeelError
from engine.feel.lexer import Token, tokens
from engine.feel.names import KnownNames
from engine.feel.tree import Node

SIGNS_IN_NAMES = ("+", "-", "*", "/", ".")  # DMN 1.5, 10.3.1.2, rule 30
_WORDS = frozenset({"name", "number"})
KEY_WORDS = _WORDS | {"keyword"}  # a key ends at its colon, so it may hold keywords too


class Cursor:
    """Reads tokens from left to right."""

    def __init__(self, text: str, names: Iterable[str] = ()) -> None:
        self._text = text
        self._known = KnownNames(names)
        self._tokens = tokens(text)
        self._place = 0
        self._nesting = 0
        self._in_interval = False  # `[` may close a range: ]1..5[

    @property
    def token(self) -> Token:
        return self._tokens[self._place]

    def peek(self, distance: int = 1) -> Token:
        """A token farther on; the last one when there is none."""
        return self._tokens[min(self._place + distance, len(self._tokens) - 1)]

    def take(self) -> Token:
        """The token here; the next call gives the one after it."""
        token = self.token
        if token.kind != "end":
            self._place += 1
        return token

    def at(self, *values: str) -> bool:
        """Whether a sign or keyword among these stands here."""
        return self.token.kind in {"sign", "keyword"} and self.token.value in values

    def accept(self, value: str) -> bool:
        """Take this sign or keyword if it stands here."""
        if not self.at(value):
            return False
        self._place += 1
        return True

    def expect(self, value: str) -> Token:
        """Take this sign or keyword, or raise FeelError."""
        if not self.at(value):
            raise self.unexpected(f"'{value}'")
        return self.take()

    def known_name(self, *, part: bool = False) -> Token | None:
        """Take the longest known name that stands here and holds signs or keywords; with `part`, after a dot."""
        found = self._known.longest(self._text, self._tokens[self._place : self._place + 40], part=part)
        if found is None:
            return None
        name, length = found
        first, last = self.token, self.peek(length - 1)
        self._place += length
        return Token("name", name, first.start, last.end)

    def new_name(self, what: str, *, words: frozenset[str] = _WORDS) -> Token:
        """Take a name that is declared here; it may hold signs, `foo+bar`, and is known from here on."""
        first = last = self.name(what) if "keyword" not in words else self.take()
        if first.kind not in {"name", "keyword"}:
            self._place -= first.kind != "end"
            raise self.unexpected(what)
        name = str(first.value)
        while self.at(*SIGNS_IN_NAMES) or self.token.kind in words:
            spaced = last.kind != "sign" and self.token.kind != "sign"
            last = self.take()
            name += (" " if spaced else "") + self._text[last.start : last.end]
        self._known.declare(name)
        return Token("name", name, first.start, last.end)

    def name(self, what: str) -> Token:
        """Take a name, or raise FeelError."""
        if self.token.kind != "name":
            raise self.unexpected(what)
        return self.take()

    def unexpected(self, expected: str) -> FeelError:
        """What stands here instead of what was expected."""
        token = self.token
        if token.kind == "end":
            return FeelError("unexpected_end", token.start, token.end, expected=expected)
        found = f"'{token.value}'" if token.kind != "text" else f'"{token.value}"'
        return FeelError("unexpected", token.start, token.end, found=found, expected=expected)

    def finish(self) -> None:
        """Nothing may follow the expression."""
        token = self.token
        if token.kind == "end":
            return
        before = self._tokens[self._place - 1]
        if token.kind == before.kind == "number":
            found = self._text[before.start : token.end]
            together = "".join(found.split())
            raise FeelError("spaced_number", before.start, token.end, found=found, instead=together)
        raise self.unexpected("an operator or the end of the expression")

    def expression(self, binding: int = 0) -> Node:
        """An expression whose operators all bind tighter than `binding`; the parser gives it."""
        raise NotImplementedError

    def nested(self, binding: int = 0) -> Node:
        """An expression inside brackets, where `[` is never the end of a range around them."""
        outer, self._in_interval = self._in_interval, False
        node = self.expression(binding)
        self._in_interval = outer
        return node
