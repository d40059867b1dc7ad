"""One change between two versions, and what carries a comparison: both sides, and the changes found so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from engine.language import Scheme
from engine.language.model import Migration, Text
from engine.language.source import Source
from engine.problems import Path, Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counted:
    """Whom a change touches, to be counted on real dossiers: those that lack an answer (to a field now required), that have
    one, that chose an option, that stand in a state. Names are those of the older version, `new` the newer one's."""

    what: Literal["lack", "answered", "chose", "stand"]
    name: str
    option: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was. The code finds the sentence, `params` are what it says: texts, words, figures;
    `path` is the place in the scheme's own words, `before` and `after` where it stands in both files, if it does."""

    code: str
    path: Path
    params: Mapping[str, object]
    before: Place | None
    after: Place | None
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One version: what it says, and where each thing stands in its text."""

    scheme: Scheme
    source: Source

    def place(self, path: Path) -> Place | None:
        """Where the thing at a path begins; None for what has no line of its own."""
        return self.source.keys.get(path) or self.source.values.get(path)


@dataclass(slots=True)
class Sides:
    """Both versions, and the changes found so far."""

    before: Side
    after: Side
    changes: list[Change] = field(default_factory=list)

    @property
    def old(self) -> Scheme:
        """What the older version says."""
        return self.before.scheme

    @property
    def new(self) -> Scheme:
        """What the newer version says."""
        return self.after.scheme

    @property
    def migration(self) -> Migration:
        """What the newer version says became of the older one; nothing when it says nothing."""
        return self.new.migration or Migration()

    def add(
        self,
        code: str,
        path: Path,
        older: Path | None = None,
        counted: Counted | None = None,
        **params: Any,
    ) -> None:
        """Note a change; `older` is its path in the older version where that is another."""
        before, after = self.before.place(path if older is None else older), self.after.place(path)
        self.changes.append(Change(code, path, params, before, after, counted))

    def says(self, code: str, path: Path, older: Path, was: object, now: object, **params: Any) -> None:
        """Note a change of one value for another; nothing when they are the same."""
        if not self.same(was, now):
            self.add(code, path, older, was=was, now=now, **params)

    def same(self, was: object, now: object) -> bool:
        """Whether two values say the same, each field of the older version under the name it bears now."""
        return _plain(was, self._called_now) == _plain(now, str)

    def _called_now(self, text: str) -> str:
        for old, new in self.migration.renamed.items():
            text = re.sub(rf"(?<![\w.\"]){re.escape(old)}(?![\w\"])", new, text)
        return text


class Feel(str):
    """What an expression says."""

    __slots__ = ()


def pairs(
    old: Mapping[str, T], new: Mapping[str, T], renamed: Mapping[str, str] | None = None
) -> Iterator[tuple[str | None, str | None]]:
    """The ids of both sides that belong together: (old, new), (None, new) for what is added, (old, None) for what is gone.
    In the order of the newer version; what is gone comes last."""
    called = {new_id: old_id for old_id, new_id in (renamed or {}).items() if old_id in old}
    for id in new:
        yield (called.get(id) or (id if id in old else None)), id
    kept = {called.get(id, id) for id in new}
    yield from ((id, None) for id in old if id not in kept)


def text_of(expression: object) -> Feel | None:
    """What an expression says, blanks put together; None for none."""
    found = getattr(expression, "text", None)
    return Feel(" ".join(found.split())) if isinstance(found, str) else None


def _plain(value: object, called: Callable[[str], str]) -> object:
    """A value to be compared: a text is what it says in each language, wherever its expressions stand in the file."""
    if isinstance(value, Feel):
        return called(str(value))
    if isinstance(value, Text):
        return {language: _said(value, language, called) for language in value.versions}
    return tuple(_plain(one, called) for one in value) if isinstance(value, tuple) else value


def _said(text: Text, language: str, called: Callable[[str], str]) -> str:
    parts = text.parts(language)
    return "".join(part if isinstance(part, str) else f"{{{called(part.text)}}}" for part in parts)
