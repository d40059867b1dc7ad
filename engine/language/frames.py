"""What the building of plain data holds in hand: a text as it stands in the file, and a mapping being filled."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.problems import Path, Problem


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it stands in the file: offsets in the text read, its quotes ("" when plain), what it says."""

    start: int
    end: int
    style: str
    value: str


@dataclass(slots=True)
class Frame:
    """A mapping or list being filled; `key` waits for its value, `cut` is where a comma cut a value."""

    path: Path
    into: dict[str, object] | list[object]
    flow: bool
    start: int
    key: str | None = None
    key_scalar: Scalar | None = None
    last: tuple[str | int, Scalar] | None = None
    cut: tuple[str, int, int] | None = None
    hidden: bool = False
    equal_keys: int = 0
    bare: list[Problem] = field(default_factory=list)
