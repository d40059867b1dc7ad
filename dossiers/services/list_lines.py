"""The lines of a list of decisions: before it is signed as they stand now, from then on as they were signed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.changes.amounts import from_cents
from dossiers.database import AmountStep, CampaignItem, CampaignRow, Dossier, Party
from dossiers.office import Office
from dossiers.outside.store import Missing
from dossiers.services import batches, publication
from dossiers.services.campaign_reading import campaign_where
from dossiers.services.campaign_views import Campaign
from dossiers.services.desk import Work, followed_by
from dossiers.services.opened_files import OpenedFile
from dossiers.services.parties import APPLICANT
from dossiers.services.refusals import NotFound
from engine.language import Scheme

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Line:
    """One decision of a list. `amount`: what it grants, None where it grants nothing; `applicant`: for the screen alone."""

    public_id: str
    reference: str
    applicant: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Printed:
    """What is put on paper of a list that was signed."""

    scheme: Scheme
    campaign: Campaign
    lines: tuple[Line, ...]


def lines(work: Work, campaign: Campaign) -> tuple[Line, ...]:
    """The lines of a list, in order; those taken out are none."""
    query = (
        select(Dossier.id, Dossier.public_id, Dossier.reference, Dossier.email, Party.name)
        .add_columns(CampaignItem.proposed_cents)
        .join(CampaignItem, CampaignItem.dossier_id == Dossier.id)
        .outerjoin(Party, (Party.dossier_id == Dossier.id) & (Party.role == APPLICANT))
        .where(CampaignItem.campaign_id == campaign.id)
        .where(CampaignItem.code.is_distinct_from("taken_out"))
        .order_by(CampaignItem.id)
    )
    now = amounts_of(work, campaign) if campaign.signed_by is None else {}
    made = []
    for row in work.session.execute(query):
        cents = now.get(row.id) if campaign.signed_by is None else row.proposed_cents
        amount = None if cents is None else from_cents(cents)
        made.append(Line(row.public_id, row.reference or "", row.name or row.email, amount))
    return tuple(made)


def amounts_of(work: Work, campaign: Campaign) -> dict[int, int | None]:
    """The cents each line left on a list comes to now, by dossier; None for each where the action grants nothing."""
    pending = (CampaignItem.campaign_id == campaign.id, CampaignItem.state == "pending")
    ids = select(CampaignItem.dossier_id).where(*pending)
    found: dict[int, int | None] = dict.fromkeys(work.session.scalars(ids.order_by(CampaignItem.id)))
    if not _grants(work, campaign):
        return found
    steps = (
        select(AmountStep.dossier_id, AmountStep.cents)
        .where(AmountStep.dossier_id.in_(ids), AmountStep.kind.in_(("granted", "computed")))
        .order_by(AmountStep.id)
    )
    found.update((row.dossier_id, row.cents) for row in work.session.execute(steps))
    return found


def printed(work: Work, campaign_id: int) -> Printed:
    """What is put on paper of a list. Raises NotFound."""
    campaign = campaign_where(work, CampaignRow.id == campaign_id)
    return Printed(publication.current(work, campaign.slug).scheme, campaign, lines(work, campaign))


def _stored(office: Office, found: tuple[str, str]) -> OpenedFile:
    name, key = found
    try:
        return OpenedFile(f"{name}.pdf", PDF, office.store.get(key))
    except Missing as error:
        raise NotFound("paper") from error


@followed_by(_stored)
def paper(work: Work, viewer: Viewer, slug: str, public_id: str) -> tuple[str, str]:
    """The PDF of a list that was signed. Raises NotFound, also while it isn't made yet."""
    found = batches.find(work, viewer, slug, public_id)
    if found.paper is None or found.list_number is None:
        raise NotFound("paper")
    return found.list_number, found.paper


def _grants(work: Work, campaign: Campaign) -> bool:
    workflow = publication.current(work, campaign.slug).scheme.workflow
    action = workflow.actions.get(str(campaign.options["action"]))
    if action is None or action.amount is not None:
        return False  # what such an action grants is known once it is done
    return workflow.states[action.to].decision != "refused"


def total(found: tuple[Line, ...]) -> Decimal | None:
    """What the lines come to; None where none of them has an amount."""
    amounts = [one.amount for one in found if one.amount is not None]
    return sum(amounts, Decimal(0)) if amounts else None
