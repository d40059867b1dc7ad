"""XLSForm: the questions of a spreadsheet become the form of a scheme that opens; what can't be carried over is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from authoring.imports.xlsform.fields import Fields
from authoring.imports.xlsform.lists import written as lists_written
from authoring.imports.xlsform.survey import read_survey
from authoring.imports.xlsform.texts import texts_of
from authoring.imports.xlsform.workbook import NotReadable, Workbook, read_workbook
from authoring.imports.xlsform.writing import minimal, scheme_data, worded, written
from engine.language import Bundle, examine
from engine.problems import Path, Problem

__all__ = ["Imported", "NotReadable", "import_xlsform"]

OTHER_KINDS = ("text", "yes_no", "date")  # what a computed column is tried as, after a number
REMOVED = frozenset({"when", "check", "value", "messages", "where"})


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole scheme.yaml with its lists (`lists/NAME.csv`), and what could not be carried over, by its place in the
    workbook."""

    yaml: str
    problems: tuple[Problem, ...]
    lists: Mapping[str, str] = field(default_factory=dict)


def import_xlsform(content: bytes, file: str, language: str = "fr") -> Imported:
    """The scheme of an XLSForm; `language` is that of texts whose column names none. Raises NotReadable."""
    book = read_workbook(content, file)
    survey = read_survey(book)
    texts = texts_of(book, language)
    fields = Fields(book, survey, texts, worded(minimal()["again"], texts.languages))
    data = scheme_data(book, fields)
    lists = {f"lists/{one.id}.csv": lists_written(one, survey, texts) for one in fields.lists.values()}
    _settle(data, book, fields, lists)
    problems = sorted(dict.fromkeys(map(_key, book.problems)), key=lambda one: one[0])
    by_key = {_key(problem): problem for problem in book.problems}
    return Imported(written(data), tuple(by_key[key] for key in problems), lists)


def _key(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    assert place is not None
    return (place.file, place.line, place.column, problem.code, str(problem.params))


def _settle(data: dict[str, Any], book: Workbook, fields: Fields, lists: Mapping[str, str]) -> None:
    """Take out, and tell, the expressions the language refuses after all: a type that doesn't fit, a loop."""
    for _ in range(len(fields.cells) + 1):
        found = examine(Bundle({"scheme.yaml": written(data), **lists}))
        wrong = {_spot(problem.path) for problem in found.problems if problem.severity == "error"} - {()}
        # each of them, not only the first
        changed = [
            _mended(data, spot) or _taken_out(data, spot, book, fields) for spot in sorted(wrong, key=str)
        ]
        if not any(changed):
            return


def _spot(path: Path) -> Path:
    """The key to take out for a problem at a path; () when there is none."""
    if path[:1] == ("computed",):
        return path[:2]
    places = [number for number, step in enumerate(path) if step in REMOVED]
    return path[: places[0] + 1] if places else ()


def _above(data: dict[str, Any], spot: Path) -> dict[str, Any] | None:
    here: Any = data
    for step in spot[:-1]:
        here = here.get(step) if isinstance(here, dict) else None
    return here if isinstance(here, dict) and spot[-1] in here else None


def _mended(data: dict[str, Any], spot: Path) -> bool:
    """Whether a computed column may be of another kind."""
    field = _above(data, spot)
    if field is None or spot[-1] != "value" or spot[0] != "form":
        return False
    kinds = ("decimal", *OTHER_KINDS)
    place = kinds.index(field["type"]) + 1
    if place == len(kinds):
        return False
    field["type"] = kinds[place]
    return True


def _taken_out(data: dict[str, Any], spot: Path, book: Workbook, fields: Fields) -> bool:
    above = _above(data, spot)
    if above is None:
        return False
    above.pop(str(spot[-1]))
    if spot[-1] == "value" and (field := _above(data, spot[:-1])) is not None:
        field.pop(str(spot[-2]))  # nothing is left of a column that was only computed
    if spot[:1] == ("computed",) and not data["computed"]:
        del data["computed"]
    cell = fields.cells.get(spot) or fields.cells.get((*spot, "value"))
    if cell is not None:
        book.note("xls_refused", cell.place, text=cell.text)
    return True
