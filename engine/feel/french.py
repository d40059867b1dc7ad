"""Expressions with French words for those of FEEL (`a et b`, `si … alors … sinon …`, `3 mois`): what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.feel.errors import FeelError, FeelProblem
from engine.feel.lexer import KEYWORDS, Token, words_apart
from engine.feel.parser import parse

WORDS = {
    "et": "and", "ou": "or", "non": "not", "si": "if", "alors": "then", "sinon": "else", "entre": "between",
    "dans": "in", "vrai": "true", "faux": "false",
}  # fmt: skip
UNITS = {
    "jour": "day", "jours": "days", "mois": "months", "an": "year", "ans": "years", "année": "year",
    "années": "years", "annee": "year", "annees": "years", "heure": "hour", "heures": "hours",
}  # fmt: skip
# how each is written, where the rest of the expression is wrong too
_SHAPES = {
    "and": "… and …", "or": "… or …", "not": "not(…)", "if": "if … then … else …", "then": "if … then … else …",
    "else": "if … then … else …",
}  # fmt: skip
_CONSTANTS = frozenset(
    {"true", "false"}
)  # `vrai` alone is a name like another, and gets its suggestion as one
# What an expression with such words is told when nobody thinks of French.
_SIGNS_OF_IT = frozenset({"unexpected", "unexpected_end", "unknown_name", "unknown_function"})
LONGEST = 160  # characters of an expression that is written out anew


def french(
    text: str, problems: Iterable[FeelProblem], names: Iterable[str], *, unary: bool
) -> FeelProblem | None:
    """The one problem behind these: a French word where FEEL has its own; None when it is something else."""
    if not any(problem.code in _SIGNS_OF_IT for problem in problems):
        return None
    known = {word for name in names for word in name.split()}
    found = [(token, word) for token, word in _french_words(text) if token.value not in known]
    first, word = next(((one, word) for one, word in found if word not in _CONSTANTS), (None, ""))
    if first is None:
        return None
    whole = _written_anew(text, found)
    if _is_read(whole, names, unary=unary):
        instead = whole if len(whole) <= LONGEST else _SHAPES.get(word, word)
    elif unary or word not in _SHAPES:
        return None  # a cell takes fewer words than an expression
    else:
        instead = _SHAPES[word]
    return FeelProblem(
        "french", {"found": first.value, "instead": instead, "word": word}, first.start, first.end
    )


def _french_words(text: str) -> Iterator[tuple[Token, str]]:
    """The words that are French or in capitals, with those of FEEL."""
    try:
        tokens = words_apart(text)
    except FeelError:
        return
    for place, token in enumerate(tokens):
        before, after = tokens[place - 1] if place else token, tokens[min(place + 1, len(tokens) - 1)]
        if token.kind != "word" or before.value == "." or after.value == ":":
            continue
        word = str(token.value).lower()
        if before.kind == "number" and word in UNITS:
            yield token, UNITS[word]
        elif word in WORDS:
            yield token, WORDS[word]
        elif word in KEYWORDS and word != token.value:
            yield token, word


def _written_anew(text: str, found: Iterable[tuple[Token, str]]) -> str:
    for token, word in reversed(list(found)):
        text = text[: token.start] + word + text[token.end :]
    return text.strip()


def _is_read(text: str, names: Iterable[str], *, unary: bool) -> bool:
    try:
        parse(text, unary=unary, names=names)
    except FeelError:
        return False
    return True
