"""Effect `letter`: a letter of the scheme as a PDF among the dossier's documents."""

from __future__ import annotations

from dossiers.effects import papers
from dossiers.effects.outcome import Outcome
from dossiers.effects.reading import scheme_of
from dossiers.jobs import Claimed
from dossiers.office import Office
from renderers import letters
from renderers.links import Links


def run(job: Claimed, office: Office) -> Outcome:
    """Write the letter `text` of `version_id` in `language` from `values`, dated of the day of the act, under its number."""
    asked = job.options
    paper = letters.letter(
        scheme_of(office, asked["version_id"]),
        asked["text"],
        asked["language"],
        asked["values"],
        organisation=office.organisation,
        links=Links(office.settings.base_url),
        today=office.organisation.local_date(job.planned_at),
        number=asked.get("number", ""),
    )
    return papers.keep(job, office, paper, "letter", number=asked.get("number", ""))
