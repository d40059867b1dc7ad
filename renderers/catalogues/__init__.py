"""The words of each language: English stands in the templates and the code, the others in *.po files here.

`fr.po` is the house's; any other `NAME.fr.po` beside it is merged in. They are read once, compiled copies from the shelf.
A site brings further languages in a folder of its own (`bring`); a message such a language lacks is said in French.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.support import NullTranslations, Translations

from renderers.compiled import kept

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER = Path(__file__).parent
SOURCE_LANGUAGE = "en"
FIRST_LANGUAGE = "fr"
_folders: list[Path] = [FOLDER]


def marked(message: str) -> str:
    """Mark a message of a table for translation, without translating it yet."""
    return message


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark the two forms of a message of a table for translation."""
    return one, many


def bring(folder: Path) -> None:
    """Take the catalogues of a site too (`de.po`, `he.po`): once, before the first page is shown."""
    if folder not in _folders and folder.is_dir():
        _folders.append(folder)
        _forget()


def take_back(folder: Path) -> None:
    """Speak no longer what a folder brought."""
    if folder in _folders:
        _folders.remove(folder)
        _forget()


def _forget() -> None:
    for known in (languages, translations, missing):
        known.cache_clear()


def files(language: str) -> tuple[Path, ...]:
    """The catalogues of a language, the house's own first."""
    named = [folder / f"{language}.po" for folder in _folders]
    beside = [path for folder in _folders for path in sorted(folder.glob(f"*.{language}.po"))]
    return (*(path for path in named if path.exists()), *beside)


def read(path: Path) -> Catalog:
    """One catalogue. Raises OSError, or babel's PoFileError with the line."""
    from babel.messages.pofile import read_po  # only what isn't compiled yet is read

    with path.open("rb") as source:
        return read_po(source, abort_invalid=True)


@cache
def languages() -> tuple[str, ...]:
    """The languages the pages speak, English last."""
    found = [path.stem for folder in _folders for path in sorted(folder.glob("*.po")) if "." not in path.stem]
    return (*dict.fromkeys(found), SOURCE_LANGUAGE)


@cache
def missing(language: str) -> int:
    """How many messages of the pages a language doesn't say itself; none for those of the house."""
    if language in (SOURCE_LANGUAGE, FIRST_LANGUAGE):
        return 0
    spoken = {one.id for path in files(language) for one in read(path) if one.id and one.string}
    known = {one.id for path in files(FIRST_LANGUAGE)[:1] for one in read(path) if one.id}
    return len(known - spoken)


@cache
def direction(language: str) -> str:
    """How a language is written: "ltr" or "rtl", the value of HTML's `dir`."""
    return Locale.parse(language, sep="-").text_direction


@cache
def name_of(language: str, within: str = "") -> str:
    """The name of a language, in another one or, when that isn't said, in itself: "English", "français"."""
    found = Locale.parse(language, sep="-").get_display_name(within.replace("-", "_") or None) or language
    return found if within else found[:1].upper() + found[1:]


@cache
def translations(language: str) -> NullTranslations:
    """The translations into a language; English, and a language without catalogue, are the messages themselves."""
    if language not in languages() or language == SOURCE_LANGUAGE:
        return NullTranslations()
    merged: Translations | None = None
    for path in files(language):
        found = _compiled(path)
        merged = found if merged is None else merged.merge(found)
    if merged is not None and language != FIRST_LANGUAGE:
        merged.add_fallback(translations(FIRST_LANGUAGE))
    return merged or NullTranslations()


def _compiled(path: Path) -> Translations:
    name = f"{sha256(str(path).encode()).hexdigest()[:16]}.mo"
    return Translations(BytesIO(kept(name, lambda: _compile(path))))


def _compile(path: Path) -> bytes:
    from babel.messages.mofile import write_mo

    buffer = BytesIO()
    write_mo(buffer, read(path))
    return buffer.getvalue()


def say(language: str, message: str, params: Mapping[str, object] | None = None) -> str:
    """A message in a language, its `%(name)s` filled in."""
    said = translations(language).gettext(message)
    return said % params if params else said


def count(language: str, one: str, many: str, number: int, params: Mapping[str, object]) -> str:
    """A message that depends on a number, in the plural the language asks for."""
    return translations(language).ngettext(one, many, number) % params
