"""Labels and titles as people read them: the holes an author left in a text (`{first_name}`) are filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.asked import Reading
from engine.language.model import Expression, Field, Text
from renderers.foreign import in_its_language
from renderers.words import phrase


def said(text: Text, reading: Reading, language: str, values: Mapping[str, object] | None = None) -> str:
    """A text in a language; `values` are those known there (a row's own), when not the reading's."""
    parts = text.parts(language)
    if len(parts) == 1 and isinstance(parts[0], str):  # most: nothing to compute
        return in_its_language(parts[0], text, language)
    known = reading.values if values is None else values
    found = phrase(text.say(language, known, reading.now, reading.zone), language)
    return in_its_language(found, text, language)


def with_labels_said(fields: Mapping[str, Field], reading: Reading, language: str) -> Mapping[str, Field]:
    """The same fields, their labels without holes in this language; what is asked in rows keeps its own."""
    return {
        id: replace(one, label=Text({language: (said(one.label, reading, language),)}))
        if has_holes(one.label)
        else one
        for id, one in fields.items()
    }


def has_holes(text: Text) -> bool:
    """Whether something in a text is computed."""
    return any(isinstance(part, Expression) for parts in text.versions.values() for part in parts)
