"""What the pages of figures show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dossiers.services.ledger import EnvelopeView
from engine.language import Scheme
from engine.language.dashboard_model import Chart

AGES = (7, 30, 60, 90)  # days: the classes of age of what goes on are "up to", the last one "more than"


@dataclass(frozen=True, slots=True)
class FiguresAsked:
    """The filters: days, both included; a group, a département, a state the dossiers stand in now ("" for all)."""

    first: date
    last: date
    group: str = ""
    territory: str = ""
    state: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether something else than the days is asked for."""
        return bool(self.group or self.territory or self.state)


@dataclass(frozen=True, slots=True)
class StateStock:
    """How many dossiers stand in a state now; `ages`: by how long they have, none for a state that ends them."""

    state: str
    count: int
    ages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TerritoryLine:
    """A département: filed and granted in the period, and how much."""

    code: str
    filed: int
    granted: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AgentLine:
    """Somebody's load: what they hold now, what they decided in the period. `name` is "" for what nobody holds."""

    name: str
    held: int
    decided: int


@dataclass(frozen=True, slots=True)
class ChartView:
    """A declared picture: for each value, how many dossiers filed in the period, and what was granted to them."""

    chart: Chart
    values: tuple[tuple[str, int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class MoneyView:
    """Amounts of the period, and what stands now: `due` may be paid, `owed` was paid and is granted no more."""

    requested: Decimal
    granted: Decimal
    paid: Decimal
    due: tuple[int, Decimal]
    owed: tuple[int, Decimal]
    envelopes: tuple[EnvelopeView, ...]
    batches: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The figures of a scheme as of an instant. `everything`: not the part of money alone; `counted`: the first count is over;
    `monthly`: arrivals by month rather than by day; `decided`: by outcome; `median` and `ninetieth`: days to the decision;
    `groups` and `places`: those one may narrow by."""

    scheme: Scheme
    slug: str
    asked: FiguresAsked
    as_of: datetime
    counted: bool
    everything: bool
    narrowed: bool
    monthly: bool
    arrivals: tuple[tuple[date, int], ...]
    stock: tuple[StateStock, ...]
    decided: tuple[tuple[str, int], ...]
    median: int | None
    ninetieth: int | None
    reasons: tuple[tuple[str, int], ...]
    money: MoneyView | None
    territories: tuple[TerritoryLine, ...]
    agents: tuple[AgentLine, ...]
    calls: tuple[tuple[str, int], ...]
    charts: tuple[ChartView, ...]
    groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def filed(self) -> int:
        """How many were filed in the period."""
        return sum(count for _, count in self.arrivals)

    @property
    def going_on(self) -> int:
        """How many wait for their end now."""
        return sum(one.count for one in self.stock if one.ages)

    @property
    def number_decided(self) -> int:
        """How many were decided in the period."""
        return sum(count for _, count in self.decided)
