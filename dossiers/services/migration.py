"""Dossiers under way and a newer version: what moving them would change, counted on the real dossiers; then the campaign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dossiers.database import Dossier
from dossiers.office import Office
from dossiers.services import campaigns, publication
from dossiers.services.campaign_views import Campaign
from dossiers.services.desk import Desk, Work, as_of_one_instant, preceded_by
from dossiers.services.opened import by_id
from dossiers.services.refusals import Refused
from dossiers.services.views import Published
from dossiers.services.weighing import Target, weigh
from workflows.lifecycle import Actor

FLIPS = ("unaffected", "newly_eligible", "newly_ineligible", "newly_unknown")


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What one line of the migration is about: `states` counts its dossiers by state; the line None are those no line fits."""

    line: str | None
    takes: str
    count: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """What moving the dossiers comes to. `flips` and `amounts` count all of them, those that keep their version as unaffected;
    `cents`: what the awards come to, before and after. `drafts` follow by themselves and are no part of it."""

    number: int
    lines: tuple[LineFigures, ...]
    flips: Mapping[str, int]
    amounts: Mapping[str, int]
    cents: tuple[int, int]

    @property
    def moved(self) -> int:
        """How many dossiers take the new version."""
        return sum(one.count for one in self.lines if one.takes == "new")

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, kept with the campaign."""
        lines = [
            {"line": one.line, "takes": one.takes, "count": one.count, "states": dict(one.states)}
            for one in self.lines
        ]
        return {
            "version": self.number,
            "lines": lines,
            "flips": dict(self.flips),
            "amounts": dict(self.amounts),
            "cents": list(self.cents),
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures, the drafts that follow already, and the ids of the dossiers that would be moved."""

    published: Published
    figures: Figures
    drafts: int
    chosen: tuple[int, ...]


@as_of_one_instant
def preview(work: Work, slug: str) -> Preview:
    """What moving the dossiers of a scheme to the version in force would change; nothing is written.

    Raises NotFound, Refused("no_migration") when that version says nothing of the older ones' dossiers.
    """
    published = publication.current(work, slug)
    migration = published.scheme.migration
    if migration is None or not migration.dossiers:
        raise Refused("no_migration", number=published.number)
    target = Target(published.version_id, published.number, published.scheme)
    weighed = dict(_weighed(work, published.scheme_id, target))
    moved = tuple(id for id, result in weighed.items() if result["takes"] == "new")
    takes = {line.id: line.take for line in migration.dossiers.values()}
    found = figures(published.number, takes, weighed.values())
    return Preview(published, found, _drafts(work, published.scheme_id), moved)


def _prepared(office: Office, now: datetime, slug: str, by: Actor) -> Preview:
    found: Preview = Desk(office).read(preview, slug)
    return found


@preceded_by(_prepared)
def begin(work: Work, slug: str, by: Actor) -> Campaign:
    """Begin the campaign that moves the dossiers, as previewed just before. Raises what `preview` does, and Refused: empty
    (no dossier moves), campaign_running, changed_meanwhile (another version was published just now)."""
    found: Preview = work.prepared
    if publication.current(work, slug).version_id != found.published.version_id:
        raise Refused("changed_meanwhile")
    return campaigns.begin(
        work,
        "migration",
        slug,
        found.published.version_id,
        found.chosen,
        by=by,
        options={},
        preview=found.figures.to_json(),
    )


def applied(work: Work, campaign: Campaign) -> Figures:
    """What a campaign has come to so far: the figures of its preview, counted on what was done."""
    results = [item.result for item in campaigns.items(work, campaign.id, "done")]
    lines = [one for one in campaign.preview["lines"] if one["line"] is not None]
    takes = {one["line"]: one["takes"] for one in lines}
    return figures(campaign.number, takes, results)


def figures(number: int, takes: Mapping[str, str], results: Iterable[Mapping[str, Any]]) -> Figures:
    """The figures of many dossiers, each weighed; `takes`: which version each line takes, in the order of the file."""
    counts: Counter[tuple[str | None, str]] = Counter()
    flips, amounts, before, after = Counter(dict.fromkeys(FLIPS, 0)), Counter(up=0, down=0, same=0), 0, 0
    for one in results:
        counts[one["line"], one["state"]] += 1
        flips[_flip(*one["eligible"])] += 1
        was, becomes = (cents or 0 for cents in one["cents"])
        amounts["same" if was == becomes else "up" if becomes > was else "down"] += 1
        before, after = before + was, after + becomes
    taken: dict[str | None, str] = {None: "old"} | dict(takes)
    found = tuple(_line(line, taken[line], counts) for line in dict.fromkeys([*takes, None]))
    told = tuple(one for one in found if one.line is not None or one.count)
    return Figures(number, told, dict(flips), dict(amounts), (before, after))


def _line(line: str | None, takes: str, counts: Mapping[tuple[str | None, str], int]) -> LineFigures:
    states = {
        state: count
        for (name, state), count in sorted(counts.items(), key=lambda one: one[0][1])
        if name == line
    }
    return LineFigures(line, takes, sum(states.values()), states)


def _flip(before: bool | None, after: bool | None) -> str:
    if before is after:
        return "unaffected"
    return "newly_eligible" if after else "newly_unknown" if after is None else "newly_ineligible"


def _weighed(work: Work, scheme_id: int, target: Target) -> Iterator[tuple[int, dict[str, Any]]]:
    for id in work.session.scalars(_older(scheme_id, target).order_by(Dossier.id)).all():
        opened = by_id(work, id, lock=False)
        if opened is not None:
            yield id, weigh(work, target, opened).result()


def _older(scheme_id: int, target: Target) -> Any:
    """The filed dossiers that follow an older version, whole."""
    mine = (Dossier.scheme_id == scheme_id, Dossier.version_id != target.version_id)
    return select(Dossier.id).where(*mine, Dossier.filed_at.is_not(None), Dossier.purged_at.is_(None))


def _drafts(work: Work, scheme_id: int) -> int:
    query = select(Dossier.id).where(
        Dossier.scheme_id == scheme_id, Dossier.filed_at.is_(None), Dossier.purged_at.is_(None)
    )
    return len(work.session.scalars(query).all())
