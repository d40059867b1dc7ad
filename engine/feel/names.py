"""Names that hold signs or keywords, `Pre-bid ratio` or `profit and loss`: known ones are read whole (DMN 1.5, 10.3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import filterfalse
from typing import TypeAlias

from engine.feel.errors import FeelError
from engine.feel.lexer import Token, tokens

Written: TypeAlias = tuple[str, ...]
_ONE_WORD = re.compile(r"[^\W\d]\w*")


def written(text: str, token: Token) -> str:
    """A token as it is written, each space between its words once."""
    return " ".join(text[token.start : token.end].split())


def is_plain(name: str) -> bool:
    """Whether any text shows this name to be one; false when it must be known to be read whole."""
    found = _tokens(name)
    return len(found) == 2 and found[0].kind == "name"


def _tokens(name: str) -> list[Token]:
    try:
        return tokens(name)
    except FeelError:
        return []  # no text of FEEL can hold it


@lru_cache(maxsize=4096)
def _is_one_word(name: object) -> bool:
    """Asked of every name of a scheme for every expression, hence remembered; what is no text is no name either."""
    return not isinstance(name, str) or _ONE_WORD.fullmatch(name) is not None


class KnownNames:
    """The names with signs or keywords that may be read, each as the tokens it is written with."""

    def __init__(self, names: Iterable[str]) -> None:
        self._visible: dict[Written, str] = {}
        self._parts: dict[Written, str] = {}  # also those that only stand after a dot
        for name in filterfalse(_is_one_word, names):
            self.declare(name)

    def declare(self, name: str) -> None:
        """From here on the name is known."""
        found = _tokens(name)
        if len(found) > 2 or (found and found[0].kind == "keyword"):
            key = tuple(written(name, token) for token in found[:-1])
            self._visible[key] = self._parts[key] = name

    @contextmanager
    def scope(self, *, of_item: bool = False) -> Iterator[None]:
        """Names declared inside are known inside; after it, only as parts. In a filter, parts are names."""
        outer = dict(self._visible)
        if of_item:
            self._visible = dict(self._parts)
        yield
        self._visible = outer

    def longest(self, text: str, ahead: Sequence[Token], *, part: bool = False) -> tuple[str, int] | None:
        """The longest known name these tokens begin with, and how many of them it takes."""
        known = self._parts if part else self._visible
        if not known:
            return None
        found = None
        longest = max(map(len, known))
        here = tuple(written(text, token) for token in ahead[:longest] if token.kind != "end")
        for length in range(1, len(here) + 1):
            if here[:length] in known:
                found = known[here[:length]], length
        return found
