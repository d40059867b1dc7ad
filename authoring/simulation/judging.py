"""One version of a scheme judging many dossiers at once: what one evaluation after the other would give, rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from authoring.simulation.outcomes import Outcome
from engine.asked import Reading, read_answers
from engine.asked.carried import carried
from engine.asked.derived import derived
from engine.award import Computation, compute, figure
from engine.eligibility import Verdict, judge, outcome
from engine.facts import Kept, known
from engine.feel import Rows, compile_rows
from engine.kinds import Json
from engine.language import Scheme
from engine.language.model import Expression
from engine.organisation import Organisation

Through = Callable[[int], Iterable[Scheme]]


@dataclass(frozen=True, slots=True)
class Received:
    """A dossier that came in: the answers of its last deposit, the facts and dates the rules may read, where it stands.

    `version` is the number of the version it follows (0: none, it was generated), `filed_under` that of its last deposit;
    `kept` what was decided of it then.
    """

    public_id: str
    answers: Mapping[str, Json]
    deposited_on: date
    state: str = ""
    version: int = 0
    filed_under: int = 0
    reference: str = ""
    facts: Mapping[str, Kept] = field(default_factory=dict)
    kept: Outcome | None = None


class Judge:
    """A version of a scheme, its rules made ready for columns when they are first wanted so. `now` is the instant at which everything is judged.

    `through` gives the versions whose migrations carry answers from the version they were filed under to this one, in
    order; `number` is what the rules know as `dossier.version`.
    """

    def __init__(
        self,
        scheme: Scheme,
        *,
        now: datetime,
        organisation: Organisation,
        through: Through | None = None,
        number: int | None = None,
    ) -> None:
        self.scheme, self.now, self.organisation, self.number = scheme, now, organisation, number
        self._through = through
        rules = scheme.eligibility.values()
        self._refusing = frozenset(rule.id for rule in rules if rule.severity == "refuse")

    @cached_property
    def _rules(self) -> Mapping[str, _Column]:
        return {rule.id: _Column(rule.require) for rule in self.scheme.eligibility.values()}

    @cached_property
    def _uncertain(self) -> frozenset[str]:
        return derived(self.scheme, self.scheme.facts.keys())

    @cached_property
    def _figures(self) -> Sequence[_Column]:
        award = self.scheme.award
        wanted = [] if award is None else [award.amount, award.at_least, award.at_most]
        return [_Column(one) for one in wanted if one is not None]

    def answers(self, received: Received) -> Mapping[str, Json]:
        """The answers as this version calls and completes them."""
        found = received.answers
        for scheme in self._through(received.filed_under) if self._through else ():
            found = carried(
                scheme,
                found,
                now=self.now,
                organisation=self.organisation,
                deposited_on=received.deposited_on,
            )
        return found

    def reading(self, received: Received) -> Reading:
        """One dossier read under this version, as of its deposit."""
        number = received.version if self.number is None else self.number
        return read_answers(
            self.scheme,
            self.answers(received),
            now=self.now,
            organisation=self.organisation,
            deposited_on=received.deposited_on,
            extra={"dossier": {"state": received.state, "version": number}},
            facts=known(self.scheme, received.facts),
        )

    def one(self, received: Received) -> tuple[Verdict, Computation]:
        """One dossier alone, explained: what the office reads, and what a re-examination applies."""
        reading = self.reading(received)
        verdict = judge(reading)
        return verdict, compute(reading, verdict)

    def many(self, received: Sequence[Received]) -> list[Outcome]:
        """All of them, in their order."""
        readings = [self.reading(one) for one in received]
        values = [one.values for one in readings]
        outcomes = {id: self._truths(id, rule, readings, values) for id, rule in self._rules.items()}
        by_row = [dict(zip(outcomes, row, strict=True)) for row in zip(*outcomes.values(), strict=True)] or [
            {} for _ in values
        ]
        eligible = [self._eligible(rules) for rules in by_row]
        known = [
            {**one, "eligible": let_in, "rules": rules}
            for one, let_in, rules in zip(values, eligible, by_row, strict=True)
        ]
        amounts = self._amounts(known, eligible)
        return [
            Outcome(let_in, rules, self._refusing, amount)
            for let_in, rules, amount in zip(eligible, by_row, amounts, strict=True)
        ]

    def _truths(
        self, id: str, rule: _Column, readings: Sequence[Reading], values: Sequence[Mapping[str, object]]
    ) -> list[bool | None]:
        if self._uncertain & rule.names:  # what rests on an unknown fact is told apart one by one
            return [outcome(self.scheme.eligibility[id], one) for one in readings]
        found = rule.values(values, self.now, self.organisation)
        return [one if isinstance(one, bool) else None for one in found]

    def _eligible(self, rules: Mapping[str, bool | None]) -> bool | None:
        outcomes = {rules[id] for id in self._refusing}
        return False if False in outcomes else None if None in outcomes else True

    def _amounts(
        self, known: Sequence[Mapping[str, object]], eligible: Sequence[bool | None]
    ) -> list[Decimal | None]:
        award = self.scheme.award
        if award is None:
            return [None] * len(known)
        columns = {
            id(one.expression): one.values(known, self.now, self.organisation) for one in self._figures
        }

        def amount(row: int) -> Decimal | None:
            if eligible[row] is False:
                return None
            return figure(award, lambda expression: columns[id(expression)][row])

        return [amount(row) for row in range(len(known))]


class _Column:
    """An expression, compiled for columns, with the names it reads."""

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
        self._rows: Rows = compile_rows(expression.compiled.tree)
        self.names = frozenset(path[0] for path in expression.names if path)
        self._names = sorted(self.names)

    def values(
        self, known: Sequence[Mapping[str, object]], now: datetime, organisation: Organisation
    ) -> Sequence[object]:
        """What it gives for each row."""
        if not self._names:  # it reads nothing of the dossiers: once is enough
            return [self.expression.value({}, now, organisation.zone)] * len(known)
        columns = {name: [one.get(name) for one in known] for name in self._names}
        return self._rows.run(columns, now=now, zone=organisation.zone).values
