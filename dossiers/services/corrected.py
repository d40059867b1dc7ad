"""The values the office corrected, each with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable

from dossiers.services.around_views import Correction
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.draft_views import FilingView
from dossiers.services.editing import filings

CORRECTED = "corrected_by_office"


def by_field(case: Case, changed: Iterable[FilingView]) -> dict[str, tuple[Correction, ...]]:
    """The corrections of a case by field, oldest first; `changed` are its filings after the first, as far as they are told."""
    changes = {filing.number: filing.changes for filing in changed}
    found: dict[str, tuple[Correction, ...]] = {}
    for entry in case.entries:
        if entry.action != CORRECTED or not entry.payload:  # payloads go with an anonymisation
            continue
        id = str(entry.payload["field"])
        for change in changes.get(entry.payload["correction"], ()):
            if change.field.id == id:
                one = Correction(change, entry.actor_name, entry.at, str(entry.payload["comment"]))
                found[id] = (*found.get(id, ()), one)
    return found


def told(work: Work, case: Case, hidden: frozenset[str]) -> tuple[Correction, ...]:
    """The corrections as the applicant reads them, without what is hidden from them; nothing is asked of the database where
    there are none."""
    if not any(entry.action == CORRECTED for entry in case.entries):
        return ()
    made = [
        FilingView(filed.number, filed.filed_at, tuple(one for one in changes if one.field.id not in hidden))
        for filed, changes in filings(work, case)
    ]
    return tuple(one for found in by_field(case, made).values() for one in found)
