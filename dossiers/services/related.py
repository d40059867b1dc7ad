"""The other dossiers one is like, for who looks at it: each with why, and only what they may know of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Dossier, SchemeRow, Trait
from dossiers.services import perimeters, publication
from dossiers.services.around_views import Related
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import roles_in
from engine.language import Scheme

LOOKED_AT, SHOWN = 200, 20  # marks in common, and dossiers told of
TOLD = (
    Dossier.id,
    Dossier.public_id,
    Dossier.reference,
    Dossier.state,
    Dossier.filed_at,
    Dossier.created_at,
    SchemeRow.slug,
)

ORDER = ("person", "nir", "siret", "siren", "rna", "iban", "document", "email", "phone", "name")


class Known:
    """What a viewer may know in each scheme, found once a scheme and not once a dossier."""

    def __init__(self, work: Work, viewer: Viewer) -> None:
        """For one answer to one viewer."""
        self._work, self._viewer = work, viewer
        self._schemes: dict[str, Scheme] = {}
        self._hidden: dict[str, frozenset[str]] = {}

    def scheme(self, slug: str) -> Scheme:
        """Its version in force."""
        if slug not in self._schemes:
            self._schemes[slug] = publication.current(self._work, slug).scheme
        return self._schemes[slug]

    def hidden(self, slug: str) -> frozenset[str]:
        """The names of it that are kept from the viewer."""
        if slug not in self._hidden:
            self._hidden[slug] = hidden_ids(self.scheme(slug), roles_in(self._viewer, slug))
        return self._hidden[slug]

    def reaches(self, row: Any) -> bool:
        """Whether they may know of a dossier."""
        return perimeters.reaches(self._work, self._viewer, self.scheme(row.slug), row.id)


def related(work: Work, viewer: Viewer, case: Case, hidden: Collection[str]) -> tuple[Related, ...]:
    """The dossiers like this one, in any scheme the viewer serves, those with most in common first."""
    mine = select(Trait.field, Trait.digest).where(Trait.dossier_id == case.dossier.id)
    digests = {digest for field, digest in work.session.execute(mine) if _seen(field, hidden)}
    if not digests:
        return ()
    query = (
        select(Trait.field, Trait.kind, *TOLD)
        .join(Dossier, Dossier.id == Trait.dossier_id)
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(
            Trait.digest.in_(digests),
            Dossier.id != case.dossier.id,
            Dossier.filed_at.is_not(None),
            Dossier.purged_at.is_(None),
            SchemeRow.slug.in_([slug for slug, roles in viewer.roles.items() if roles]),
        )
        .order_by(Dossier.filed_at.desc(), Dossier.id.desc())
        .limit(LOOKED_AT)
    )
    known = Known(work, viewer)
    found: dict[int, Any] = {}
    why: dict[int, set[str]] = {}
    for row in work.session.execute(query):
        if not _seen(row.field, known.hidden(row.slug)) or not (row.id in found or known.reaches(row)):
            continue
        found[row.id] = row
        why.setdefault(row.id, set()).add(row.kind)
    told = [_told(row, known.scheme(row.slug), why[id]) for id, row in found.items()]
    return tuple(sorted(told, key=lambda one: -len(one.why))[:SHOWN])


def named(work: Work, viewer: Viewer, public_ids: Collection[str]) -> tuple[Related, ...]:
    """Those of these dossiers the viewer may know of, the one filed last first."""
    query = (
        select(*TOLD)
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(
            Dossier.public_id.in_(public_ids),
            Dossier.purged_at.is_(None),
            SchemeRow.slug.in_([slug for slug, roles in viewer.roles.items() if roles]),
        )
        .order_by(Dossier.filed_at.desc(), Dossier.id.desc())
    )
    known = Known(work, viewer)
    rows = (row for row in work.session.execute(query) if known.reaches(row))
    return tuple(_told(row, known.scheme(row.slug), set()) for row in rows)


def _seen(field: str, hidden: Collection[str]) -> bool:
    return not set(field.split("/")) & set(hidden)


def _told(row: Any, scheme: Scheme, why: set[str]) -> Related:
    state = scheme.workflow.states.get(row.state)
    kinds = why - ({"siren"} if "siret" in why else set())
    return Related(
        row.slug,
        scheme.title,
        row.public_id,
        row.reference or "",
        state.label if state else None,
        row.filed_at or row.created_at,
        tuple(kind for kind in ORDER if kind in kinds),
    )
