"""The opinions of a scenario: asked for, given, called off when the dossier leaves the states they are asked for in."""

from __future__ import annotations

from collections.abc import Iterable

from engine.language.opinion_model import OpinionKind

Opinions = dict[str, list[str | None]]  # what was said, by kind; None: it is awaited


def say(opinions: Opinions, kind: str, answer: str | None) -> None:
    """An opinion is asked for (None), or comes: in the place of one that is awaited, if any."""
    said = opinions.setdefault(kind, [])
    if answer is not None and None in said:
        said.remove(None)
    said.append(answer)


def call_off(opinions: Opinions, kinds: Iterable[OpinionKind], state: str) -> None:
    """Those awaited are called off where they aren't asked for any more."""
    for kind in kinds:
        if state not in kind.in_ and kind.id in opinions:
            opinions[kind.id] = [one for one in opinions[kind.id] if one]
