"""Spans of time as people write them: `2 ans`, `deux ans`, `18 months`; as they should be written."""

from __future__ import annotations

import re
import unicodedata

_WRITTEN = re.compile(r"([a-z]+|[0-9]{1,3})[ -]?((?:working |business )?[a-z]+(?: ouvres?| ouvrables?)?)")
_AFTER_END = re.compile(
    r" (?:after|apres|following|from|since|depuis)(?: (?:the|its|la|sa|l')? ?(?:end|fin))?$"
)
_UNITS = {
    "day": ("day", "jour", "j", "d"),
    "working day": ("working day", "business day", "jour ouvre", "jour ouvrable"),
    "week": ("week", "semaine", "w"),
    "month": ("month", "mois", "m"),
    "year": ("year", "an", "annee", "y"),
    "hour": ("hour", "heure", "h"),
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_ONE_TO_TWELVE = (
    ("one", "un", "une", "a"),
    ("two", "deux"),
    ("three", "trois"),
    ("four", "quatre"),
    ("five", "cinq"),
    ("six",),
    ("seven", "sept"),
    ("eight", "huit"),
    ("nine", "neuf"),
    ("ten", "dix"),
    ("eleven", "onze"),
    ("twelve", "douze"),
)
_NUMBER_OF = {word: number for number, words in enumerate(_ONE_TO_TWELVE, 1) for word in words}


def span_meant(text: str) -> str | None:
    """The span somebody meant by `90 jours` or `deux mois`; None when that can't be told."""
    found = _WRITTEN.fullmatch(_plain(text))
    if not found:
        return None
    count = int(found[1]) if found[1].isdecimal() else _NUMBER_OF.get(found[1])
    unit = _UNIT_OF.get(found[2]) or _UNIT_OF.get(" ".join(word.rstrip("s") for word in found[2].split()))
    if count is None or unit is None:
        return None
    return f"{count} {unit}{'s' if count > 1 else ''}"


def day_span_meant(text: str) -> str | None:
    """As `span_meant`, without hours: what ends on a day."""
    found = span_meant(text)
    return None if found is None or "hour" in found else found


def keep_meant(text: str) -> str | None:
    """`2 years after end` for `2 years`, `deux ans après la fin`…; None when that can't be told."""
    found = day_span_meant(_AFTER_END.sub("", _plain(text)))
    return None if found is None or "working" in found else f"{found} after end"


def _plain(text: str) -> str:
    """In lower case, without accents, with single blanks."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())
