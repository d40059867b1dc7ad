"""Texts in quotes, as an author should have typed them."""

from __future__ import annotations

import re

_SIGNS = "*&!%@`>|?{}[]-#,:"
_UNSAFE_IN_FLOW = re.compile(r"[{}\[\]?,]|:(?:\s|$)|\s#")


def quoted(text: str) -> str:
    """The text in quotes: double ones, or single ones around a text that holds double ones only."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def begins_with_sign(text: str) -> str | None:
    """The sign at the beginning that YAML would not read as text; None when there is none."""
    if text[:1] == "-" and not re.match(r"-(?:\s|$)", text):
        return None
    if text[:1] == "?" and not re.match(r"\?(?:\s|$)", text):
        return None
    return text[0] if text[:1] and text[0] in _SIGNS and text[0] not in "#,:}]" else None


def needs_quotes_in_braces(text: str) -> bool:
    """Whether a text between `{` and `}` must stand in quotes."""
    return bool(begins_with_sign(text) or text[:1] in {"'", '"'} or _UNSAFE_IN_FLOW.search(text))


def without_outer_quotes(text: str) -> str:
    """`'l'aide'` without its outer quotes; `"a" = "b"`, where the first quotes close before a blank, is itself."""
    if (
        len(text) > 2
        and text[0] in "'\""
        and text[-1] == text[0]
        and not text[text.index(text[0], 1) + 1 :][:1].isspace()
    ):
        return text[1:-1]
    return text
