"""Answers as people read them again: by page, each under its label, rows and documents included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.asked import AskedPage, Reading, RowReading
from engine.asked.used import printed_value
from engine.kinds import Json, kind_of
from engine.kinds.kind import members, stored_rows
from engine.language.model import Field
from renderers.documents import DocumentLike
from renderers.labels import said
from renderers.row_titles import row_title
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
    return tuple(_page(asked, summary) for asked in summary.reading.pages)


def _page(asked: AskedPage, summary: Summary) -> AnswerPage:
    title = said(asked.page.title, summary.reading, summary.language)
    return AnswerPage(asked.page.id, title, answer_lines(asked.fields, summary))


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


def _row(repeat: Field, row: RowReading, typed: Json, summary: Summary) -> AnswerRow:
    answers, language = members(typed), summary.language
    lines = tuple(
        _cell(one, row, answers.get(one.id), summary)
        for one in row.fields
        if not row.line or answers.get(one.id) is not None
    ) + tuple(
        AnswerLine(
            one.id,
            said(one.label, summary.reading, language),
            computed_answer(one, row.values[one.id], language),
        )
        for one in row.computed
        if one.id not in summary.hidden
    )
    return AnswerRow(row_title(repeat, row.index, language, summary.reading, row), lines)


def _cell(one: Field, row: RowReading, answer: Json, summary: Summary) -> AnswerLine:
    """One answer in a row, rows in it included."""
    label = said(one.label, summary.reading, summary.language, row.values)
    rows = _rows(one, row.rows(one.id), answer, summary) if one.fields else ()
    return AnswerLine(one.id, label, "" if rows else printed_answer(one, answer, summary.language), rows)
