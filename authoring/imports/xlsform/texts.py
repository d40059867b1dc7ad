"""The texts of an XLSForm in its languages: `label::French (fr)`, or one column alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from authoring.imports.xlsform.workbook import Row, Workbook

CODE = re.compile(r"\(([a-z]{2})(?:[-_][a-z0-9]+)?\)$")
NAMED: Mapping[str, str] = {
    "english": "en", "français": "fr", "french": "fr", "español": "es", "spanish": "es", "deutsch": "de",
    "german": "de", "italiano": "it", "italian": "it", "português": "pt", "portuguese": "pt", "arabic": "ar",
}  # fmt: skip
HOLE = re.compile(r"\$\{\s*([^}\s]+)\s*\}|([{}])")
Said = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """The languages of a form, the first one first, and the language of each suffix of a column (`::french (fr)`)."""

    languages: tuple[str, ...]
    suffixes: Mapping[str, str]

    def of(self, row: Row, column: str, hole: Callable[[str], str | None]) -> Said:
        """What a column says in each language, `${name}` as the hole of its id; "" when it says nothing."""
        found: dict[str, str] = {}
        for name, cell in row.cells.items():
            head, _, suffix = name.partition("::")
            language = self.suffixes.get(suffix)
            if head == column and language is not None:
                found.setdefault(language, _written(cell.text, hole))
        if not found:
            return ""
        first = self.languages[0]
        ordered = {first: found.get(first) or next(iter(found.values()))}
        ordered |= {language: found[language] for language in self.languages if language in found}
        return ordered[first] if len(self.languages) == 1 else ordered


def texts_of(book: Workbook, otherwise: str) -> Texts:
    """The languages of a workbook; `otherwise` is that of columns which name none. Others are noted."""
    settings = next(iter(book.rows("settings")), None)
    wanted = language_of(settings.text("default_language").lower()) if settings else None
    suffixes = {"": wanted or otherwise}
    for sheet in ("survey", "choices"):
        for column in book.columns.get(sheet, ()):
            suffix = column.partition("::")[2]
            if (
                suffix
                and suffix not in suffixes
                and column.startswith(("label", "hint", "constraint", "required"))
            ):
                language = language_of(suffix)
                if language is None:
                    book.note("xls_language", book.rows("survey")[0].place, name=suffix)
                else:
                    suffixes[suffix] = language
    named = [language for suffix, language in suffixes.items() if suffix]
    plain = any(column in ("label", "hint") for column in book.columns.get("survey", ()))
    used = list(dict.fromkeys(([suffixes[""]] if plain or not named else []) + named))
    first = wanted if wanted in used else used[0]
    return Texts((first, *(one for one in used if one != first)), suffixes)


def language_of(name: str) -> str | None:
    """The code of a language as a column names it: `French (fr)`, `français`, `fr`."""
    found = CODE.search(name)
    if found:
        return found[1]
    return name if re.fullmatch(r"[a-z]{2}", name) else NAMED.get(name)


def _written(text: str, hole: Callable[[str], str | None]) -> str:
    def replaced(found: re.Match[str]) -> str:
        if found[2]:
            return found[2] * 2
        id = hole(found[1])
        return f"{{{id}}}" if id else found[1]

    return HOLE.sub(replaced, text)
