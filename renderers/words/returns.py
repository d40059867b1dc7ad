"""Why a bank sent a payment back, in words; the words stand in `workflows/bank_reasons.yaml`."""

from __future__ import annotations

from collections.abc import Iterable

from renderers.catalogues import FIRST_LANGUAGE
from workflows.returns import reason_of, reasons


def reason_words(code: str, language: str) -> str:
    """A reason in a language, in French where it has no words of its own; the code where nobody knows it."""
    words = reason_of(code).words
    return words.get(language) or words.get(FIRST_LANGUAGE) or code


def reason_choices(language: str) -> Iterable[tuple[str, str]]:
    """Every reason with its words, in the order of its code: to choose one from."""
    return [(code, reason_words(code, language)) for code in sorted(reasons())]
