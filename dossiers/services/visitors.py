"""Who asks: the viewer behind a session's token."""

from __future__ import annotations

from datetime import datetime

from dossiers import access, sessions
from dossiers.access import Viewer
from dossiers.services.desk import Work
from dossiers.services.opened import session_before

anonymous = access.anonymous


def recognise(work: Work, token: str, language: str, public_id: str | None = None) -> Viewer:
    """The viewer of a session; anonymous when its token is unknown or over. `public_id`: the dossier an applicant's page is
    about, read at the same time."""
    if public_id is None:
        known = sessions.find(work.session, work.office, token, work.now)
    else:
        known = session_before(work, token, public_id)
    return access.viewer(work.session, known, language)


def touch(work: Work, token: str) -> None:
    """Note that a session is in use, so that it doesn't end under somebody's hands."""
    sessions.touch(work.session, token, work.now)


def extend(work: Work, token: str) -> datetime | None:
    """Let a session go on; when it ends if nothing more is done in it, None for one that is over."""
    return sessions.extend(work.session, work.office, token, work.now)


def leave(work: Work, token: str) -> None:
    """End a session, an applicant's or a member of staff's; a token of none ends none."""
    sessions.close(work.session, token)
