"""What everybody may read of a scheme's figures, where it opens them: the whole of its time, nothing counted so small that
somebody could be known by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, select

from dossiers.services import figures, publication
from dossiers.services.desk import Work
from dossiers.services.figure_sums import TABLE, Reach
from dossiers.services.figure_views import ChartView, FiguresAsked, FiguresView
from dossiers.services.refusals import NotFound
from engine.language import Scheme
from engine.language.dashboard_model import Chart
from workflows.parts import outermost

FEWEST = 5  # a count below it, of people, is never told
KEPT = timedelta(minutes=10)
LONGEST = timedelta(days=3660)
Counts = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A département; None for what is too small to be told."""

    code: str
    filed: int | None
    granted: int | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PublicChart:
    """A declared picture: by value, how many or how much; None for what is too small to be told."""

    chart: Chart
    values: tuple[tuple[str, int | Decimal | None], ...]


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """The figures a scheme opens, as of an instant; a part it doesn't open is empty or None. `arrivals` by month."""

    scheme: Scheme
    as_of: datetime
    parts: frozenset[str]
    arrivals: tuple[tuple[date, int | None], ...]
    stock: Counts
    decided: Counts
    times: tuple[int, int] | None
    granted: Decimal | None
    paid: Decimal | None
    places: tuple[PublicPlace, ...]
    charts: tuple[PublicChart, ...]


_read: dict[tuple[str, str], tuple[datetime, Scheme, PublicFigures]] = {}


def opened(work: Work, slug: str) -> PublicFigures:
    """The public figures of a scheme, read anew every ten minutes at most. Raises NotFound where it opens none."""
    published = publication.current(work, slug)
    scheme = published.scheme
    if not scheme.dashboard.public:
        raise NotFound("figures")
    key = (str(work.office.database.url), slug)
    before = _read.get(key)
    if before and before[1] is scheme and timedelta(0) <= work.now - before[0] < KEPT:
        return before[2]
    found = _figures(work, scheme, published.scheme_id)
    _read[key] = (work.now, scheme, found)
    return found


def are_open(scheme: Scheme) -> bool:
    """Whether a scheme opens any figure to everybody."""
    return bool(scheme.dashboard.public)


def told(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Counts that may be told: None for those under FEWEST, and for one more when a single one would be found by subtraction."""
    found: list[int | None] = [None if 0 < count < FEWEST else count for count in counts]
    rest = [place for place, count in enumerate(found) if count]
    if found.count(None) == 1 and rest:
        found[min(rest, key=lambda place: counts[place])] = None
    return tuple(found)


def _figures(work: Work, scheme: Scheme, scheme_id: int) -> PublicFigures:
    today = work.office.organisation.local_date(work.now)
    asked = FiguresAsked(max(_first(work, scheme_id) or today, today - LONGEST).replace(day=1), today)
    view = figures.figures(work, scheme, Reach(scheme_id, None, asked))
    parts = frozenset(scheme.dashboard.public)
    enough = {outcome for outcome, count in view.decided if count >= FEWEST}
    money = view.money if "money" in parts and "granted" in enough else None
    has_times = "time" in parts and view.number_decided >= FEWEST
    assert not has_times or (view.median is not None and view.ninetieth is not None)
    return PublicFigures(
        scheme=scheme,
        as_of=view.as_of,
        parts=parts,
        arrivals=_by_month(view) if "arrivals" in parts else (),
        stock=_counts(_stock(view)) if "stock" in parts else (),
        decided=_counts(view.decided) if "decisions" in parts else (),
        times=(view.median or 0, view.ninetieth or 0) if has_times else None,
        granted=money.granted if money else None,
        paid=money.paid if money else None,
        places=_places(view) if "territories" in parts else (),
        charts=tuple(_chart(one) for one in view.charts if one.chart.id in parts),
    )


def _first(work: Work, scheme_id: int) -> date | None:
    """The month of the first deposit."""
    months = (
        TABLE.c.scheme_id == scheme_id,
        TABLE.c.kind == "filed",
        TABLE.c.grain == "month",
        TABLE.c.count > 0,
    )
    found: date | None = work.session.scalar(select(func.min(TABLE.c.day)).where(*months))
    return found


def _by_month(view: FiguresView) -> tuple[tuple[date, int | None], ...]:
    months: dict[date, int] = {}
    for day, count in view.arrivals:
        month = day.replace(day=1)
        months[month] = months.get(month, 0) + count
    return tuple(zip(months, told(list(months.values())), strict=True))


def _counts(rows: Sequence[tuple[str, int]]) -> Counts:
    return tuple(zip((key for key, _ in rows), told([count for _, count in rows]), strict=True))


def _stock(view: FiguresView) -> list[tuple[str, int]]:
    """The dossiers by state, without its parts: one that is too small to be told could be reckoned from the others."""
    workflow = view.scheme.workflow
    found: Counter[str] = Counter()
    for one in view.stock:
        found[outermost(workflow, one.state)] += one.count
    return list(found.items())


def _places(view: FiguresView) -> tuple[PublicPlace, ...]:
    filed = told([one.filed for one in view.territories])
    granted = told([one.granted for one in view.territories])
    return tuple(
        PublicPlace(
            one.code, filed[place], granted[place], one.amount if granted[place] is not None else None
        )
        for place, one in enumerate(view.territories)
    )


def _chart(view: ChartView) -> PublicChart:
    counts = told([count for _, count, _ in view.values])
    return PublicChart(
        view.chart,
        tuple(
            (
                value,
                None
                if counts[place] is None
                else (cents if view.chart.measure == "granted" else counts[place]),
            )
            for place, (value, _, cents) in enumerate(view.values)
        ),
    )
