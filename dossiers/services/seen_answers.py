"""What one party to a dossier sees of its answers."""

from __future__ import annotations

from dataclasses import replace

from dossiers.services.opened import Opened
from engine.asked import Reading
from engine.asked.parties import asked_of, seen_by


def own(self) -> Reading:
        """The reading as the party sees it, with the pages they fill in alone."""
        return own(self.reading, self.opened.party)

    @property
    def reopened(self) -> frozenset[str] | None:
        """The fields a correction is about; None for a draft, where all may be changed."""
        return None if self.draft.reopened is None else frozenset(self.draft.reopened)

    def may_change(self, field: Field) -> bool:
        """Whether a field may be answered now: in a correction, those asked about and those newly asked."""
        if field.id in self.locked or self.opened.scheme.form[field.page].asked_of != self.opened.party:
            return False
        return self.reopened is None or field.id in self.reopened or self.answers.get(field.id) is None


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
