"""A text whose holes nobody can compute on paper: each is called by what it stands for, or left as three dots."""

from __future__ import annotations

from engine.feel import tree
from engine.language.model import Expression, Scheme, Text
from renderers.catalogues import marked, say

CALLED = marked("“%(text)s”")
UNKNOWN = "…"


def on_paper(text: Text, scheme: Scheme, language: str) -> str:
    """`A rent of “Rent” is above the ceiling.`"""
    parts = text.parts(language)
    return "".join(part if isinstance(part, str) else _called(part, scheme, language) for part in parts)


def _called(hole: Expression, scheme: Scheme, language: str) -> str:
    root = hole.compiled.tree.root
    label = _label(root.name, scheme) if isinstance(root, tree.Name) else None
    return UNKNOWN if label is None else say(language, CALLED, {"text": label.plain(language)})


def _label(name: str, scheme: Scheme) -> Text | None:
    if name in scheme.fields:
        return scheme.fields[name].label
    known = scheme.parameters.get(name) or scheme.computed.get(name)
    return known.label if known else None
