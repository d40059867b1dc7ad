"""The long lists of published schemes, which anybody may search: they stand on public forms."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from dossiers.database import SchemeRow, SchemeVersion, core, table_of
from dossiers.services import shelf
from dossiers.services.desk import Work
from dossiers.services.refusals import NotFound
from engine.asked.fitting import where_of
from engine.language.model import Field, Scheme

SEARCHED = frozenset({"choice", "choices", "commune"})
VERSIONS, SCHEMES = map(table_of, (SchemeVersion, SchemeRow))
_VERSION = (
    select(VERSIONS.c.id, VERSIONS.c.checksum)
    .select_from(VERSIONS.join(SCHEMES, SCHEMES.c.id == VERSIONS.c.scheme_id))
    .where(SCHEMES.c.slug == bindparam("slug"), VERSIONS.c.number == bindparam("number"))
)


def searchable(work: Work, slug: str, number: int, name: str) -> Field:
    """A choice, or a commune, of a published version ("rows-field" in rows). Raises NotFound for any other name, and where what may be
    chosen depends on answers: that is between the applicant and their own page."""
    row = core(work.session).execute(_VERSION, {"slug": slug, "number": number}).first()
    field = _field(shelf.scheme_of(work.session, row.id, row.checksum), name) if row else None
    if field is None or field.kind not in SEARCHED or where_of(field) is not None:
        raise NotFound("list")
    return field


def _field(scheme: Scheme, name: str) -> Field | None:
    id, *cells = name.split("-")
    field = scheme.fields.get(id)
    for cell in cells:
        field = field.fields.get(cell) if field else None
    return field
