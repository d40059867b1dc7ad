"""Braces doubled by habit: `{{ income }}` in a text of scheme.yaml prints a plain brace, where `{income}` is a value."""

from __future__ import annotations

import re
from collections.abc import Container

_DOUBLED = re.compile(r"\{\{\s*([a-z][\w.]*)\s*\}\}")


def doubled(text: str, names: Container[str]) -> tuple[int, dict[str, object]] | None:
    """Where the first known name in two braces stands, with what is written and what was meant."""
    for found in _DOUBLED.finditer(text):
        if found[1].partition(".")[0] in names:
            return found.start(), {"found": found[0], "instead": f"{{{found[1]}}}"}
    return None
