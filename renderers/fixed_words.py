"""Words and addresses that never change are written when a template is compiled, not each time it is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

CALL = (("name", "_"), ("lparen", None), ("string", None), ("rparen", None))
LINK = (("name", "links"), ("dot", None), ("name", None), ("lparen", None))
ENDS = ((("rparen", None),), (("string", None), ("rparen", None)))


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
            if not _are(tokens[place : place + len(CALL)], CALL):
                yield token
                place += 1
                continue
            message = tokens[place + 2].value
            said = self.environment.said(message) % {}  # type: ignore[attr-defined]
            yield Token(token.lineno, "string", said)
            yield Token(token.lineno, "pipe", "|")
            yield Token(token.lineno, "name", "safe")
            place += len(CALL)


class FixedAddresses(Extension):
    """`links.static("guichet.css")` and `links.home()` become the addresses themselves; others stay calls.

    Wants `links` among the globals of the environment, which no view gives otherwise.
    """

    priority = 201

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, each constant call of `links` replaced by a string, escaped as any other."""
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            token = tokens[place]
            length = _link_length(tokens[place : place + len(LINK) + 2])
            if length == 0:
                yield token
                place += 1
                continue
            make = getattr(self.environment.globals["links"], tokens[place + 2].value)
            arguments = (one.value for one in tokens[place + len(LINK) : place + length - 1])
            yield Token(token.lineno, "string", make(*arguments))
            place += length


def _link_length(tokens: list[Token]) -> int:
    """How many tokens a constant call of `links` takes, that begins here; 0 for none."""
    if not _are(tokens[: len(LINK)], LINK):
        return 0
    rest = tokens[len(LINK) :]
    return next((len(LINK) + len(end) for end in ENDS if _are(rest[: len(end)], end)), 0)


def _are(tokens: list[Token], wanted: tuple[tuple[str, str | None], ...]) -> bool:
    return len(tokens) == len(wanted) and all(
        token.type == kind and value in (None, token.value)
        for token, (kind, value) in zip(tokens, wanted, strict=True)
    )
