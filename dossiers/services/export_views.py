"""What the page of exports shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from engine.language import Scheme

State = Literal["waiting", "done", "failed", "erased"]


@dataclass(frozen=True, slots=True)
class ExportView:
    """One export of the viewer's. `filtered`: it holds a list as it was narrowed; `told`: what was left out of it."""

    public_id: str
    what: str
    format: str
    asked_at: datetime
    state: State
    code: str | None
    done: int
    total: int
    rows: int | None
    size: int | None
    kept_until: datetime | None
    published_at: datetime | None
    filtered: bool
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """The exports somebody asked for in a scheme, the last one first; `kept_for`: days a file is kept; `may_publish` open data."""

    scheme: Scheme
    exports: tuple[ExportView, ...]
    kept_for: int
    may_publish: bool

    @property
    def is_at_work(self) -> bool:
        """Whether one is being made."""
        return any(one.state == "waiting" for one in self.exports)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file on its way out, part by part."""

    name: str
    media_type: str
    size: int
    content: Iterator[bytes]
