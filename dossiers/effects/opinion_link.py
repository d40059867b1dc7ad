"""Effect `opinion_link`: the mails to who is asked for an opinion: asked, reminded, not awaited any more."""

from __future__ import annotations

from sqlalchemy import select

from dossiers.database import Opinion
from dossiers.effects import platform
from dossiers.effects.delivery import Letterhead, deliver
from dossiers.effects.links import KEPT_FROM_US
from dossiers.effects.outcome import Done, Outcome
from dossiers.effects.reading import dossier_of
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.expertise import token_of


def run(job: Claimed, office: Office) -> Outcome:
    """Mail who is asked; nothing when it has become needless meanwhile."""
    opened, template = dossier_of(office, job.dossier_id), job.options["template"]
    with office.database.reading() as session:
        row = session.scalar(select(Opinion).where(Opinion.public_id == job.options["opinion"]))
    called_off = template == "opinion_called_off"
    if opened is None or row is None or not row.email or (row.closed_at is not None) != called_off:
        return Done()
    if template == "opinion_reminder" and row.given_at is not None:
        return Done()
    token = token_of(office.vault, row)
    values = {"token": token, "reference": opened.dossier.reference, "deadline_on": row.until.isoformat()}
    written = platform.write(office, template, row.language, values, opened)
    kept = written.text.replace(token, KEPT_FROM_US)
    reply_to = platform.reply_to(office, opened)
    return deliver(job, office, written, Letterhead(row.email, row.language, reply_to=reply_to, kept=kept))
