"""What the checker knows of names: their type, and the path they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.feel.types import ANY, Type

if TYPE_CHECKING:
    from engine.feel import tree as t

Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The type of something, and its path when it is read from outside."""

    type: Type
    origin: Path | None = None


class Given(Mapping[str, Known]):
    """The names read from outside, by their types: an expression reads few of the many there are."""

    def __init__(self, types: Mapping[str, Type]) -> None:
        self._types = types

    def __getitem__(self, name: str) -> Known:
        return Known(self._types[name], (name,))

    def __contains__(self, name: object) -> bool:
        return name in self._types

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one level; `open` when it may have others that are not known."""

    names: Mapping[str, Known]
    outer: Scope | None = None
    open: bool = False

    def find(self, name: str) -> Known | None:
        """What is known of a name, from the innermost level out; None when it is nowhere."""
        level: Scope | None = self
        while level is not None:
            if name in level.names:
                return level.names[name]
            if level.open:
                return Known(ANY)
            level = level.outer
        return None

    def visible(self) -> set[str]:
        """All names that can be written here."""
        found: set[str] = set()
        level: Scope | None = self
        while level is not None:
            found |= level.names.keys()
            level = level.outer
        return found


class Checks:
    """What every part of the checker leans on; the checker itself gives it."""

    text: str

    def infer(self, node: t.Node, scope: Scope) -> Known:
        raise NotImplementedError

    def condition(self, node: t.Node, scope: Scope) -> None:
        raise NotImplementedError

    def report(
        self, code: str, node: t.Node, suggestion: str | None = None, severity: Any = "error", **params: Any
    ) -> None:
        raise NotImplementedError

    def source(self, node: t.Node) -> str:
        raise NotImplementedError
