"""Expressions with French words for those of FEEL (`a et b`, `si … alors … sinon …`, `3 mois`): what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import combining, normalize

from engine.feel.errors import FeelError, FeelProblem
from engine.feel.lexer import KEYWORDS, Token, words_apart
from engine.feel.parser import parse

WORDS = {
    "et": "and", "ou": "or", "non": "not", "si": "if", "alors": "then", "sinon": "else", "entre": "between",
    "dans": "in", "vrai": "true", "faux": "false",
}  # fmt: skip
UNITS = {
    "jour": "day", "jours": "days", "mois": "months", "an": "year", "ans": "years", "annee": "year",
    "annees": "years", "heure": "hour", "heures": "hours",
}  # fmt: skip
# Comparisons in words, the longest first: `est supérieur ou égal à` is `>=`.
PHRASES = {
    "superieur ou egal a": ">=", "inferieur ou egal a": "<=", "superieur a": ">", "inferieur a": "<", "egal a": "=",
    "different de": "!=", "n'est pas vide": "!= null", "n'est pas egal a": "!=", "n'est pas": "!=",
    "vide": "= null", "": "=",
}  # fmt: skip
# how each is written, where the rest of the expression is wrong too
_SHAPES = {
    "and": "… and …", "or": "… or …", "not": "not(…)", "if": "if … then … else …", "then": "if … then … else …",
    "else": "if … then … else …",
}  # fmt: skip
# `vrai` alone is a name like another, and gets its suggestion as one
_CONSTANTS = frozenset({"true", "false"})
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
    place = 0
    while place < len(tokens):
        token, before = tokens[place], tokens[max(place - 1, 0)]
        length, meant = _meant(tokens, place)
        place += length or 1
        if meant and before.value != "." and tokens[min(place, len(tokens) - 1)].value != ":":
            end = tokens[place - 1].end
            yield Token("word", text[token.start : end], token.start, end), meant


def _meant(tokens: list[Token], place: int) -> tuple[int, str]:
    """How many words from here on FEEL says otherwise, and how; 0 when it has them itself."""
    ahead = [plain(token.value) if token.kind == "word" else "" for token in tokens[place : place + 7]]
    for phrase, sign in PHRASES.items():
        for words in (["est", *phrase.split()], phrase.split() if " " in phrase else []):
            if words and ahead[: len(words)] == words:
                return len(words), sign
    word = ahead[0]
    if place and tokens[place - 1].kind == "number" and word in UNITS:
        return 1, UNITS[word]
    if word in WORDS:
        return 1, WORDS[word]
    return (1, word) if word in KEYWORDS and word != tokens[place].value else (0, "")


def plain(word: str) -> str:
    """In small letters, without accents."""
    return "".join(sign for sign in normalize("NFKD", word.lower()) if not combining(sign))


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
