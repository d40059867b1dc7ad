"""A version of a scheme replayed on its dossiers: figures, and those that flip. Nothing is written.

The rules are applied to the answers kept, as of the day each dossier was filed, with today's date where a rule reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from authoring.simulation import Judge, Replayed, Simulation, Tally, dimension, replay
from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import SchemeRow, SchemeVersion
from dossiers.services import older, publication, received, shelf
from dossiers.services.desk import Work, as_of_one_instant
from dossiers.services.refusals import NotFound
from dossiers.services.staff import actor_of
from engine.language import Scheme

Each = Callable[[Replayed], object]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a scheme: its number, the one it would bear when it isn't published yet."""

    scheme: Scheme
    number: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a simulation: `after` is the version that would hold; `against` the number of the one it is
    compared with (None: with what was decided of each dossier); `by` the name of a field to break the figures down by."""

    after: Version
    against: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Simulated:
    """What came out. `anonymised` counts the dossiers that can't be replayed any more."""

    asked: Asked
    simulation: Simulation
    anonymised: int


def version(work: Work, slug: str, number: int | None = None) -> Version:
    """A published version, the one in force when no number is given. Raises NotFound."""
    query = select(SchemeVersion.id, SchemeVersion.checksum, SchemeVersion.number)
    query = query.join(SchemeRow, SchemeRow.id == SchemeVersion.scheme_id).where(SchemeRow.slug == slug)
    which = SchemeVersion.retired_at.is_(None) if number is None else SchemeVersion.number == number
    found = work.session.execute(query.where(which)).first()
    if found is None:
        raise NotFound("scheme" if number is None else "version")
    return Version(shelf.scheme_of(work.session, found.id, found.checksum), found.number)


def draft(work: Work, scheme: Scheme) -> Version:
    """A scheme that isn't published: the version it would be. Raises NotFound when nothing of it ever was."""
    numbers = [one.number for one in publication.versions(work, scheme.id)]
    if not numbers:
        raise NotFound("scheme")
    return Version(scheme, max(numbers) + 1)


def judge_of(work: Work, version: Version) -> Judge:
    """The version, ready to judge as of now; answers filed under an older one follow its fields."""
    organisation = work.office.organisation
    through = _through(work, version)
    return Judge(
        version.scheme, now=work.now, organisation=organisation, through=through, number=version.number
    )


def _through(work: Work, version: Version) -> Callable[[int], tuple[Scheme, ...]]:
    """For each version that answers may have been filed under, those whose migrations are followed to this one."""
    published = _published(work, version.scheme.id)
    known: dict[int, tuple[Scheme, ...]] = {}
    for first in (number for number in published if number < version.number):
        between = [(number, one) for number, one in published.items() if first <= number < version.number]
        known[first] = tuple(older.ways([*between, (version.number, version.scheme)]))
    return lambda filed_under: known.get(filed_under, ())


def _published(work: Work, slug: str) -> dict[int, Scheme]:
    query = select(SchemeVersion.id, SchemeVersion.checksum, SchemeVersion.number)
    query = query.join(SchemeRow, SchemeRow.id == SchemeVersion.scheme_id).where(SchemeRow.slug == slug)
    rows = work.session.execute(query.order_by(SchemeVersion.number)).all()
    return {row.number: shelf.scheme_of(work.session, row.id, row.checksum) for row in rows}


@as_of_one_instant
def simulate(work: Work, asked: Asked, each: Each | None = None) -> Simulated:
    """Replay the dossiers of the scheme; `each` is given every one of them in turn.

    Raises NotFound for an unknown version, simulation.UnknownDimension.
    """
    slug = asked.after.scheme.id
    after = judge_of(work, asked.after)
    before = None if asked.against is None else judge_of(work, version(work, slug, asked.against))
    tally = Tally(dimension(after, asked.by) if asked.by else None)
    for one in replay((one for _, one in received.received(work, slug)), after, before):
        tally.add(one)
        if each is not None:
            each(one)
    return Simulated(asked, tally.simulation(), received.anonymised(work, slug))


def note_reading(work: Work, viewer: Viewer, asked: Asked, slug: str) -> None:
    """Journal that somebody has looked at all the dossiers of a scheme at once."""
    payload = {"version": asked.after.number, "against": asked.against, "by": asked.by}
    journal.record(
        work.session,
        stream=f"scheme:{slug}",
        actor=actor_of(viewer, slug),
        action="simulated",
        at=work.now,
        payload={key: value for key, value in payload.items() if value is not None},
    )
