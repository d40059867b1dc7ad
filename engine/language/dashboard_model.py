"""What the office watches: the figures and pictures a scheme declares beside the usual ones, and what of them is public."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.language.expressions import Expression, Text

Measure = Literal["dossiers", "granted"]
PARTS = ("arrivals", "stock", "decisions", "time", "money", "territories")  # what every dashboard shows


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture, or one figure when there is no `by`: how many dossiers, or how much was granted to them, `by` a field,
    a part of an address, or the state; `where` says which dossiers count."""

    id: str
    title: Text
    measure: Measure
    by: tuple[str, ...]
    where: Expression | None = None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The charts of a scheme by their ids; `public`: the parts, and ids of charts, that everybody may see."""

    charts: Mapping[str, Chart] = field(default_factory=dict)
    public: tuple[str, ...] = ()
