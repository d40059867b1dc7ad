"""The cookies the portal sets: an applicant's session, and the language chosen."""

from __future__ import annotations

from datetime import timedelta

from werkzeug.wrappers import Response

from dossiers.services.views import Session
from portal.showing import front

SESSION, LANGUAGE = "session", "language"
A_YEAR = timedelta(days=365)


def keep_session(response: Response, session: Session | None) -> Response:
    """Put a session in its cookie: out of reach of scripts, and sent over https alone once the site has it."""
    if session is not None:
        response.set_cookie(
            front().cookie(SESSION),
            session.token,
            httponly=True,
            samesite="Lax",
            secure=_is_secure(),
            path="/",
        )
    return response


def end_session(response: Response) -> Response:
    """Forget the session's cookie."""
    response.delete_cookie(
        front().cookie(SESSION), path="/", httponly=True, samesite="Lax", secure=_is_secure()
    )
    return response


def keep_language(response: Response, language: str) -> Response:
    """Remember the language for a year."""
    response.set_cookie(
        front().cookie(LANGUAGE),
        language,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=_is_secure(),
        path="/",
    )
    return response


def _is_secure() -> bool:
    return bool(front().settings.base_url.startswith("https:"))
