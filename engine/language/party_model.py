"""The people a dossier concerns besides its applicant: who they are, and when there is one."""

from __future__ import annotations

from dataclasses import dataclass

from engine.language.expressions import Expression, Text
from engine.language.form_model import APPLICANT

__all__ = ["APPLICANT", "Party"]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who fills in pages and signs; `name` and `email` are fields of the form, `when` says whether there is one."""

    id: str
    label: Text
    email: str
    name: str | None = None
    when: Expression | None = None
