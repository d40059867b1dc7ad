"""Loaded schemes by the checksum of their bundle: a version never changes, so it is read and compiled once."""

from __future__ import annotations

import threading

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.database import SchemeVersion
from engine.language import Bundle, Scheme, load_scheme

MOST = 64  # versions kept loaded; a site has some schemes of some versions each

_SCHEMES: dict[str, Scheme] = {}
_LOADING = threading.Lock()


def scheme_of(session: Session, version_id: int, checksum: str) -> Scheme:
    """The scheme of a version. Raises SchemeError when this release no longer understands its text."""
    known = _SCHEMES.get(checksum)
    if known is not None:
        return known
    with _LOADING:
        if checksum not in _SCHEMES:
            files = session.scalars(select(SchemeVersion.files).where(SchemeVersion.id == version_id)).one()
            if len(_SCHEMES) >= MOST:
                _SCHEMES.clear()
            _SCHEMES[checksum] = load_scheme(Bundle(files))
        return _SCHEMES[checksum]
