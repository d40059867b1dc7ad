"""What may be wrong with a scheme or an answer: data here, the sentences in the tables beside (fr.yaml, en.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from typing import Literal, TypeAlias

from engine.problems.catalogue import sentence
from engine.problems.french import from_french, is_french

Severity = Literal["error", "warning"]
SURE = 0.8  # of the letters of two words, the share they have in common
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file of a scheme: line and column begin at 1, the column counts characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a scheme: the code finds the sentence, `path` is the place in the scheme's own words."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    place: Place | None = None
    path: Path = ()
    severity: Severity = "error"
    suggestion: str | None = None

    def sentence(self, language: str = "fr") -> str:
        """What is wrong and what to do, in French ("fr") or English ("en"), the suggestion included."""
        return sentence(self.code, self.params, self.suggestion, language)

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence()}" if self.place else self.sentence()


class SchemeError(Exception):
    """A scheme which cannot be loaded; `problems` are all of its faults, warnings included, by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One thing wrong in an answer: ("partners", 0, "share") is where, a catalogue of renderers words the code."""

    path: Path
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def near(word: str, words: Iterable[str]) -> str | None:
    """The known word most like the given one, the only one it begins (`max`: `max_length`), or the one it is French for;
    None when there is none."""
    known = list(dict.fromkeys(words))
    if same := _but_for_case(word, known):
        return same
    found = get_close_matches(word, known, n=1, cutoff=0.6)
    begun = [name for name in known if name.startswith(f"{word.lower()}_")]
    if found:
        return found[0]
    return begun[0] if len(begun) == 1 else next(iter(from_french(word, known)), None)


def meant(word: str, words: Iterable[str]) -> tuple[str, ...]:
    """What somebody meant among the words of the language: all that their French word may stand for, or the nearest one."""
    known = list(words)
    if not _but_for_case(word, known) and (french := from_french(word, known)):
        return french
    found = near(word, known)
    if found and is_french(word) and not surely(word, found):
        return ()  # the word is another one, which has no place here
    return (found,) if found else ()


def surely(word: str, suggestion: str) -> bool:
    """Whether a suggestion can hardly be wrong: a French word for it, or a letter or two typed otherwise."""
    if word.lower() == suggestion.lower() or suggestion in from_french(word, [suggestion]):
        return True
    return SequenceMatcher(None, word, suggestion).ratio() >= SURE


def _but_for_case(word: str, known: Iterable[str]) -> str | None:
    return {name.lower(): name for name in known}.get(word.lower())
