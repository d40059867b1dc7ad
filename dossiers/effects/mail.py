"""Effect `mail`: a mail of the scheme, from the snapshot taken with the act."""

from __future__ import annotations

from dossiers.effects import papers
from dossiers.effects.delivery import Letterhead, deliver
from dossiers.effects.outcome import GiveUp, Outcome
from dossiers.effects.reading import scheme_of
from dossiers.jobs import Claimed
from dossiers.office import Office
from renderers import mails
from renderers.links import Links


def run(job: Claimed, office: Office) -> Outcome:
    """Write the mail `text` of `version_id` in `language` from `values`, and send it to `to` with the paper of job
    `attach`, if any."""
    asked = job.options
    scheme = scheme_of(office, asked["version_id"])
    attachments = []
    if asked.get("attach"):
        paper = papers.attachment(office, asked["attach"])
        if paper is None:
            return GiveUp("the letter that goes with this mail is not there any more")
        attachments.append(paper)
    written = mails.mail(
        scheme,
        asked["text"],
        asked["language"],
        asked["values"],
        organisation=office.organisation,
        links=Links(office.settings.base_url),
    )
    head = Letterhead(
        asked["to"],
        asked["language"],
        reply_to=scheme.contact.email or office.organisation.email,
        attachments=attachments,
    )
    return deliver(job, office, written, head)
