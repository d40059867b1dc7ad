"""The other dossiers one is like, for who looks at it: each with why, and only what they may know of."""

from __future__ import annotations

from collections.abc import Collection

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


ORDER = ("person", "nir", "siret", "siren", "rna", "iban", "document", "email", "phone", "name")


def related(work: Work, viewer: Viewer, case: Case, hidden: Collection[str]) -> tuple[Related, ...]:
    """The dossiers like this one, in any scheme the viewer serves, those with most in common first."""
    mine = select(Trait.field, Trait.digest).where(Trait.dossier_id == case.dossier.id)
    digests = {digest for field, digest in work.session.execute(mine) if _seen(field, hidden)}
    if not digests:
        return ()
    query = (
        select(Trait.field, Trait.kind, Dossier, SchemeRow.slug)
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
    schemes: dict[str, Scheme] = {}
    why: dict[int, set[str]] = {}
    found: dict[int, tuple[Dossier, str]] = {}
    for field, kind, row, slug in work.session.execute(query):
        scheme = schemes.setdefault(slug, publication.current(work, slug).scheme)
        if not _seen(field, hidden_ids(scheme, roles_in(viewer, slug))):
            continue
        if row.id not in found and not perimeters.reaches(work, viewer, scheme, row.id):
            continue
        found[row.id] = (row, slug)
        why.setdefault(row.id, set()).add(kind)
    told = [_told(row, schemes[slug], slug, why[id]) for id, (row, slug) in found.items()]
    return tuple(sorted(told, key=lambda one: -len(one.why))[:SHOWN])


def named(work: Work, viewer: Viewer, public_ids: Collection[str]) -> tuple[Related, ...]:
    """Those of these dossiers the viewer may know of, the one filed last first."""
    query = (
        select(Dossier, SchemeRow.slug)
        .join(SchemeRow, SchemeRow.id == Dossier.scheme_id)
        .where(
            Dossier.public_id.in_(public_ids),
            Dossier.purged_at.is_(None),
            SchemeRow.slug.in_([slug for slug, roles in viewer.roles.items() if roles]),
        )
        .order_by(Dossier.filed_at.desc(), Dossier.id.desc())
    )
    schemes: dict[str, Scheme] = {}
    found: list[Related] = []
    for row, slug in work.session.execute(query):
        scheme = schemes.setdefault(slug, publication.current(work, slug).scheme)
        if perimeters.reaches(work, viewer, scheme, row.id):
            found.append(_told(row, scheme, slug, set()))
    return tuple(found)


def _seen(field: str, hidden: Collection[str]) -> bool:
    return not set(field.split("/")) & set(hidden)


def _told(row: Dossier, scheme: Scheme, slug: str, why: set[str]) -> Related:
    state = scheme.workflow.states.get(row.state)
    kinds = why - ({"siren"} if "siret" in why else set())
    return Related(
        slug,
        scheme.title,
        row.public_id,
        row.reference or "",
        state.label if state else None,
        row.filed_at or row.created_at,
        tuple(kind for kind in ORDER if kind in kinds),
    )
