"""Words that never change are translated when a template is compiled, not each time it is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

CALL = (("name", "_"), ("lparen", None), ("string", None), ("rparen", None))


class FixedWords(Extension):
    """`_("Next")` becomes the words themselves, in the language of the environment; `_("%(n)s left", n=3)` stays a call.

    Wants `said` on the environment (`extend`): what gives the words of a message.
    """

    priority = 200  # after i18n, whose own tags it leaves alone

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, each constant call replaced by a string that needs no escaping."""
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if not _is_constant_call(tokens[place : place + len(CALL)]):
                yield token
                place += 1
                continue
            message = tokens[place + 2].value
            said = self.environment.said(message) % {}  # type: ignore[attr-defined]
            yield Token(token.lineno, "string", said)
            yield Token(token.lineno, "pipe", "|")
            yield Token(token.lineno, "name", "safe")
            place += len(CALL)


def _is_constant_call(tokens: list[Token]) -> bool:
    return len(tokens) == len(CALL) and all(
        token.type == kind and value in (None, token.value)
        for token, (kind, value) in zip(tokens, CALL, strict=True)
    )
