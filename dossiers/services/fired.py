"""What became of an action of the workflow, done by a member of staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.problems import AnswerProblem


@dataclass(frozen=True, slots=True)
class Fired:
    """An action done: where the dossier stands now. `mails` and `letters` leave after the commit. `exhausted`: there was no
    money for what was asked, and `action` was done instead."""

    public_id: str
    action: str
    source: str
    target: str
    effects: tuple[str, ...]
    next_id: str | None
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class FormRejected:
    """An action's own form had slips: nothing was done; `typed` is what to show again, by control name."""

    problems: tuple[AnswerProblem, ...]
    typed: Mapping[str, list[str]]
    action: str
