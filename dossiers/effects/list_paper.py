"""Effect `list_paper`: the PDF of a list of decisions, made once of what was fixed when it was signed, and never again."""

from __future__ import annotations

import hashlib

from sqlalchemy import update
from sqlalchemy.orm import Session

from dossiers import journal
from dossiers.database import CampaignRow
from dossiers.effects.outcome import Done, GiveUp, Outcome
from dossiers.effects.papers import store_key
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.desk import Desk
from dossiers.services.list_lines import Printed, printed
from renderers.lists import Signed, SignedLine, list_of_decisions
from renderers.pdf import NotTypeset, pdf
from workflows.lifecycle import SYSTEM


def run(job: Claimed, office: Office) -> Outcome:
    """Print the list `id`."""
    found: Printed = Desk(office).read(printed, job.options["id"])
    if found.campaign.paper is not None:
        return Done()
    paper = list_of_decisions(_signed(found), office.organisation)
    try:
        content = pdf(paper, office.logo, office.settings.fonts)
    except NotTypeset as error:
        return GiveUp(str(error))
    key = office.store.put(content, store_key(job.key))
    return Done(lambda session: _record(session, office, found, key, hashlib.sha256(content).hexdigest()))


def _signed(found: Printed) -> Signed:
    campaign = found.campaign
    assert campaign.list_number and campaign.signed_by and campaign.signed_at
    return Signed(
        scheme=found.scheme,
        action=str(campaign.options["action"]),
        number=campaign.list_number,
        prepared_by=campaign.asked_by.name,
        prepared_at=campaign.asked_at,
        signed_by=campaign.signed_by.name,
        signed_at=campaign.signed_at,
        lines=tuple(SignedLine(one.reference, one.amount) for one in found.lines),
    )


def _record(session: Session, office: Office, found: Printed, key: str, digest: str) -> None:
    """Keep where it is, and its digest in the journal: another file in its place would show."""
    campaign = found.campaign
    session.execute(update(CampaignRow).where(CampaignRow.id == campaign.id).values(paper=key))
    payload = {"campaign": campaign.public_id, "number": campaign.list_number, "sha256": digest}
    journal.record(
        session,
        stream=f"scheme:{campaign.slug}",
        actor=SYSTEM,
        action="list_printed",
        at=office.clock(),
        payload=payload,
    )
