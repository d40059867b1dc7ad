"""Answers without one of their documents, wherever it stands: under a field, or in a row of a repeat."""

from __future__ import annotations

from collections.abc import Mapping

from engine.kinds import Json
from engine.kinds.kind import items, members


def without(answers: Mapping[str, Json], document_id: str) -> dict[str, Json]:
    """The answers with that document taken out; a field that held nothing else is blank."""
    return {id: _without(answer, document_id) for id, answer in answers.items()}


def _without(answer: Json, document_id: str) -> Json:
    if not isinstance(answer, list) or not any(isinstance(one, Mapping) for one in answer):
        return answer
    if any("media_type" in members(one) for one in answer):
        return [one for one in items(answer) if members(one).get("id") != document_id] or None
    return [_without_row(row, document_id) if isinstance(row, Mapping) else row for row in answer]


def _without_row(row: Mapping[str, Json], document_id: str) -> dict[str, Json]:
    found = without(row, document_id)
    return {name: answer for name, answer in found.items() if answer is not None or row[name] is None}
