"""Regular expressions as XPath writes them, run in linear time: all ways through the pattern advance together.

A pattern that tries one way after another can take hours on a short text; this one reads each character once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from engine.feel.errors import FeelError
from engine.feel.limits import PATTERN_LENGTH, TEXT_LENGTH, Allowance
from engine.feel.pattern_parser import (
    Alternatives,
    Anchor,
    Characters,
    Group,
    Part,
    PatternError,
    Repeat,
    Sequence,
    read_pattern,
)

PLACES = 2000  # places in a compiled pattern: `(a{50}){50}` is refused
Groups = tuple[int | None, ...]
Thread = tuple[int, Groups]


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a compiled pattern: what it asks of the next character, or where it goes on without one."""

    accepts: Callable[[str], bool] | None = None  # reads one character
    anchor: str = ""  # "^" or "$"
    saves: int = -1  # the group border that stands here
    ways: tuple[int, ...] = ()  # goes on at these places, the first is preferred


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern; its last place is the end."""

    steps: tuple[Step, ...]
    groups: int
    lines: bool

    def match(self, text: str, place: int, allowance: Allowance) -> Groups | None:
        """The borders of the first match from a place on (its own, then its groups'), or None.

        Raises FeelError `too_much_work` on a text too long for the pattern.
        """
        threads: list[Thread] = []
        best: Groups | None = None
        for index in range(place, len(text) + 1):
            if best is None:
                self._follow(0, (None,) * (2 * self.groups + 2), text, index, threads)
            following: list[Thread] = []
            seen: set[int] = set()
            for step, groups in threads:
                if step == len(self.steps):
                    best = groups
                    break  # the ways after this one are less preferred
                accepts = self.steps[step].accepts
                if index < len(text) and accepts is not None and accepts(text[index]):
                    self._follow(step + 1, groups, text, index + 1, following, seen=seen)
            allowance.spend(len(seen) + len(threads) + 1)
            threads = following
            if best is not None and not threads:
                break
        return best

    def _follow(
        self,
        start: int,
        groups: Groups,
        text: str,
        index: int,
        into: list[Thread],
        *,
        seen: set[int] | None = None,
    ) -> None:
        """Add to `into` all places that can be reached from one without reading a character, in order."""
        reached = {step for step, _ in into} if seen is None else seen
        waiting: list[Thread] = [(start, groups)]
        while waiting:
            place, held = waiting.pop()
            if place in reached:
                continue
            reached.add(place)
            if place == len(self.steps):
                into.append((place, _saved(held, 1, index)))
                continue
            step = self.steps[place]
            if place == 0 and start == 0:
                held = _saved(held, 0, index)
            if step.accepts is not None:
                into.append((place, held))
            elif step.anchor:
                if self._holds(step.anchor, text, index):
                    waiting.append((place + 1, held))
            elif step.saves >= 0:
                waiting.append((place + 1, _saved(held, step.saves, index)))
            else:
                waiting.extend((way, held) for way in reversed(step.ways))

    def _holds(self, anchor: str, text: str, index: int) -> bool:
        if anchor == "^":
            return index == 0 or (self.lines and text[index - 1] == "\n" and index < len(text))
        return index == len(text) or (self.lines and text[index] == "\n")


def _saved(groups: Groups, border: int, index: int) -> Groups:
    return (*groups[:border], index, *groups[border + 1 :])


@lru_cache(maxsize=256)
def pattern(text: str, flags: str) -> Pattern | None:
    """The compiled pattern, or None when the text or its flags are faulty (the standard wants null)."""
    try:
        return compiled(text, flags)
    except PatternError:
        return None


def compiled(text: str, flags: str) -> Pattern:
    """The compiled pattern; raises PatternError with a reason a person can read."""
    if len(text) > PATTERN_LENGTH:
        raise PatternError(f"it has more than {PATTERN_LENGTH} characters")
    part, groups = read_pattern(text, flags)
    steps: list[Step] = []
    _emit(part, steps)
    # Place 0 must be no target of a loop: the match begins there.
    shifted = [Step(s.accepts, s.anchor, s.saves, tuple(way + 1 for way in s.ways)) for s in steps]
    return Pattern((Step(ways=(1,)), *shifted), groups, "m" in flags)


def _emit(part: Part, steps: list[Step]) -> None:
    """Append the places of one part of the pattern."""
    if len(steps) > PLACES:
        raise PatternError("it repeats too much")
    match part:
        case Characters(accepts):
            steps.append(Step(accepts))
        case Anchor(sign):
            steps.append(Step(anchor=sign))
        case Sequence(parts):
            for inner in parts:
                _emit(inner, steps)
        case Group(inner, number):
            steps.append(Step(saves=2 * number))
            _emit(inner, steps)
            steps.append(Step(saves=2 * number + 1))
        case Alternatives(parts):
            _emit_alternatives(parts, steps)
        case Repeat():
            _emit_repeat(part, steps)


def _emit_alternatives(parts: tuple[Part, ...], steps: list[Step]) -> None:
    fork = len(steps)
    steps.append(Step())
    starts, ends = [], []
    for inner in parts:
        starts.append(len(steps))
        _emit(inner, steps)
        ends.append(len(steps))
        steps.append(Step())
    steps[fork] = Step(ways=tuple(starts))
    for end in ends:
        steps[end] = Step(ways=(len(steps),))


def _emit_repeat(part: Repeat, steps: list[Step]) -> None:
    for _ in range(part.least):
        _emit(part.of, steps)
    if part.most is None:
        fork = len(steps)
        steps.append(Step())
        _emit(part.of, steps)
        steps.append(Step(ways=(fork,)))
        steps[fork] = _fork(fork + 1, len(steps), part.greedy)
        return
    forks = []
    for _ in range(part.most - part.least):
        forks.append(len(steps))
        steps.append(Step())
        _emit(part.of, steps)
    for fork in forks:
        steps[fork] = _fork(fork + 1, len(steps), part.greedy)


def _fork(inside: int, outside: int, greedy: bool) -> Step:
    return Step(ways=(inside, outside) if greedy else (outside, inside))


def find_all(wanted: Pattern, text: str, allowance: Allowance) -> Iterator[tuple[int, int, Groups]]:
    """The matches from left to right, none inside another: start, end and borders of the groups."""
    place = 0
    while place <= len(text):
        borders = wanted.match(text, place, allowance)
        if borders is None:
            return
        start, end = int(borders[0] or 0), int(borders[1] or 0)
        yield start, end, borders
        place = end if end > start else end + 1


def replace_all(wanted: Pattern, text: str, replacement: str, allowance: Allowance) -> str | None:
    """The text with each match replaced; null when the pattern fits nothing or $ stands alone."""
    if wanted.match("", 0, allowance) is not None:
        return None
    written, place, size = [], 0, 0
    for start, end, borders in find_all(wanted, text, allowance):
        filled = _filled(replacement, text, borders, wanted.groups)
        if filled is None:
            return None
        written += [text[place:start], filled]
        size += len(filled)
        if size > TEXT_LENGTH:
            raise FeelError("too_big", limit=TEXT_LENGTH)
        place = end
    return "".join([*written, text[place:]])


def _filled(replacement: str, text: str, borders: Groups, groups: int) -> str | None:
    """The replacement with $1, $2 … filled in; `\\$` is a dollar; None when it is faulty."""
    filled, place = [], 0
    while place < len(replacement):
        sign = replacement[place]
        if sign == "\\":
            if replacement[place + 1 : place + 2] not in {"\\", "$"}:
                return None
            filled.append(replacement[place + 1])
            place += 2
        elif sign == "$":
            digits = replacement[place + 1 : place + 2]
            if not digits.isascii() or not digits.isdigit():
                return None
            while (longer := replacement[place + 1 : place + 2 + len(digits)]).isdigit():
                if len(longer) == len(digits) or int(longer) > groups:
                    break
                digits = longer
            number = int(digits)
            start, end = borders[2 * number : 2 * number + 2] if number <= groups else (None, None)
            filled.append(text[start:end] if start is not None and end is not None else "")
            place += 1 + len(digits)
        else:
            filled.append(sign)
            place += 1
    return "".join(filled)
