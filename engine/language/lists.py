"""A reference list: codes with their labels and any further columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """lists/NAME.csv: code → column → text; the column `label` is in the first language, `label_en` in English."""

    id: str
    columns: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]

    def label(self, code: str, language: str) -> str:
        """What people read for a code, in this language or the first one; an unknown code is its own label."""
        row = self.rows.get(code, {})
        return row.get(f"label_{language}") or row.get("label") or code
