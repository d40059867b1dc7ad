"""Functions that look for a pattern in a text; what all of them cost together is bounded by evaluation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.feel.limits import Allowance, Run
from engine.feel.patterns import Pattern, find_all, pattern, replace_all


def _prepared(run: Run, wanted: str, flags: str | None) -> tuple[Pattern | None, Allowance]:
    """The compiled pattern, None when it is faulty, and what may still be spent on patterns."""
    compiled, allowance = pattern(wanted, flags or ""), run.allowed_patterns()
    if compiled is not None:
        allowance.spend(len(compiled.steps))
    return compiled, allowance


def matches(run: Run, text: str, wanted: str, flags: str | None = None) -> bool | None:
    """Whether the pattern fits somewhere; null when it is no pattern."""
    compiled, allowance = _prepared(run, wanted, flags)
    return None if compiled is None else compiled.match(text, 0, allowance) is not None


def replace(run: Run, text: str, wanted: str, replacement: str, flags: str | None = None) -> str | None:
    """The text with each match replaced; $1 is the first group."""
    compiled, allowance = _prepared(run, wanted, flags)
    return None if compiled is None else replace_all(compiled, text, replacement, allowance)


def split(run: Run, text: str, delimiter: str) -> list[str] | None:
    """The pieces of a text between the matches of a pattern."""
    compiled, allowance = _prepared(run, delimiter, None)
    if compiled is None or compiled.match("", 0, allowance) is not None:
        return None
    pieces, place = [], 0
    for start, end, _ in find_all(compiled, text, allowance):
        pieces.append(text[place:start])
        place = end
    return [*pieces, text[place:]]


TABLE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("matches(input: string, pattern: string, flags?: string?): boolean", matches),
    ("replace(input: string, pattern: string, replacement: string, flags?: string?): string", replace),
    ("split(string: string, delimiter: string): list<string>", split),
)
