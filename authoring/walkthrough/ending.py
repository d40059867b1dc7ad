"""What a scenario expects once its walk is over: the state, what the applicant reads, what left, the money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from authoring.walkthrough import papers
from authoring.walkthrough.dossier import Dossier
from authoring.walkthrough.walk import Walk
from authoring.walkthrough.wording import NOTHING, Pieces, Told, told
from engine.language.model import Scenario
from engine.problems import Path

Difference = tuple[Path, Told]


def ending(test: Scenario, walked: Walk) -> Iterator[Difference]:
    """What isn't as expected, each with the path, in the test, of what expects it."""
    dossier = walked.dossier
    if test.end is not None and test.end not in dossier.reading.scheme.workflow.around(dossier.state):
        found = dossier.state
        yield ("end",), told("end", wanted=test.end, found=found, still=_still(dossier))
    if test.status is not None:
        public = dossier.reading.scheme.workflow.public_of(dossier.state)
        status = public.id if public else None
        if status != test.status:
            yield ("status",), told("status", wanted=test.status, found=status)
    for key, kind, sent in (("mails", "mail", test.mails), ("letters", "letter", test.letters)):
        for number, one in papers.differences(sent, dossier.papers, kind) if sent is not None else ():
            yield ((key,) if number is None else (key, number)), one
    yield from _told(test, dossier)
    yield from _amounts(test, dossier)


def _told(test: Scenario, dossier: Dossier) -> Iterator[Difference]:
    """Of which deadlines people were reminded and warned."""
    for key, wanted, found in (
        ("reminded", test.reminded, dossier.reminded),
        ("warned", test.warned, dossier.warned),
    ):
        if wanted is not None and list(wanted) != found:
            yield (key,), told(key, wanted=list(wanted), found=found)


def _amounts(test: Scenario, dossier: Dossier) -> Iterator[Difference]:
    for what, wanted in test.amounts.items():
        found = Decimal(dossier.amounts.get(what, 0)).scaleb(-2)
        if wanted != found:
            yield ("amounts", what), told("amounts", what=what, wanted=wanted, found=found)


def _still(dossier: Dossier) -> Told | Pieces:
    """The deadline that would have moved the dossier on, had time gone on further."""
    declared = dossier.reading.scheme.workflow.deadlines
    for due in dossier.waiting:
        if due.kind == "do" and due.name in declared:
            action = declared[due.name].do
            return told("still", day=dossier.day, deadline=due.name, action=action, last=due.local_date)
    return NOTHING
