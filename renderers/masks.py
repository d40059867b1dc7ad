"""Crossing out: what somebody may not see of a value, a phrase, or the tables behind an amount. Which ones is decided
elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from engine.asked.decided import Decided
from engine.asked.used import UsedValue
from engine.words import Phrase, Printed

MASK = "•••"
WORD = re.compile(r"\w+")


def mask_decided(decided: Iterable[Decided], hidden: Collection[str]) -> tuple[Decided, ...]:
    """The tables behind an amount with every hidden value crossed out."""
    return tuple(_mask_decided(one, hidden) for one in decided)


def _mask_decided(one: Decided, hidden: Collection[str]) -> Decided:
    used = tuple(mask_used(value) if reads_any([value.path], hidden) else value for value in one.used)
    title = one.title
    if one.title_reads & set(hidden):
        title = {language: mask_phrase(phrase) for language, phrase in title.items()}
    result = dict.fromkeys(one.result, Printed(MASK, "text")) if one.id in hidden else one.result
    return replace(one, used=used, title=title, result=result)


def mask_used(used: UsedValue) -> UsedValue:
    """A value read, crossed out in every language."""
    masked: Mapping[str, Printed] = {language: Printed(MASK, "text") for language in used.printed}
    return replace(used, printed=masked)


def mask_phrase(phrase: Phrase) -> Phrase:
    """A phrase with each value it prints crossed out."""
    return tuple(part if isinstance(part, str) else MASK for part in phrase)


def reads_any(texts: Iterable[str], hidden: Collection[str]) -> bool:
    """Whether one of these expressions reads one of these names."""
    return any(word in hidden for text in texts for word in WORD.findall(text))
