"""The filter of a list as JSON and back: what an export keeps of what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from dossiers.services.export_plans import Asked
from dossiers.services.wanted import AnswerWanted, Wanted


def to_json(asked: Asked) -> dict[str, Any]:
    """What was asked for, what it is and its kind of file apart; nothing of what isn't set."""
    wanted = {key: value for key, value in asdict(asked.wanted).items() if value}
    if asked.wanted.answers:
        wanted["answers"] = [_answer(one) for one in asked.wanted.answers]
    if asked.wanted.due_by:
        wanted["due_by"] = asked.wanted.due_by.isoformat()
    return {"for_people": asked.for_people, "language": asked.language, "filter": wanted}


def from_json(what: str, format: str, options: Mapping[str, Any]) -> Asked:
    """What was asked for, as it was."""
    said = dict(options.get("filter") or {})
    answers = tuple(
        AnswerWanted(one["field"], one["text"], _bound(one["least"]), _bound(one["most"]))
        for one in said.pop("answers", ())
    )
    due_by = _day(said.pop("due_by", None))
    wanted = Wanted(due_by=due_by, **{**said, "columns": tuple(said.get("columns", ())), "answers": answers})
    return Asked(what, format, wanted, options["for_people"] is True, str(options["language"]))


def _answer(one: AnswerWanted) -> dict[str, Any]:
    bounds = {"least": one.least, "most": one.most}
    return {
        "field": one.field,
        "text": one.text,
        **{end: at.isoformat() if isinstance(at, date) else at for end, at in bounds.items()},
    }


def _day(said: Any) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) else None


def _bound(said: Any) -> int | date | None:
    return date.fromisoformat(said) if isinstance(said, str) else said
