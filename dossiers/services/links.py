"""Links by mail, the applicant's way back without a password. Whatever is asked, the answer tells nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dossiers.office import Office
from sqlalchemy import select

from dossiers import jobs, throttle
from dossiers.database import Dossier
from dossiers.services.beginning import normal_email
from dossiers.services.desk import Work, preceded_by
from dossiers.services.views import Session

ASKED_AT_MOST, WINDOW = 3, timedelta(minutes=15)  # mails to one address


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link opened: the session it gives, and the dossier it was about, if about one."""

    session: Session
    public_id: str | None


def _count(office: Office, now: datetime, email: str, language: str) -> bool:
    """Whether this address may be written to again; counted whether it is known or not."""
    return throttle.allow(office, f"link:{normal_email(email)}", limit=ASKED_AT_MOST, window=WINDOW)


@preceded_by(_count)
def mail_link(work: Work, email: str, language: str) -> None:
    """Mail a link to all the dossiers of an address; says nothing of whether there are any, nor of being throttled.

    Raises Refused("not_an_email").
    """
    address = normal_email(email)
    known = select(Dossier.id).where(Dossier.email == address, Dossier.purged_at.is_(None)).limit(1)
    if not work.prepared or work.session.scalar(known) is None:
        return
    options: dict[str, Any] = {"to": address, "language": language, "dossier_id": None}
    minute = work.now.strftime("%Y%m%d%H%M")
    key = f"link:{work.office.vault.blind_index(address)}:{minute}"
    jobs.add(work.session, "link", key=key, options=options, run_at=work.now)
