"""The figures of a simulation, added up one dossier at a time: in all, by rule, by state, by version, by territory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from authoring.simulation.dimensions import Dimension
from authoring.simulation.replaying import KINDS, Kind, Replayed


@dataclass(frozen=True, slots=True)
class Figures:
    """How many dossiers of each kind, and what those who are let in cost before and after."""

    counts: Mapping[Kind, int]
    cost_before: Decimal
    cost_after: Decimal

    @property
    def total(self) -> int:
        """All the dossiers."""
        return sum(self.counts.values())

    @property
    def difference(self) -> Decimal:
        """What the change costs; below zero when it saves."""
        return self.cost_after - self.cost_before


@dataclass(frozen=True, slots=True)
class RuleFlips:
    """One rule: the dossiers it lets in, keeps out or leaves open by the change, and its own new outcomes.

    A dossier that two rules held back counts under both. `lifted` and `raised` count every dossier for which the rule
    itself began or ceased to hold, whether or not that decided anything.
    """

    lets_in: int
    keeps_out: int
    leaves_open: int
    lifted: int
    raised: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """The whole, and its parts; a part without a dossier isn't there."""

    whole: Figures
    by_rule: Mapping[str, RuleFlips]
    by_state: Mapping[str, Figures]
    by_version: Mapping[str, Figures]
    by_dimension: Mapping[str, Figures]


@dataclass(slots=True)
class _Sum:
    counts: Counter[Kind] = field(default_factory=Counter)
    before: Decimal = Decimal(0)
    after: Decimal = Decimal(0)

    def add(self, one: Replayed, kind: Kind) -> None:
        self.counts[kind] += 1
        self.before += one.before.cost
        self.after += one.after.cost

    def figures(self) -> Figures:
        return Figures({kind: self.counts[kind] for kind in KINDS}, self.before, self.after)


FLIPS: Mapping[Kind, str] = {
    "newly_eligible": "lets_in",
    "newly_ineligible": "keeps_out",
    "newly_unknown": "leaves_open",
}


class Tally:
    """Adds up; `dimension` is what the last table goes by."""

    def __init__(self, dimension: Dimension | None = None) -> None:
        self._dimension = dimension
        self._whole = _Sum()
        self._states: dict[str, _Sum] = {}
        self._versions: dict[str, _Sum] = {}
        self._values: dict[str, _Sum] = {}
        self._rules: dict[str, Counter[str]] = {}

    def add(self, one: Replayed) -> None:
        """One dossier more."""
        kind = one.kind
        parts = [(self._states, one.received.state), (self._versions, str(one.received.version))]
        if self._dimension is not None:
            parts.append((self._values, self._dimension.value(one.received)))
        self._whole.add(one, kind)
        for sums, key in parts:
            sums.setdefault(key, _Sum()).add(one, kind)
        self._add_rules(one, kind)

    def simulation(self) -> Simulation:
        """What was added so far; the values of the dimension by their number of dossiers, the greatest first."""
        by_size = sorted(self._values.items(), key=lambda pair: (-sum(pair[1].counts.values()), pair[0]))
        return Simulation(
            self._whole.figures(),
            {id: _flips(counts) for id, counts in self._rules.items()},
            {state: one.figures() for state, one in self._states.items()},
            {version: one.figures() for version, one in sorted(self._versions.items())},
            {value: one.figures() for value, one in by_size},
        )

    def _add_rules(self, one: Replayed, kind: Kind) -> None:
        for id in one.flipping:
            self._rule(id)[FLIPS[kind]] += 1
        before, after = one.before.rules, one.after.rules
        for id in {**before, **after}:
            was, would_be = before.get(id, True), after.get(id, True)  # no rule stands in nobody's way
            if was is not would_be and True in (was, would_be):
                self._rule(id)["lifted" if would_be else "raised"] += 1

    def _rule(self, id: str) -> Counter[str]:
        return self._rules.setdefault(id, Counter())


def _flips(counts: Counter[str]) -> RuleFlips:
    return RuleFlips(*(counts[name] for name in ("lets_in", "keeps_out", "leaves_open", "lifted", "raised")))
