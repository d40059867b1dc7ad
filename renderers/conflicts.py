"""A question answered otherwise from two tabs, as people are asked which answer is the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.kinds import Json, kind_of
from engine.kinds.kind import items, members
from engine.language.model import Field
from renderers.words import phrase


class GivenLike(Protocol):
    """What was answered: as kept, or as typed."""

    @property
    def answer(self) -> Json | None: ...
    @property
    def typed(self) -> Mapping[str, Sequence[str]] | None: ...


class ConflictLike(Protocol):
    """A question with both answers."""

    @property
    def field(self) -> Field: ...
    @property
    def theirs(self) -> GivenLike: ...
    @property
    def mine(self) -> GivenLike: ...
    @property
    def at(self) -> datetime: ...
    @property
    def revision(self) -> int: ...


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """Both answers in words, "" for none; `at` is when the other one was kept."""

    id: str
    label: str
    mine: str
    theirs: str
    at: datetime
    revision: int


def shown_conflict(one: ConflictLike, language: str) -> ShownConflict:
    """The conflict in a language."""
    asked = one.field
    mine, theirs = (answer_said(asked, given, language) for given in (one.mine, one.theirs))
    return ShownConflict(asked.id, asked.label.plain(language), mine, theirs, one.at, one.revision)


def answer_said(asked: Field, given: GivenLike, language: str) -> str:
    """One answer on one line, the rows of a repeat one after the other; "" for none."""
    if given.typed:
        return " ".join(value for values in given.typed.values() for value in values if value)
    if given.answer is None:
        return ""
    return _said(asked, given.answer, language)


def _said(asked: Field, answer: Json, language: str) -> str:
    if asked.kind == "repeat":
        return " ; ".join(_row(asked, members(row), language) for row in items(answer))
    return phrase(kind_of(asked).printed(asked, answer, language), language)


def _row(asked: Field, row: Mapping[str, object], language: str) -> str:
    told = (
        f"({_said(inner, row[id], language)})" if inner.fields else _said(inner, row[id], language)
        for id, inner in asked.fields.items()
        if row.get(id) is not None
    )
    return ", ".join(told)


class ChangeLike(Protocol):
    """A question answered otherwise than before."""

    @property
    def field(self) -> Field: ...
    @property
    def before(self) -> GivenLike: ...
    @property
    def after(self) -> GivenLike: ...


@dataclass(frozen=True, slots=True)
class ShownChange:
    """Both answers in words, "" for none."""

    label: str
    before: str
    after: str


def shown_change(one: ChangeLike, language: str) -> ShownChange:
    """A change in a language."""
    before, after = (answer_said(one.field, given, language) for given in (one.before, one.after))
    return ShownChange(one.field.label.plain(language), before, after)
