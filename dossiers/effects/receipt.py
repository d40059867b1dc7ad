"""Effect `receipt`: the proof of deposit as a PDF, from the filing; with it, by what other dossiers are like this one."""

from __future__ import annotations

from dossiers.effects import papers
from dossiers.effects.outcome import Done, Outcome
from dossiers.effects.reading import dossier_of
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services import likeness
from dossiers.services.desk import Desk
from dossiers.services.receipts import kind_of_filing, pdf_view
from dossiers.services.views import ReceiptView
from renderers.links import Links
from renderers.receipts import Filed
from renderers.receipts import receipt as written


def run(job: Claimed, office: Office) -> Outcome:
    """Make the receipt of a dossier's last filing; nothing for a dossier whose content was purged meanwhile."""
    if job.dossier_id is None or dossier_of(office, job.dossier_id) is None:
        return Done()
    Desk(office).act(likeness.write_for, job.dossier_id)  # with the receipt: no filing waits for it
    view: ReceiptView = Desk(office).read(pdf_view, job.dossier_id)
    told = view.receipt
    filed = Filed(
        reference=told.reference,
        filed_at=told.filed_at,
        email=told.email,
        public_id=told.public_id,
        silence_on=told.silence_on,
        hidden=view.hidden,
        number=told.number,
        channel=told.channel,
        answers=Desk(office).read(kind_of_filing, job.dossier_id, told.number) == "answered",
    )
    paper = written(
        told.scheme,
        view.reading,
        filed,
        view.language,
        organisation=office.organisation,
        links=Links(office.settings.base_url),
    )
    return papers.keep(job, office, paper, "receipt")
