"""Answers as people read them again: by page, each under its label, rows and documents included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.asked import AskedPage, Reading, RowReading
from engine.asked.used import printed_value
from engine.kinds import Json, kind_of
from engine.kinds.kind import members, stored_rows
from engine.language.model import Field
from renderers.documents import DocumentLike
from renderers.labels import said
from renderers.row_titles import page_title, row_of, row_title
from renderers.words import standalone


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and its answer; `value` is "" when nothing was answered."""

    field_id: str
    label: str
    value: str
    rows: tuple[AnswerRow, ...] = ()
    documents: tuple[DocumentLike, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One row of a repeat."""

    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The answers of one page."""

    page_id: str
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a summary is made from; `hidden` are fields left out, `documents` those of each file field."""

    reading: Reading
    language: str
    documents: Mapping[str, Sequence[DocumentLike]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


def answer_pages(summary: Summary) -> tuple[AnswerPage, ...]:
    """Every page asked, with the answers to what is asked on it."""
    return tuple(_page(asked, summary) for asked in summary.reading.steps)


def _page(asked: AskedPage, summary: Summary) -> AnswerPage:
    title = page_title(asked, summary.reading, summary.language)
    return AnswerPage(asked.id, title, lines_on(asked, asked.fields, summary))


def lines_on(asked: AskedPage, fields: Sequence[Field], summary: Summary) -> tuple[AnswerLine, ...]:
    """These fields of a page with their answers; on one asked for each row of a repeat, those of its row."""
    row = row_of(asked, summary.reading)
    if row is None or not fields:
        return answer_lines(fields, summary)
    return _row_lines(asked, row, summary)


def _row_lines(asked: AskedPage, row: RowReading, summary: Summary) -> tuple[AnswerLine, ...]:
    """What a page asked for each row holds of one; each of its lines is changed where the repeat is."""
    [repeat] = asked.fields
    if repeat.id in summary.hidden:
        return ()
    typed = stored_rows(repeat, summary.reading.answers.get(repeat.id))
    lines = _row(repeat, row, typed[row.index], summary, asked.page.id).lines
    return tuple(replace(line, field_id=repeat.id) for line in lines)


def answer_lines(fields: Sequence[Field], summary: Summary) -> tuple[AnswerLine, ...]:
    """These fields with their answers."""
    return tuple(_line(one, summary) for one in fields if one.id not in summary.hidden)


def _line(one: Field, summary: Summary) -> AnswerLine:
    answer = summary.reading.answers.get(one.id)
    rows = _rows(one, summary.reading.rows(one.id), answer, summary) if one.fields else ()
    return AnswerLine(
        one.id,
        said(one.label, summary.reading, summary.language),
        "" if rows else printed_answer(one, answer, summary.language),
        rows,
        tuple(summary.documents.get(one.id, ())),
    )


def _rows(
    repeat: Field, known: Sequence[RowReading], answer: Json, summary: Summary
) -> tuple[AnswerRow, ...]:
    pairs = zip(known, stored_rows(repeat, answer), strict=False)
    told = [(row, typed) for row, typed in pairs if not row.line or typed or not row.fields]
    return tuple(_row(repeat, row, typed, summary) for row, typed in told)


def printed_answer(one: Field, answer: Json, language: str) -> str:
    """An answer in one line; "" for none."""
    return "" if answer is None else standalone(kind_of(one).printed(one, answer, language), language)


def computed_answer(one: Field, value: object, language: str) -> str:
    """What was computed for a row in one line; "" while it isn't known."""
    return "" if value is None else standalone((printed_value(one, value, language),), language)


def _row(repeat: Field, row: RowReading, typed: Json, summary: Summary, page: str = "") -> AnswerRow:
    """A row with what is asked of it on a page, that of its repeat when not said."""
    answers, language = members(typed), summary.language
    here = page or repeat.page
    lines = tuple(
        _cell(one, row, answers.get(one.id), summary)
        for one in row.fields
        if one.page == here and (not row.line or answers.get(one.id) is not None)
    ) + tuple(
        AnswerLine(
            one.id,
            said(one.label, summary.reading, language),
            computed_answer(one, row.values[one.id], language),
        )
        for one in row.computed
        if one.page == here and one.id not in summary.hidden
    )
    return AnswerRow(row_title(repeat, row.index, language, summary.reading, row), lines)


def _cell(one: Field, row: RowReading, answer: Json, summary: Summary) -> AnswerLine:
    """One answer in a row, rows in it included."""
    label = said(one.label, summary.reading, summary.language, row.values)
    rows = _rows(one, row.rows(one.id), answer, summary) if one.fields else ()
    return AnswerLine(one.id, label, "" if rows else printed_answer(one, answer, summary.language), rows)
