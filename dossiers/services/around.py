"""What stands around a dossier for who treats it: who may have it in hand, its groups, tags, likes, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterable

from dossiers.access import Viewer
from dossiers.services import handing_over, perimeters, tagging
from dossiers.services.around_views import Around, OfferedHolder
from dossiers.services.cases import Case
from dossiers.services.corrected import by_field
from dossiers.services.correcting import CORRECT, is_correctable
from dossiers.services.counted import counted
from dossiers.services.desk import Work
from dossiers.services.draft_views import FilingView
from dossiers.services.opened import current_draft
from dossiers.services.related import related
from dossiers.services.staff import verbs
from engine.language.model import Group
from renderers.masks import reads_any


def around(
    work: Work, viewer: Viewer, case: Case, hidden: frozenset[str], filings: Iterable[FilingView]
) -> Around:
    """What this viewer may know of it; `filings` are those after the first, masked for them."""
    scheme, may = case.scheme, verbs(viewer, case.opened)
    marks = perimeters.marks(work, case.dossier.id) if scheme.groups else frozenset()
    return Around(
        holders=_holders(work, case) if handing_over.ASSIGN in may else (),
        groups=tuple(group.label for group in scheme.groups.values() if _shown(group, marks, hidden)),
        tags=tagging.of(work, case.dossier.id) if tagging.is_used(scheme) else (),
        related=related(work, viewer, case, hidden),
        corrections=by_field(case, filings),
        counted=counted(work, viewer, case, hidden),
        correctable=_correctable(work, case, hidden) if CORRECT in may else frozenset(),
    )


def _shown(group: Group, marks: frozenset[str], hidden: frozenset[str]) -> bool:
    """Whether a group is told: it is the dossier's, and doesn't give away an answer hidden from the viewer."""
    return group.id in marks and group.where is not None and not reads_any([group.where.text], hidden)


def _holders(work: Work, case: Case) -> tuple[OfferedHolder, ...]:
    return tuple(
        OfferedHolder(
            one.public_id,
            one.agent.name,
            one.away_until,
            one.agent.account_id == case.dossier.assigned_to,
        )
        for one in handing_over.offered(work, case.opened)
    )


def _correctable(work: Work, case: Case, hidden: frozenset[str]) -> frozenset[str]:
    if current_draft(work, case.opened) is not None:
        return frozenset()  # the applicant is changing the answers
    fields = case.scheme.fields.items()
    return frozenset(id for id, field in fields if id not in hidden and is_correctable(case, field))
