"""What runners read before they write a paper: the scheme of a dossier, or of the version an act was done under."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.database import SchemeVersion
from dossiers.office import Office
from dossiers.services import shelf
from dossiers.services.desk import Desk, Work
from dossiers.services.opened import Opened, by_id
from engine.language import Scheme


def scheme_of(office: Office, version_id: int) -> Scheme:
    """The scheme of a published version."""
    with office.database.reading() as session:
        return shelf.scheme_of(session, version_id, _checksum(session, version_id))


def dossier_of(office: Office, dossier_id: int | None) -> Opened | None:
    """A dossier with its scheme; None for none, and when its content was purged."""
    if dossier_id is None:
        return None
    opened: Opened | None = Desk(office).read(_open, dossier_id)
    return None if opened is None or opened.dossier.purged_at is not None else opened


def _open(work: Work, dossier_id: int) -> Opened | None:
    return by_id(work, dossier_id, lock=False)


def _checksum(session: Session, version_id: int) -> str:
    return session.scalars(select(SchemeVersion.checksum).where(SchemeVersion.id == version_id)).one()
