"""What is known of a dossier besides its answers: kept with its source and time, looked up between two transactions.

A source that is down stops nobody: its facts stay unknown, the office sees that they were not verified, and a job looks
again after the deposit.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers import jobs
from dossiers.access import Viewer
from dossiers.changes import facts as rows
from dossiers.office import Office
from dossiers.outside.connectors import Answer
from dossiers.services import earlier
from dossiers.services.desk import Work, preceded_by
from dossiers.services.opened import Opened
from dossiers.services.source_views import Wanted
from engine.asked import Reading
from engine.asked.facts import keys_of
from engine.facts import ESTABLISHED, Kept
from engine.language.facts_model import ConnectorFact

PATIENCE = 2.0  # seconds an applicant waits for all sources together
LONGEST = 10.0  # seconds a job waits for one
LOOK_UP = "look_up"


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of looking one up."""

    wanted: Wanted
    answer: Answer


def kept(work: Work, opened: Opened) -> Mapping[str, Kept]:
    """The facts kept beside a dossier; nothing is asked of the database where there can't be any."""
    if not opened.scheme.facts and opened.dossier.begun_from is None:
        return {}
    return rows.of_dossier(work.session, work.office.vault, opened.dossier)


def wanted(
    work: Work, reading: Reading, known: Mapping[str, Kept], page_id: str | None = None
) -> tuple[Wanted, ...]:
    """The facts to look up now: never asked about these answers; or without success, and asked again by the page that
    holds them (any time, when no page is said)."""
    found = []
    for fact in _of_connectors(reading):
        asked = keys_of(fact, reading.values)
        if asked is None or not work.office.connectors.allows(fact.connector):
            continue
        before = known.get(fact.id)
        if before is not None and before.asked == asked:
            on_page = page_id is None or any(reading.scheme.fields[id].page == page_id for id in fact.fields)
            if before.status in ESTABLISHED or not on_page:
                continue
        found.append(Wanted(fact.id, fact.connector, asked))
    return tuple(found)


def _of_connectors(reading: Reading) -> Iterable[ConnectorFact]:
    return (fact for fact in reading.scheme.facts.values() if isinstance(fact, ConnectorFact))


def ask(office: Office, wanted: Iterable[Wanted], within: float) -> tuple[Learnt, ...]:
    """Ask the sources, one after the other, within so many seconds in all. No transaction is open meanwhile."""
    until = time.monotonic() + within
    return tuple(
        Learnt(one, office.connectors.ask(one.connector, one.asked, within=max(until - time.monotonic(), 0)))
        for one in wanted
    )


def as_kept(learnt: Learnt, now: datetime) -> Kept:
    """What was learnt, as it is kept."""
    one = learnt.wanted
    return Kept(one.name, one.connector.id, learnt.answer.status, now, one.asked, learnt.answer.values)


def still_asked(reading: Reading, learnt: Iterable[Learnt]) -> tuple[Learnt, ...]:
    """What is about the answers as they are now: another tab may have changed them while the source was asked."""
    return tuple(
        one
        for one in learnt
        if (fact := reading.scheme.facts.get(one.wanted.name)) is not None
        and keys_of(fact, reading.values) == one.wanted.asked
    )


def keep_earlier(work: Work, opened: Opened, reading: Reading) -> None:
    """Keep what earlier dossiers come to now that it counts: beside the deposit, or the decision."""
    if earlier.of_scheme(opened.scheme):
        counted = earlier.all_of(work, opened, reading).values()
        rows.add(work.session, work.office.vault, opened.dossier, counted)


def look_later(work: Work, opened: Opened, reading: Reading, known: Mapping[str, Kept], number: int) -> None:
    """Put a job in line for what wasn't established when a filing was made."""
    if opened.scheme.facts and wanted(work, reading, known):
        jobs.add(
            work.session,
            LOOK_UP,
            key=f"{LOOK_UP}:{opened.dossier.public_id}:{number}",
            dossier_id=opened.dossier.id,
            run_at=work.now,
        )


def _asked_for_applicant(
    office: Office, now: datetime, viewer: Viewer, public_id: str, wanted: tuple[Wanted, ...], *rest: Any
) -> tuple[Learnt, ...]:
    return ask(office, wanted, PATIENCE)


before_page = preceded_by(_asked_for_applicant)
