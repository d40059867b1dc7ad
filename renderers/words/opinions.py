"""What an opinion says, in words."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.opinion_model import FAVOURABLE, UNFAVOURABLE, WITH_RESERVATIONS
from renderers.catalogues import marked, say

OPINIONS: Mapping[str, str] = {
    FAVOURABLE: marked("Favourable"),
    WITH_RESERVATIONS: marked("Favourable with reservations"),
    UNFAVOURABLE: marked("Unfavourable"),
}


def opinion_words(answer: str, language: str) -> str:
    """What one says, in a language."""
    return say(language, OPINIONS[answer])
