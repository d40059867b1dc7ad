"""Names of countries in a language (Unicode CLDR, by Babel), those most often named first."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from engine.places import COUNTRIES, departments
from renderers.words.figures import locale

OFTEN = ("FR", "BE", "CH", "LU", "MC", "DE", "ES", "IT", "PT", "GB", "DZ", "MA", "TN")


def country(code: str, language: str) -> str:
    """The name of a country; its code when the language has none."""
    return str(locale(language).territories.get(code, code))


def department(code: str, language: str) -> str:
    """`Haute-Savoie (74)`; the code alone of one that is no more."""
    known = departments().get(code)
    return f"{known.name} ({code})" if known else code


@cache
def countries(language: str) -> Mapping[str, str]:
    """Every country's name by its code: a few first, then all in the order of the alphabet."""
    named = {code: country(code, language) for code in COUNTRIES}
    ordered = sorted(COUNTRIES, key=lambda code: _bare(named[code]))
    return {code: named[code] for code in dict.fromkeys((*OFTEN, *ordered))}


def _bare(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
