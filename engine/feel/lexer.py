"""Cuts a text into tokens: numbers, texts, names (several words long too), keywords and signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from engine.feel.errors import FeelError
from engine.feel.limits import SOURCE_LENGTH

KEYWORDS = frozenset(
    [
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "not",
        "between",
        "instance",
        "function",
        "true",
        "false",
        "null",
    ]
)
# Names which hold a keyword and are nevertheless one name: functions and types of the standard.
NAMES_WITH_KEYWORDS = {
    "date": (("date", "and", "time"),),
    "days": (("days", "and", "time", "duration"),),
    "years": (("years", "and", "months", "duration"),),
}
NUMBER_DIGITS = 34

_SPACE = r"[\s\u0085\u00a0\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"
_WORD = (
    r"(?:[^\W\d]|[?\U00010000-\U000effff])(?:[\w']|[?\u00b7\u0300-\u036f\u203f\u2040\U00010000-\U000effff])*"
)
_TOKEN = re.compile(
    rf"""(?P<space>(?:{_SPACE}|//[^\n]*|/\*(?s:.*?)\*/)+)
    |(?P<number>(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<at>@{_SPACE}*"(?:[^"\\]|\\.)*")
    |(?P<text>"(?:[^"\\]|\\.|\\\n)*")
    |(?P<word>{_WORD})
    |(?P<sign>\*\*|\.\.|!=|<=|>=|->|/(?!\*)|[-+*=<>(){{}}\[\],:.])""",
    re.VERBOSE,
)
_INSTEAD = {
    "==": "=", "&&": "and", "||": "or", "<>": "!=", "=>": ">=", "=<": "<=", "!": "not(…)", "≤": "<=", "≥": ">=",
    "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
    "‘": '"', "’": '"', "'": '"', ";": ",", "^": "**", "…": "..",
}  # fmt: skip
_BEFORE_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*$")
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
_SINGLE = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'"}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text: `kind` is number, text, at, name, keyword, sign or end; `value` is what it stands for."""

    kind: str
    value: Any
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text, closed by one of the kind `end`; raises FeelError at the first sign that is none."""
    if len(text) > SOURCE_LENGTH:
        raise FeelError("too_long", SOURCE_LENGTH, len(text), length=len(text), limit=SOURCE_LENGTH)
    return _joined(words_apart(text))


def words_apart(text: str) -> list[Token]:
    """The tokens with each word on its own; raises FeelError as `tokens` does."""
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            raise _unreadable(text, place)
        if match.lastgroup != "space":
            found.append(_token(str(match.lastgroup), match.group(), place, match.end(), text))
        place = match.end()
    found.append(Token("end", "", len(text), len(text)))
    return found


def _token(kind: str, written: str, start: int, end: int, text: str) -> Token:
    if kind == "number":
        return Token("number", _number(written, start, end), start, end)
    if kind == "text":
        return Token("text", _unescaped(written[1:-1], start + 1), start, end)
    if kind == "at":
        opening = written.index('"') + 1
        return Token("at", _unescaped(written[opening:-1], start + opening), start, end)
    if kind == "sign" and text[start : start + 2] in _INSTEAD and not _is_empty_type(text, start):
        raise _unreadable(text, start)
    return Token(kind, written, start, end)


def _is_empty_type(text: str, start: int) -> bool:
    """Whether `<>` here stands in a type, `function<> -> Any`, not for a comparison."""
    return text.startswith("<>", start) and text[:start].rstrip().endswith("function")


DECIMAL_READER = Context(prec=SOURCE_LENGTH, Emin=-999_999, Emax=999_999, traps=[])


def _number(written: str, start: int, end: int) -> Decimal:
    number = DECIMAL_READER.create_decimal(written)  # NaN for an exponent of more digits than Python counts
    if (
        not number.is_finite()
        or len(number.as_tuple().digits) > NUMBER_DIGITS
        or not -6176 <= number.adjusted() <= 6144
    ):
        raise FeelError("number_too_long", start, end, limit=NUMBER_DIGITS)
    return number


def _unescaped(body: str, offset: int) -> str:
    """The text an author meant by its escapes; two escaped halves of a pair become one character."""
    if "\\" not in body:
        return body

    def replaced(match: re.Match[str]) -> str:
        escape = match.group()
        if len(escape) > 2:
            number = int(escape[2:], 16)
            if number <= 0x10FFFF:
                return chr(number)
        elif escape[1] in _SINGLE:
            return _SINGLE[escape[1]]
        elif escape[1] in " dDsSwWpPiIcC.*+?()[]{}|^$-0123456789":
            return escape  # a pattern for matches() keeps its own backslashes
        raise FeelError("bad_escape", offset + match.start(), offset + match.end(), found=escape)

    return _ESCAPE.sub(replaced, body).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unreadable(text: str, place: int) -> FeelError:
    """Why no token begins here, with what to write instead where we know it."""
    if text[place] == '"':
        return FeelError("unclosed_text", place, len(text))
    if text.startswith("/*", place):
        return FeelError("unclosed_comment", place, len(text))
    for length in (2, 1):
        sign = text[place : place + length]
        if sign in _INSTEAD:
            return FeelError("instead", place, place + length, found=sign, instead=_INSTEAD[sign])
    if text[place] == "%" and (share := _BEFORE_PERCENT.search(text[:place])):
        return _percentage(share.group(), share.start(), place + 1)
    return FeelError("unexpected_character", place, place + 1, sign=text[place])


def _percentage(written: str, start: int, end: int) -> FeelError:
    """`20 %` is a fifth: to leave the sign out would make a hundred times as much."""
    share = _number(written.strip().replace(",", "."), start, end) / 100
    return FeelError("instead", start, end, found=f"{written.strip()} %", instead=f"{share:f}")


def _joined(cut: list[Token]) -> list[Token]:
    """Words that follow one another become one name; no construct of FEEL puts two names side by side."""
    found: list[Token] = []
    place = 0
    while place < len(cut):
        token = cut[place]
        if token.kind != "word":
            found.append(token)
            place += 1
            continue
        length = _name_length(cut, place)
        words = cut[place : place + length]
        if length == 0:
            found.append(Token("keyword", token.value, token.start, token.end))
            place += 1
            continue
        name = " ".join(word.value for word in words)
        found.append(Token("name", name, token.start, words[-1].end))
        place += length
    return found


def _name_length(cut: list[Token], place: int) -> int:
    """How many words the name has which begins here; 0 when the word is a keyword."""
    length = 0
    while cut[place + length].kind == "word":
        word = cut[place + length].value
        for words in NAMES_WITH_KEYWORDS.get(word, ()):
            beginning = cut[place + length : place + length + len(words)]
            if tuple(token.value for token in beginning) == words:
                return length + len(words)
        if word in KEYWORDS or (
            word == "of" and length == 0 and place > 0 and cut[place - 1].value == "instance"
        ):
            break
        length += 1
    return length
