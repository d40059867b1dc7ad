"""The checks of a page asked for each row: each is judged in its row, and told on the page of that row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.asked import Reading, RowReading
from engine.asked.order import reads
from engine.language.model import Check, Field, Page
from engine.problems import AnswerProblem
from engine.validation.bounds import Path, check_problems


def page_checks(reading: Reading, repeat: Field, waits: Callable[[str], bool]) -> Iterator[AnswerProblem]:
    """What the checks of the pages of a repeat's rows refuse, where they are asked; `waits`: whether an answer of the form is
    still to come."""
    pages = [page for page in reading.scheme.form.values() if page.for_each == repeat.id and page.checks]
    for row in reading.rows(repeat.id) if pages else ():
        for page in pages:
            yield from _of_row(reading, repeat, row, page, waits)


def _of_row(
    reading: Reading, repeat: Field, row: RowReading, page: Page, waits: Callable[[str], bool]
) -> Iterator[AnswerProblem]:
    here = [one for one in row.fields if one.page == page.id]
    own = {one.id: one for one in row.fields}

    def to_come(name: str) -> bool:
        if name in repeat.row_names:
            return name in own and not own[name].optional and row.values[name] is None
        return waits(name)

    for check in page.checks if here else ():
        path: Path = (repeat.id, row.step, _told_at(check, here).id)
        yield from check_problems((check,), row.values, reading, to_come, path)


def _told_at(check: Check, here: list[Field]) -> Field:
    """The last question of the page that the check reads; the last one of all when it reads none."""
    read = reads(check.require)
    return next((one for one in reversed(here) if one.id in read), here[-1])
