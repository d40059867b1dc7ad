"""What one party to a dossier sees of its answers."""

from __future__ import annotations

from dataclasses import replace

from dossiers.services.opened import Opened
from engine.asked import Reading
from engine.asked.parties import asked_of, seen_by
from workflows.signing import signed_in


def own(reading: Reading, party: str) -> Reading:
    """A reading as a party sees it, with the pages they fill in alone."""
    return asked_of(seen_by(reading, party), party) if reading.scheme.parties else reading


def shown_to(reading: Reading, opened: Opened) -> Reading:
    """What a party sees of the answers: their own pages, and those of others as far as they were answered."""
    party = opened.party
    if not opened.scheme.parties:
        return reading
    seen = seen_by(reading, party)
    pages = tuple(
        one
        for one in seen.pages
        if one.page.asked_of == party or any(seen.answers.get(field.id) is not None for field in one.fields)
    )
    return replace(seen, pages=pages)


def files_by_signing(opened: Opened) -> bool:
    """Whether who looks files by signing."""
    action = signed_in(opened.scheme.workflow, opened.dossier.state)
    return action is not None and opened.party in action.by
