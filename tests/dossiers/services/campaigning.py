"""A campaign that leaves a note on each dossier, for the tests of campaigns."""

from sqlalchemy import insert, select

from dossiers import journal
from dossiers.database import Dossier, Note
from dossiers.services import campaigns, publication
from dossiers.services.campaign_views import Happened
from dossiers.services.refusals import Refused
from tests.dossiers.services.conftest import SLUG, siret
from workflows.lifecycle import Actor

ADA = Actor("staff", "1", "Ada (fictive)")


def touch(work, campaign, opened):
    """Leave a note, in the journal too; refuse the dossier that the options name, once all is written."""
    row = opened.dossier
    state, row.state = row.state, "touching"
    note = {"dossier_id": row.id, "author": campaign.asked_by.name, "body": "touched", "at": work.now}
    work.session.execute(insert(Note).values(note))
    named = {"stream": opened.stream, "actor": campaign.asked_by, "action": "touched", "at": work.now}
    journal.record(work.session, **named, payload={"campaign": campaign.public_id}, dossier_id=row.id)
    if row.id == campaign.options.get("refuse"):
        raise Refused("not_editable")
    row.state = state
    return Happened({"touched": True})


def begun(site, more, **options):
    """A campaign over every dossier, so many of them filed just now."""
    here = len(site.rows(select(Dossier.id)))
    for number in range(here, here + more):
        site.filed(f"person-{number}@fictif.example", siret=siret(number))
    version = site.read(publication.current, SLUG).version_id
    ids = site.rows(select(Dossier.id))
    given = {"by": ADA, "options": options, "preview": {"changed": len(ids)}}
    return site.act(campaigns.begin, "migration", SLUG, version, ids, **given)
