"""French words where the language has its own: what they mean there (in_french.yaml beside this module)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def from_french(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words a French one may stand for, the likeliest first; none when the table has none that is known."""
    meant: Mapping[str, list[str]] = _table()["words"]
    here = set(known)
    return tuple(one for one in meant.get(plain(word), ()) if one in here)


def is_french(word: str) -> bool:
    """Whether the table has a word, whatever it may stand for."""
    return plain(word) in _table()["words"]


def says_required(key: str) -> bool:
    """Whether a key wants to say that a question must be answered."""
    return plain(key) in _table()["required"]


def says_optional(key: str) -> bool:
    """Whether a key wants to say that a question may be left without an answer."""
    return plain(key) in _table()["optional"]


@cache
def _table() -> Mapping[str, Any]:
    import yaml  # read when something is wrong, never at the start

    text = files("engine.problems").joinpath("in_french.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def plain(word: str) -> str:
    """Without accents, in lower case, `_` between the words: `Pièce jointe` → `piece_jointe`."""
    bare = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return _BETWEEN_WORDS.sub("_", bare).strip("_")
