"""The options of a question that depend on other answers: a list of the scheme, with the columns its filter reads."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from authoring.imports.ids import free_id
from authoring.imports.xlsform.survey import Survey
from authoring.imports.xlsform.texts import Texts
from authoring.imports.xlsform.workbook import Row
from engine.language.structure import better_id

OWN = ("list_name", "name", "value")


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """One list: its id here, its rows, the codes of its options, and the name here of each further column."""

    id: str
    rows: tuple[Row, ...]
    codes: Mapping[str, str]
    columns: Mapping[str, str]


def choice_list(survey: Survey, name: str) -> ChoiceList:
    """The list of this name; its columns bear names no question bears, since both stand in one expression."""
    rows = tuple(survey.choices.get(name, ()))
    columns: dict[str, str] = {}
    for column in (column for row in rows for column in row.cells):
        if column not in (*OWN, *columns) and not column.startswith(
            ("label", "media", "image", "audio", "video")
        ):
            columns[column] = free_id(better_id(column), {*survey.ids, *columns.values()})
    return ChoiceList(free_id(better_id(name), survey.ids), rows, survey.lists.get(name, {}), columns)


def written(one: ChoiceList, survey: Survey, texts: Texts) -> str:
    """The list as CSV: code, label in each language, further columns; a code of another list as it is called here."""
    codes = {code: here for found in survey.lists.values() for code, here in found.items()}
    first, *others = texts.languages
    labels = ["label", *(f"label_{language}" for language in others)]
    kept = StringIO()
    lines = csv.writer(kept, lineterminator="\n")
    lines.writerow(["code", *labels, *one.columns.values()])
    for row in one.rows:
        code = row.text("name") or row.text("value")
        said = texts.of(row, "label", lambda name: None) or code
        words = (
            [said]
            if isinstance(said, str)
            else [said.get(language, said[first]) for language in texts.languages]
        )
        given = [row.text(column) for column in one.columns]
        lines.writerow([one.codes[code], *words, *(codes.get(text, text) for text in given)])
    return kept.getvalue()
