"""Ids for what is brought in from elsewhere: free, and no word of FEEL or of the language."""

from __future__ import annotations

from collections.abc import Container

from engine.feel.builtins import BUILTINS
from engine.feel.lexer import KEYWORDS
from engine.language.checks.ids import RESERVED


def free_id(id: str, taken: Container[str]) -> str:
    """An id nobody bears, and which is no word of FEEL or of the language."""
    if id in KEYWORDS or id in BUILTINS or id in RESERVED:
        id = f"the_{id}"
    found, number = id, 2
    while found in taken:
        found, number = f"{id}_{number}", number + 1
    return found
