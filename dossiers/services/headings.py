"""What is needed of a dossier to act on it, and no more: its page is read by who looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.access import Viewer
from dossiers.services.desk import Work
from dossiers.services.opened import for_staff
from dossiers.services.refusals import NotFound, Refused
from engine.language import Scheme


@dataclass(frozen=True, slots=True)
class Heading:
    """A dossier's reference, the state it was in, and the scheme as it is followed there."""

    scheme: Scheme
    reference: str
    state: str

    def item(self, id: str, language: str) -> str:
        """The words of an item of its checklist."""
        found = self.scheme.workflow.states[self.state].checklist.get(id)
        return found.plain(language) if found else id


def heading(work: Work, viewer: Viewer, slug: str, public_id: str) -> Heading:
    """The heading of a dossier of this scheme. Raises NotFound, under another scheme too, and Refused("anonymised")."""
    opened = for_staff(work, viewer, public_id)
    if opened.slug != slug:
        raise NotFound("dossier")
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    return Heading(opened.scheme, opened.dossier.reference or "", opened.dossier.state)
