"""Answers given under an older version, carried to the one a dossier follows now, through those between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from dossiers.database import SchemeVersion
from dossiers.services import shelf
from dossiers.services.desk import Work
from engine.asked.carried import carried
from engine.kinds import Json
from engine.language import Scheme


def carry(
    work: Work,
    scheme_id: int,
    answers: Mapping[str, Json],
    versions: tuple[int, int],
    filed_at: datetime | None,
) -> dict[str, Json]:
    """Answers of one version (its id) as those of a later one (its id): each version between is heard, unless a later one
    speaks of the older one itself. The same answers when both are one."""
    found = dict(answers)
    if versions[0] == versions[1]:
        return found
    for scheme in followed(work, scheme_id, versions):
        found = carried(
            scheme,
            found,
            now=work.now,
            organisation=work.office.organisation,
            deposited_on=_day(work, filed_at),
        )
    return found


def followed(work: Work, scheme_id: int, versions: tuple[int, int]) -> tuple[Scheme, ...]:
    """The versions heard on the way from one (its id) to a later one (its id); none when both are one."""
    return () if versions[0] == versions[1] else tuple(ways(_between(work, scheme_id, *versions)))


def scheme_at(work: Work, version_id: int) -> Scheme:
    """The scheme of a version by its id."""
    return shelf.scheme_of(work.session, version_id, checksum_of(work, version_id))


def checksum_of(work: Work, version_id: int) -> str:
    """The checksum of a version by its id."""
    found = select(SchemeVersion.checksum).where(SchemeVersion.id == version_id)
    return work.session.scalars(found).one()


def ways(versions: Sequence[tuple[int, Scheme]]) -> Iterator[Scheme]:
    """From the first of these versions to the last: those whose `migration` is followed, in order."""
    at, last = versions[0][0], versions[-1][0]
    schemes = dict(versions)
    while at < last:
        named = (number for number in schemes if number > at and at in _from(schemes[number]))
        following = max(named, default=None)
        if following is None:
            following = min(number for number in schemes if number > at)
            if (migration := schemes[following].migration) is not None and not migration.from_:
                yield schemes[following]
        else:
            yield schemes[following]
        at = following


def _from(scheme: Scheme) -> tuple[int, ...]:
    return scheme.migration.from_ if scheme.migration else ()


def _between(work: Work, scheme_id: int, first: int, last: int) -> list[tuple[int, Scheme]]:
    """Both versions and those between, oldest first."""
    row: Any = SchemeVersion
    query = select(row.id, row.number, row.checksum).where(row.scheme_id == scheme_id)
    found = work.session.execute(query.order_by(row.number)).all()
    numbers = {id: number for id, number, _ in found}
    wanted = range(numbers[first], numbers[last] + 1)
    return [
        (number, shelf.scheme_of(work.session, id, checksum))
        for id, number, checksum in found
        if number in wanted
    ]


def _day(work: Work, at: datetime | None) -> date | None:
    return None if at is None else work.office.organisation.local_date(at)
