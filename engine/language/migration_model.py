"""What a version says became of the older ones: what bears another name, what a new field holds, which dossiers move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.language.expressions import Expression


@dataclass(frozen=True, slots=True)
class MigrationLine:
    """What becomes of the dossiers that fit `where`: the version they follow, what is done, what is asked of them."""

    id: str
    where: Expression
    take: Literal["new", "old"]
    do: str | None = None
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Migration:
    """`from_` are the versions it speaks of, every earlier one when empty; every mapping of names is old → new.

    `rows`: the fields of rows, by the way to their repeat now ("projects.lines"); `options`: the codes, by the field's name now.
    """

    from_: tuple[int, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Expression] = field(default_factory=dict)
    dossiers: Mapping[str, MigrationLine] = field(default_factory=dict)

    def speaks_of(self, number: int) -> bool:
        """Whether it says what becomes of a version."""
        return not self.from_ or number in self.from_

    def state(self, old: str) -> str:
        """What a state of the older version is called now."""
        return self.states.get(old, old)
