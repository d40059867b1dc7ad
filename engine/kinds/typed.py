"""Reading what people type: blanks, signs that can't be stored, figures in French and in English."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from engine.kinds.kind import Raw

LONGEST_FIGURE = 60  # characters looked at before anything is computed
MINUS = {"−": "-", "–": "-", "‐": "-", "‑": "-"}  # signs a keyboard or a spreadsheet puts for a minus
GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[ .,'])[0-9]{3})(?:(?P=mark)[0-9]{3})*")
PLAIN = re.compile(r"[0-9]+")
UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


# What a copy out of a PDF, a word processor or a telephone's contacts brings along and nobody sees, so that nobody could
# take it out: control signs, soft hyphens, blanks without width, signs that turn the reading direction around. What a word
# processor puts for a new line (U+000B, U+000C) is one.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
BREAKS = re.compile("[\x0b\x0c\x85]")
JOINERS = re.compile("[\u200c-\u200f]")  # some scripts and emoji need them; a number, an address never does


def single(raw: Raw, suffix: str = "") -> str:
    """What was typed in one control, without blanks at the ends and what nobody can see; "" when nothing was."""
    typed = (raw.get(suffix) or ("",))[0]
    if not typed.isprintable():  # most are: nothing to look for
        typed = UNSEEN.sub("", BREAKS.sub("\n", typed))
    return typed.strip()


def unjoined(text: str) -> str:
    """A number or an address without the signs that only join or separate letters."""
    return JOINERS.sub("", text)


LONGEST_NUMBER = 80  # characters looked at of a number that identifies something
MARKS = re.compile(r"[\s./\-]")


def compact(raw: Raw) -> str:
    """A number that identifies something (a company, an account), in capitals, without the blanks, dots, dashes and
    slashes people put between its groups."""
    return MARKS.sub("", latin_digits(spaced(single(raw)[:LONGEST_NUMBER]))).upper()


def is_storable(text: str, *, lines: bool = False) -> bool:
    """Whether a text holds no control sign, lone surrogate or sign that turns the reading direction around."""
    return not UNSTORABLE.search(text.replace("\n", "").replace("\t", "") if lines else text)


def is_line(text: str) -> bool:
    """The format `line`: a text that may be stored, on one line (what was kept before may hold more of them), and says something."""
    return is_storable(text.replace("\n", " ")) and not text.isspace()


def is_lines(text: str) -> bool:
    """The format `lines`: a text that may be stored."""
    return is_storable(text, lines=True)


def composed(text: str) -> str:
    """The text with letters and accents in one piece, so that lengths are what people count."""
    return unicodedata.normalize("NFC", text)


def latin_digits(text: str) -> str:
    """Digits of any script as 0-9 (full-width, Arabic…); superscripts and fractions are left as they are."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def spaced(text: str) -> str:
    """Every kind of blank (no-break, thin…) as one plain space, and every kind of minus as `-`."""
    return " ".join("".join(MINUS.get(sign, sign) for sign in unjoined(text)).split())


class NotAFigure(Exception):
    """The text is no figure: the code of the problem and its params."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def figure(text: str, decimals: int) -> Decimal:
    """The number a person meant, with at most `decimals` decimals.

    `12 000,50`, `12.000,50`, `12,000.50`, `12'000.50` are one number. `12,000` is twelve thousand where three
    decimals can't be meant, and ambiguous where they can. Raises NotAFigure.
    """
    if len(text) > LONGEST_FIGURE:
        raise NotAFigure("not_a_number")
    plain = latin_digits(spaced(text)).replace("’", "'")
    negative = plain.startswith("-")
    whole, fraction = _parts(plain[1:].lstrip() if plain.startswith(("+", "-")) else plain, decimals)
    if len(fraction.rstrip("0")) > decimals:
        raise NotAFigure("too_many_decimals", max=decimals)
    found = Decimal(f"{whole or '0'}.{fraction or '0'}")
    return -found if negative and found else found


def _parts(text: str, decimals: int) -> tuple[str, str]:
    """The digits before and after the decimal mark."""
    whole, mark, fraction = _cut(text, decimals)
    if mark and not PLAIN.fullmatch(fraction):
        raise NotAFigure("not_a_number")
    if PLAIN.fullmatch(whole) or (mark and not whole):
        return whole, fraction
    grouped = GROUPED.fullmatch(whole)
    if not grouped or grouped["mark"] == mark:
        raise NotAFigure("not_a_number")
    return re.sub(r"[ .,']", "", whole), fraction


def _cut(text: str, decimals: int) -> tuple[str, str, str]:
    """The text before the decimal mark, the mark ("" when there is none) and the text after it."""
    marks = [sign for sign in text if sign in ".,"]
    last = marks[-1] if marks else ""
    if not last or (marks.count(last) > 1 and len(set(marks)) == 1):
        return text, "", ""
    whole, _, fraction = text.rpartition(last)
    if len(marks) == 1 and re.fullmatch(r"[1-9][0-9]{0,2}", whole) and re.fullmatch(r"[0-9]{3}", fraction):
        if decimals >= 3:
            raise NotAFigure("ambiguous_number", thousands=whole + fraction, decimal=f"{whole},{fraction}")
        return text, "", ""
    return whole, last, fraction
