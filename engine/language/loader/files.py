"""The files beside scheme.yaml: reference lists, mails and letters, translations."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import StringIO

from engine.language.bundle import Bundle
from engine.language.lists import ReferenceList
from engine.language.source import Source, read_source
from engine.problems import Place, Problem, near

_TEXT = re.compile(r"texts/(?P<name>[a-z][a-z0-9_]*)\.(?P<language>[a-z]{2})\.md")
_LIST = re.compile(r"(?:shared/)?lists/(?P<name>[a-z][a-z0-9_]*)\.csv")
_NOTES = re.compile(r"(?:lists/|texts/)?[A-Z]+\.md")  # SOURCES.md, README.md


def read_texts(
    bundle: Bundle, languages: tuple[str, ...], problems: list[Problem]
) -> dict[str, dict[str, str]]:
    """Mails, letters and other texts: name → language → Markdown."""
    found: dict[str, dict[str, str]] = {}
    for file, text in bundle.files.items():
        if not file.endswith(".md") or _NOTES.fullmatch(file):
            continue
        name = _TEXT.fullmatch(file)
        place = Place(bundle.name_of(file), 1, 1)
        if not name:
            problems.append(Problem("text_file_name", {"file": file}, place))
        elif name["language"] not in languages:
            params = {"name": name["language"], "known": languages}
            problems.append(
                Problem("unknown_language", params, place, suggestion=near(name["language"], languages))
            )
        else:
            found.setdefault(name["name"], {})[name["language"]] = text
    return found


def read_translations(
    bundle: Bundle, languages: tuple[str, ...], problems: list[Problem]
) -> dict[str, Source]:
    """texts/en.yaml and its like, one for each language but the first."""
    found: dict[str, Source] = {}
    for file, text in bundle.files.items():
        name = re.fullmatch(r"texts/(.+)\.ya?ml", file)
        if not name:
            continue
        source = read_source(text, bundle.name_of(file))
        if name[1] not in languages[1:]:
            params = {"name": name[1], "known": languages[1:]}
            problems.append(
                Problem("unknown_language", params, source.start, suggestion=near(name[1], languages[1:]))
            )
            continue
        problems += source.problems
        found[name[1]] = source
        if source.data is not None and not isinstance(source.data, Mapping):
            problems.append(Problem("no_mapping", {}, source.start))
    return found


def read_lists(bundle: Bundle, problems: list[Problem]) -> dict[str, ReferenceList]:
    """lists/*.csv and shared/lists/*.csv: the first line names the columns, `code` and `label` among them."""
    found: dict[str, ReferenceList] = {}
    for file, text in bundle.files.items():
        name = _LIST.fullmatch(file)
        if name and name["name"] in found:
            both = (bundle.name_of(f"lists/{name['name']}.csv"), bundle.name_of(file))
            params: dict[str, object] = {"name": name["name"], "files": both}
            problems.append(Problem("shared_twice", params, Place(bundle.name_of(file), 1, 1)))
        elif name:
            found[name["name"]] = _read_list(name["name"], text, bundle.name_of(file), problems)
        elif file.endswith(".csv"):
            problems.append(Problem("list_file_name", {"file": file}, Place(bundle.name_of(file), 1, 1)))
    return found


def _read_list(name: str, text: str, file: str, problems: list[Problem]) -> ReferenceList:
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    rows: dict[str, dict[str, str]] = {}
    columns: tuple[str, ...] = ()
    try:
        columns = tuple(column.strip() for column in next(reader, []))
        for column in ("code", "label"):
            if column not in columns:
                problems.append(Problem("list_without_column", {"column": column}, Place(file, 1, 1)))
                return ReferenceList(name, columns, {})
        for cells in reader:
            _row(cells, columns, rows, Place(file, reader.line_num, 1), problems)
    except csv.Error:
        problems.append(Problem("list_unreadable", {}, Place(file, reader.line_num or 1, 1)))
    return ReferenceList(name, columns, rows)


def _row(
    cells: list[str],
    columns: tuple[str, ...],
    rows: dict[str, dict[str, str]],
    place: Place,
    problems: list[Problem],
) -> None:
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(columns):
        params: dict[str, object] = {"found": len(cells), "wanted": len(columns)}
        problems.append(Problem("list_row_length", params, place))
        return
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    if row["code"] in rows:
        problems.append(Problem("list_code_twice", {"code": row["code"]}, place))
    elif not row["code"] or not row["label"]:
        problems.append(Problem("list_empty_cell", {"column": "code" if not row["code"] else "label"}, place))
    else:
        rows[row["code"]] = row
