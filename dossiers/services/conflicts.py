"""Two tabs on one draft: what one of them has answered is never overwritten by the other without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from dossiers.changes import typing
from dossiers.changes.typing import Touch
from dossiers.services.draft_views import Conflict, Given
from dossiers.services.filling import Filling
from engine.answers import FormAnswers
from engine.kinds import Json
from engine.kinds.kind import Controls
from engine.language.model import Field

NOTHING: tuple[Json | None, ...] = (None, [])


@dataclass(frozen=True, slots=True)
class Source:
    """Where answers come from: the revision of the draft the page was made from (None: it doesn't say), the tab ("" when
    there is no script), the fields whose conflict was seen, each with the revision it was seen under, and those that
    stand as the page showed them."""

    revision: int | None = None
    tab: str = ""
    sure: Mapping[str, int] = field(default_factory=dict)
    untouched: Collection[str] = ()


NOWHERE = Source()


@dataclass(frozen=True, slots=True)
class Settled:
    """What may be kept of a form (`found`, and `typed` by field: the controls that can't be read, None: they can), and the
    fields answered otherwise from elsewhere."""

    found: FormAnswers
    typed: Mapping[str, Controls | None]
    disputed: tuple[Conflict, ...]


def settled(
    before: Filling, fields: Iterable[Field], found: FormAnswers, source: Source, row: int | None = None
) -> Settled:
    """Tell what was answered otherwise from elsewhere since the page was made; what is the same is no conflict. `row`: the one
    a page is about.

    What was not touched here, or left blank on a page without a script, gives way to the newer answer.
    """
    free: list[str] = []
    disputed: list[Conflict] = []
    for one in fields:
        newer = _newer(before, one, source, row)
        if newer is None:
            free.append(one.id)
        elif (conflict := _conflict(before, one, found, newer)) is not None and not _gives_way(
            conflict, source
        ):
            disputed.append(conflict)
    answers = {id: answer for id, answer in found.answers.items() if id in free}
    problems = tuple(one for one in found.problems if one.path[0] in free)
    typed = {id: unread(found, id) for id in free}
    return Settled(FormAnswers(answers, problems, found.typed), typed, tuple(disputed))


def _newer(before: Filling, one: Field, source: Source, row: int | None) -> Touch | None:
    """The last change of a field, when it came from elsewhere since the page was made."""
    name = one.id if row is None else f"{one.id}/{row}"
    seen, last = source.sure.get(one.id, source.revision), typing.touch(before.draft, name)
    if seen is None or last is None or last.revision <= seen or (source.tab and last.tab == source.tab):
        return None
    return last


def _conflict(before: Filling, one: Field, found: FormAnswers, newer: Touch) -> Conflict | None:
    theirs = Given(before.answers.get(one.id), before.typed.get(one.id))
    mine = Given(found.answers.get(one.id), unread(found, one.id))
    if _is_same(theirs, mine):
        return None
    return Conflict(one, theirs, mine, newer.at, before.draft.revision)


def _gives_way(conflict: Conflict, source: Source) -> bool:
    mine = conflict.mine
    return conflict.field.id in source.untouched or (
        not source.tab and not mine.typed and not mine.answer and mine.answer is not False
    )


def unread(found: FormAnswers, id: str) -> Controls | None:
    """The controls of a field as typed, when they can't be read; None when they can."""
    if id in found.answers or not any(one.path[0] == id for one in found.problems):
        return None
    raw = {name: list(values) for name, values in found.typed.items() if name.partition("-")[0] == id}
    return raw or None


def _is_same(one: Given, other: Given) -> bool:
    same = one.answer == other.answer or (one.answer in NOTHING and other.answer in NOTHING)
    return one.typed == other.typed if one.typed or other.typed else same
