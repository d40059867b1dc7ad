"""The words of each language: English stands in the templates and the code, the others in *.po files here.

`fr.po` is the house's; any other `NAME.fr.po` beside it is merged in. They are read once, without a compiled copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

FOLDER = Path(__file__).parent
SOURCE_LANGUAGE = "en"


def marked(message: str) -> str:
    """Mark a message of a table for translation, without translating it yet."""
    return message


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark the two forms of a message of a table for translation."""
    return one, many


def files(language: str) -> tuple[Path, ...]:
    """The catalogues of a language, the house's own first."""
    return (FOLDER / f"{language}.po", *sorted(FOLDER.glob(f"*.{language}.po")))


def read(path: Path) -> Catalog:
    """One catalogue. Raises OSError, or babel's PoFileError with the line."""
    with path.open("rb") as source:
        return read_po(source, abort_invalid=True)


@cache
def languages() -> tuple[str, ...]:
    """The languages the pages speak, English last."""
    found = sorted(path.stem for path in FOLDER.glob("*.po") if "." not in path.stem)
    return (*found, SOURCE_LANGUAGE)


@cache
def translations(language: str) -> NullTranslations:
    """The translations into a language; English, and a language without catalogue, are the messages themselves."""
    if language not in languages() or language == SOURCE_LANGUAGE:
        return NullTranslations()
    merged: Translations | None = None
    for path in files(language):
        found = _compiled(read(path))
        merged = found if merged is None else merged.merge(found)
    return merged or NullTranslations()


def _compiled(catalogue: Catalog) -> Translations:
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return Translations(buffer)


def say(language: str, message: str, params: Mapping[str, object] | None = None) -> str:
    """A message in a language, its `%(name)s` filled in."""
    said = translations(language).gettext(message)
    return said % params if params else said


def count(language: str, one: str, many: str, number: int, params: Mapping[str, object]) -> str:
    """A message that depends on a number, in the plural the language asks for."""
    return translations(language).ngettext(one, many, number) % params
