"""Who a dossier concerns: the applicant's name and telephone, as last filed, for lists and searches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, update

from dossiers.database import Party, core, table_of
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.snapshot import applicant_name

APPLICANT = "applicant"
PARTIES = table_of(Party)
NAME = (
    update(PARTIES)
    .where(PARTIES.c.dossier_id == bindparam("dossier"), PARTIES.c.role == APPLICANT)
    .values(name=bindparam("applicant"), phone=bindparam("telephone"))
)


def update_applicant(work: Work, case: Case) -> None:
    """Write the applicant's name and telephone from the answers just filed."""
    phone = next(
        (
            case.filed.answers[asked.id]
            for asked in case.scheme.fields.values()
            if asked.kind == "phone"
            and not (asked.sensitive or asked.hide_from)
            and asked.id in case.filed.answers
        ),
        None,
    )
    told = {"dossier": case.dossier.id, "applicant": applicant_name(case), "telephone": phone}
    core(work.session).execute(NAME, told)


def verify_address(work: Work, email: str, at: datetime) -> None:
    """Note that somebody opened a link mailed to this address."""
    theirs = (Party.email == email, Party.verified_at.is_(None))
    work.session.execute(
        update(Party).where(*theirs).values(verified_at=at).execution_options(synchronize_session=False)
    )
