"""What the house calls the people of a dossier whom the scheme doesn't name itself."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.expressions import Text
from renderers.catalogues import marked, say

APPLICANT = marked("Applicant")


def applicant_label(languages: Sequence[str]) -> Text:
    """Who began the dossier, in the languages of its scheme."""
    return Text({language: (say(language, APPLICANT),) for language in languages})
