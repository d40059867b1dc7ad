"""Effect `platform`: one of the house's own mails, which say that there is something to read, never what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dossiers.effects.delivery import Letterhead, deliver
from dossiers.effects.outcome import Done, Outcome
from dossiers.effects.reading import dossier_of
from dossiers.jobs import Claimed
from dossiers.office import Office
from dossiers.services.opened import Opened
from renderers import mails
from renderers.links import Links
from renderers.mails import Mail as Written


def run(job: Claimed, office: Office) -> Outcome:
    """Send the mail `template` to `to` in `language`; nothing about a dossier whose content was purged meanwhile."""
    asked = job.options
    opened = dossier_of(office, job.dossier_id)
    if job.dossier_id is not None and opened is None:
        return Done()
    written = write(office, asked["template"], asked["language"], asked["values"], opened)
    return deliver(
        job, office, written, Letterhead(asked["to"], asked["language"], reply_to=reply_to(office, opened))
    )


def write(
    office: Office, name: str, language: str, values: Mapping[str, Any], opened: Opened | None
) -> Written:
    """The words of one of the house's own mails, about a dossier or about none."""
    scheme = None if opened is None else opened.scheme
    links = Links(office.settings.base_url)
    return mails.platform(
        name, language, values, organisation=office.organisation, links=links, scheme=scheme
    )


def reply_to(office: Office, opened: Opened | None) -> str:
    """Who reads the answers: the scheme's contact, else the organisation's."""
    return (opened.scheme.contact.email if opened else "") or office.organisation.email
