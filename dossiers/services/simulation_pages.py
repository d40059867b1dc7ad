"""A simulation as the back office reads it: figures, and one page of the dossiers that flip, masked for who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from authoring.simulation import Dimension, Figures, Judge, Kind, Replayed, Simulation, UnknownDimension
from authoring.simulation import dimension as dimension_of
from authoring.simulation.dimensions import names
from authoring.studio.examined import examined
from dossiers.access import Viewer
from dossiers.changes.sealing import sensitive_ids
from dossiers.services import deciders, drafts, publication, simulations
from dossiers.services.desk import Work, as_of_one_instant
from dossiers.services.masking import hidden_ids, mask_verdict
from dossiers.services.opened import roles_in
from dossiers.services.simulations import Asked, Version
from engine.asked.derived import derived
from engine.language import Scheme
from engine.words import Phrase

PER_PAGE = 50
MOST_VALUES = 100  # lines of the table by territory; the command line has them all
CHANGED: tuple[Kind, ...] = ("newly_eligible", "newly_ineligible", "newly_unknown", "changed_amount")


@dataclass(frozen=True, slots=True)
class FlipRow:
    """One dossier of the list. `reasons`: the rules by which it flips, each with its text by language."""

    public_id: str
    reference: str
    state: str
    before: bool | None
    after: bool | None
    amount_before: Decimal | None
    amount_after: Decimal | None
    reasons: tuple[tuple[str, Mapping[str, Phrase]], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be asked: the numbers of the versions, the newest first, the text being written with the number it would
    bear, when it isn't the version in force, and the names to break the figures down by."""

    scheme: Scheme
    versions: tuple[int, ...]
    written: Version | None
    fields: tuple[Dimension, ...]
    links: bool


@dataclass(frozen=True, slots=True)
class SimulationPage:
    """What came out. `links`: whether the viewer may open the dossiers; `pages` count from 1; `more` values not shown."""

    asked: Asked
    simulation: Simulation
    anonymised: int
    kind: Kind
    rows: tuple[FlipRow, ...]
    total: int
    page: int
    pages: int
    by: Dimension | None
    by_value: Mapping[str, Figures]
    more: int


def choices(work: Work, viewer: Viewer, slug: str) -> Choices:
    """What may be asked of a scheme. Raises NotFound for who may not simulate."""
    scheme = publication.current(work, slug).scheme
    deciders.require(viewer, scheme)
    numbers = tuple(one.number for one in publication.versions(work, slug))
    hidden = hidden_ids(scheme, roles_in(viewer, slug))
    judge = simulations.judge_of(work, simulations.version(work, slug))
    fields = (dimension_of(judge, name) for name in names(scheme))
    shown = tuple(one for one in fields if one.field.id not in hidden)
    return Choices(scheme, numbers, _written(work, viewer, slug), shown, bool(roles_in(viewer, slug)))


def _written(work: Work, viewer: Viewer, slug: str) -> Version | None:
    """The text being written, as last saved, for administrators; None when nothing is to be replayed: none was saved,
    it is the version in force, or it has errors."""
    if not viewer.administrator:
        return None
    stands = drafts.one(work, viewer, slug)
    if stands.last is None or stands.checksum == drafts.version_files(work, viewer, slug).checksum:
        return None
    scheme = examined(stands.files).scheme
    return simulations.draft(work, scheme) if scheme is not None and scheme.id == slug else None


@as_of_one_instant
def page(
    work: Work,
    viewer: Viewer,
    slug: str,
    *,
    version: int | None,
    against: int | None = None,
    by: str | None = None,
    kind: Kind = "newly_eligible",
    page: int = 1,
) -> SimulationPage:
    """A version (or the text being written, by its number to come) replayed, with one page of the dossiers of a kind. Raises NotFound; a name nobody knows breaks nothing down."""
    allowed = choices(work, viewer, slug)
    written = allowed.written if allowed.written and allowed.written.number == version else None
    asked = Asked(written or simulations.version(work, slug, version), against, by)
    dimension = _dimension(work, asked, allowed)
    window = _Window(kind, max(page, 1))
    asked = replace(asked, by=dimension.name if dimension else None)
    found = simulations.simulate(work, asked, window.see)
    values = list(found.simulation.by_dimension.items())
    return SimulationPage(
        asked,
        found.simulation,
        found.anonymised,
        kind,
        _rows(work, viewer, asked, window.kept),
        window.seen,
        window.page,
        max(1, -(-window.seen // PER_PAGE)),
        dimension,
        dict(values[:MOST_VALUES]),
        max(0, len(values) - MOST_VALUES),
    )


class _Window:
    """Keeps one page of the dossiers of a kind as they go by."""

    def __init__(self, kind: Kind, page: int) -> None:
        self.kind, self.page, self.seen = kind, page, 0
        self.kept: list[Replayed] = []

    def see(self, one: Replayed) -> None:
        """One dossier goes by."""
        if one.kind != self.kind:
            return
        if PER_PAGE * (self.page - 1) <= self.seen < PER_PAGE * self.page:
            self.kept.append(one)
        self.seen += 1


def _dimension(work: Work, asked: Asked, allowed: Choices) -> Dimension | None:
    if asked.by is None or asked.by not in {one.name for one in allowed.fields}:
        return None
    try:
        return dimension_of(simulations.judge_of(work, asked.after), asked.by)
    except UnknownDimension:  # the version in force has it, the one asked for hasn't
        return None


def _rows(work: Work, viewer: Viewer, asked: Asked, kept: list[Replayed]) -> tuple[FlipRow, ...]:
    judge = simulations.judge_of(work, asked.after)
    hidden = _hidden(viewer, asked.after.scheme)
    return tuple(_row(judge, one, hidden) for one in kept)


def _hidden(viewer: Viewer, scheme: Scheme) -> frozenset[str]:
    """What isn't shown: sensitive values to nobody here, any value at all to who has no role in the scheme."""
    roles = roles_in(viewer, scheme.id)
    whole = sensitive_ids(scheme) if roles else frozenset(scheme.fields)
    return derived(scheme, whole | hidden_ids(scheme, roles))


def _row(judge: Judge, one: Replayed, hidden: frozenset[str]) -> FlipRow:
    verdict, _ = judge.one(one.received)
    phrases = {rule.id: rule.phrases for rule in mask_verdict(verdict, judge.scheme, hidden).rules}
    return FlipRow(
        one.received.public_id,
        one.received.reference,
        one.received.state,
        one.before.eligible,
        one.after.eligible,
        one.before.amount,
        one.after.amount,
        tuple((id, phrases.get(id, {})) for id in one.flipping),
    )
