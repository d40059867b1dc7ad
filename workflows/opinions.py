"""Opinions asked outside, as the guards know them: how many are awaited, came, and said what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from engine.language.opinion_model import ANSWERS, AWAITED, RECEIVED, OpinionKind

Given = Mapping[str, Sequence[str | None]]  # what each one says, by kind; None: it is awaited


def known(kinds: Iterable[str], given: Given) -> dict[str, object]:
    """The figures of every opinion a workflow has, 0 where none was asked for."""
    return {kind: _counts(given.get(kind, ())) for kind in kinds}


def _counts(said: Sequence[str | None]) -> dict[str, object]:
    awaited = sum(one is None for one in said)
    counts = {AWAITED: awaited, RECEIVED: len(said) - awaited}
    counts |= {answer: sum(one == answer for one in said) for answer in ANSWERS}
    return {name: Decimal(count) for name, count in counts.items()}


def askable(kinds: Mapping[str, OpinionKind], state: str, roles: Iterable[str]) -> tuple[OpinionKind, ...]:
    """Those somebody with these roles may ask for in a state."""
    held = set(roles)
    return tuple(kind for kind in kinds.values() if state in kind.in_ and held & set(kind.by))
