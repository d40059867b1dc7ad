"""Where the parser stands among the tokens, and what it says of those that do not fit."""

from __future__ import annotations

from engine.feel.errors import FeelError
from engine.feel.lexer import Token, tokens
from engine.feel.tree import Node


class Cursor:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
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
