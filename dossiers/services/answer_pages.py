"""A dossier's answers page by page for staff, with what their roles may not see left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from dossiers.services.answer_views import AnswerPage, AnswerView
from dossiers.services.cases import Case
from dossiers.services.fact_views import source_of
from dossiers.services.masking import masked_text
from dossiers.services.views import DocumentView
from engine.asked import RowReading
from engine.asked.used import printed_value
from engine.kinds import Json, kind_of
from engine.kinds.file import is_identity
from engine.kinds.kind import items, members, stored_rows
from engine.language.model import Field
from engine.words import Phrase

Documents = Mapping[str, tuple[DocumentView, ...]]


def answer_pages(
    case: Case, before: Mapping[str, Json] | None, hidden: Collection[str], documents: Documents
) -> tuple[AnswerPage, ...]:
    """The pages asked, in order. `before` holds the answers of the filing before this one, None when it is the first."""
    return tuple(
        AnswerPage(
            page.page,
            masked_text(page.page.title, case.reading, hidden),
            tuple(_answer(case, asked, before, hidden, documents) for asked in page.fields),
        )
        for page in case.reading.pages
    )


def _answer(
    case: Case, asked: Field, before: Mapping[str, Json] | None, hidden: Collection[str], documents: Documents
) -> AnswerView:
    answer = case.filed.answers.get(asked.id)
    changed = before is not None and before.get(asked.id) != answer
    label = masked_text(asked.label, case.reading, hidden)
    if asked.id in hidden:
        return AnswerView(asked, label, None, {}, hidden=True, changed=changed)
    if asked.kind == "file":
        return _documents(asked, label, answer, changed, documents.get(asked.id, ()))
    if asked.fields:
        if asked.lines:
            return replace(_table(case, asked, answer, hidden), label=label, changed=changed)
        rows = _rows(case, asked, case.reading.rows(asked.id), answer, hidden, documents)
        return AnswerView(asked, label, None, {}, hidden=False, changed=changed, rows=rows)
    printed = _printed(case, asked, answer)
    source = source_of(case, asked)
    return AnswerView(asked, label, answer, printed, hidden=False, changed=changed, source=source)


def _table(case: Case, asked: Field, answer: Json | None, hidden: Collection[str]) -> AnswerView:
    """The lines of a matrix, each with a cell for every column."""
    typed = stored_rows(asked, answer)
    known = case.reading.rows(asked.id)
    rows = tuple(
        tuple(_table_cell(case, row, one, typed[row.index], hidden) for one in asked.fields.values())
        for row in known
    )
    lines = tuple(masked_text(asked.lines[row.line].label, case.reading, hidden) for row in known)
    return AnswerView(asked, {}, None, {}, hidden=False, changed=False, rows=rows, lines=lines)


def _table_cell(
    case: Case, row: RowReading, one: Field, typed: object, hidden: Collection[str]
) -> AnswerView:
    label = masked_text(one.label, case.reading, hidden)
    if one.id in hidden:
        return AnswerView(one, label, None, {}, hidden=True, changed=False)
    if one in row.computed:
        return AnswerView(
            one, label, None, _shown(case, one, row.values[one.id]), hidden=False, changed=False
        )
    given = members(typed).get(one.id) if one in row.fields else None
    return AnswerView(one, label, given, _printed(case, one, given), hidden=False, changed=False)


def _documents(
    asked: Field, label: Mapping[str, Phrase], answer: Json, changed: bool, sent: tuple[DocumentView, ...]
) -> AnswerView:
    """The documents of a field; those erased meanwhile by their name alone."""
    here = {one.public_id for one in sent}
    names = {str(members(one).get("id")): str(members(one).get("name", "")) for one in items(answer)}
    return AnswerView(
        asked,
        label,
        answer,
        {},
        hidden=False,
        changed=changed,
        documents=tuple(one for one in sent if one.public_id in names),
        small=not (asked.sensitive or is_identity(asked)),
        erased=tuple(name for id, name in names.items() if id not in here) if not here & names.keys() else (),
    )


def _rows(
    case: Case,
    repeat: Field,
    rows: Iterable[RowReading],
    answer: Json | None,
    hidden: Collection[str],
    documents: Documents,
) -> tuple[tuple[AnswerView, ...], ...]:
    typed = zip(rows, stored_rows(repeat, answer), strict=False)
    return tuple(
        _row(case, row, members(given), hidden, documents) + _computed(case, row, hidden)
        for row, given in typed
    )


def _row(
    case: Case,
    row: RowReading,
    typed: Mapping[str, object],
    hidden: Collection[str],
    documents: Documents,
) -> tuple[AnswerView, ...]:
    return tuple(
        _inner_rows(case, row, inner, typed.get(inner.id), hidden, documents)
        if inner.fields and inner.id not in hidden
        else _cell(case, inner, typed.get(inner.id), hidden, documents.get(inner.place, ()))
        for inner in row.fields
    )


def _inner_rows(
    case: Case,
    row: RowReading,
    repeat: Field,
    answer: Json | None,
    hidden: Collection[str],
    documents: Documents,
) -> AnswerView:
    """The rows in a row."""
    label = masked_text(repeat.label, case.reading, hidden)
    rows = _rows(case, repeat, row.rows(repeat.id), answer, hidden, documents)
    return AnswerView(repeat, label, None, {}, hidden=False, changed=False, rows=rows)


def _computed(case: Case, row: RowReading, hidden: Collection[str]) -> tuple[AnswerView, ...]:
    """What is computed for a row, as the rules see it."""
    return tuple(
        AnswerView(
            one,
            masked_text(one.label, case.reading, hidden),
            None,
            {} if one.id in hidden else _shown(case, one, row.values[one.id]),
            hidden=one.id in hidden,
            changed=False,
        )
        for one in row.computed
    )


def _shown(case: Case, one: Field, value: object) -> Mapping[str, Phrase]:
    if value is None:
        return {}
    return {language: (printed_value(one, value, language),) for language in case.scheme.languages}


def _cell(
    case: Case,
    inner: Field,
    answer: Json | None,
    hidden: Collection[str],
    documents: tuple[DocumentView, ...],
) -> AnswerView:
    label = masked_text(inner.label, case.reading, hidden)
    if inner.id in hidden:
        return AnswerView(inner, label, None, {}, hidden=True, changed=False)
    if inner.kind == "file":
        return _documents(inner, label, answer, False, documents)
    return AnswerView(inner, label, answer, _printed(case, inner, answer), hidden=False, changed=False)


def _printed(case: Case, asked: Field, answer: Json | None) -> Mapping[str, Phrase]:
    if answer is None:
        return {}
    return {language: kind_of(asked).printed(asked, answer, language) for language in case.scheme.languages}
