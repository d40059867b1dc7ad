"""A draft its applicant wants no more: erased as if its time were over."""

from __future__ import annotations

from dossiers.access import Viewer
from dossiers.changes import anonymisation
from dossiers.services import retention
from dossiers.services.desk import Work
from dossiers.services.opened import for_applicant
from dossiers.services.refusals import Refused


def discard(work: Work, viewer: Viewer, public_id: str) -> None:
    """Erase a draft, its documents too. Raises NotFound, and Refused: not_editable once it is filed, at_work while a mail about
    it is being sent."""
    opened = for_applicant(work, viewer, public_id, lock=True)
    if opened.dossier.filed_at is not None:
        raise Refused("not_editable")
    try:
        anonymisation.anonymise(work.session, opened.dossier, work.now)
    except anonymisation.StillAtWork as error:
        raise Refused("at_work") from error
    retention.seal_off(work, opened, "applicant")
