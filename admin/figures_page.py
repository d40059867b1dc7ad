"""What the page of figures shows, part by part: tables with their bars, in the viewer's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dossiers.services.figure_views import AGES, ChartView, FiguresView
from renderers.catalogues import marked, say
from renderers.figure_tables import Course, Table, course, month, said, table
from renderers.words import counted, day, has_cents, number
from workflows.parts import with_parts

Told = Callable[..., str]
UP_TO, MORE_THAN = marked("%(count)s days or less"), marked("more than %(count)s days")
TO = marked("%(first)s to %(last)s days")
HEADS = {
    "day": marked("Day"),
    "month": marked("Month"),
    "state": marked("State"),
    "age": marked("How long"),
    "decision": marked("Decision"),
    "reason": marked("Reason"),
    "place": marked("Département"),
    "agent": marked("Agent"),
    "motive": marked("Motive"),
    "amount": marked("Amount"),
    "step": marked("Step"),
    "batch": marked("Batches"),
    "value": marked("Value"),
}
DOSSIERS, FILED, GRANTED, DECIDED, CALLS, NUMBER = (
    marked("Dossiers"),
    marked("Filed"),
    marked("Granted"),
    marked("Decided"),
    marked("Calls"),
    marked("Number"),
)
ARRIVALS = marked("Applications filed")
NOBODY = marked("nobody yet")
AMOUNTS = {
    "requested": marked("Amounts asked for"),
    "granted": marked("Amounts granted"),
    "paid": marked("Amounts paid"),
}
DUE, OWED = marked("Due, not paid yet"), marked("To be claimed back")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the page; None for those there is nothing to say of, or that the viewer doesn't see."""

    arrivals: Course | None = None
    stock: Table | None = None
    ages: Table | None = None
    decided: Table | None = None
    reasons: Table | None = None
    money: Table | None = None
    to_pay: Table | None = None
    batches: Table | None = None
    places: Table | None = None
    agents: Table | None = None
    calls: Table | None = None
    charts: tuple[tuple[ChartView, Table], ...] = ()


def parts(view: FiguresView, language: str, motive: Callable[[str], str]) -> Parts:
    """Every part of the page, for who sees them."""
    money, to_pay, batches = _money(view, language)
    if not view.everything:
        return Parts(money=money, to_pay=to_pay, batches=batches)
    words = _Words(view, language)
    calls = [(motive(code), count) for code, count in view.calls]
    return Parts(
        arrivals=arrivals(view, language),
        stock=words.table("state", DOSSIERS, words.stock()),
        ages=words.table("age", DOSSIERS, words.ages()),
        decided=words.table(
            "decision",
            DECIDED,
            [(counted.outcome_words(one, language), count) for one, count in view.decided],
        ),
        reasons=words.table(
            "reason",
            DECIDED,
            [(counted.reason_words(view.scheme, key, language), n) for key, n in view.reasons],
        ),
        places=places(view, language) if view.territories else None,
        agents=words.agents(),
        calls=words.table("motive", CALLS, calls),
        charts=tuple((one, chart_table(one, view, language)) for one in view.charts),
        money=money,
        to_pay=to_pay,
        batches=batches,
    )


def arrivals(view: FiguresView, language: str) -> Course:
    """What was filed, by day or by month."""
    head = say(language, HEADS["month" if view.monthly else "day"])
    points = [
        (month(on, language) if view.monthly else day(on, language), count) for on, count in view.arrivals
    ]
    return course(say(language, ARRIVALS), head, say(language, FILED), points, language)


def places(view: FiguresView, language: str) -> Table:
    """What each département filed and was granted."""
    cents = has_cents(one.amount for one in view.territories)
    more = [
        (say(language, GRANTED), [number(one.granted, language) for one in view.territories]),
        (
            say(language, HEADS["amount"]),
            [said(one.amount, language, currency(view), cents=cents) for one in view.territories],
        ),
    ]
    rows = [(counted.territory_words(one.code, language), one.filed) for one in view.territories]
    return table(
        say(language, HEADS["place"]),
        say(language, FILED),
        rows,
        language,
        more=more if view.money else more[:1],
    )


def chart_table(one: ChartView, view: FiguresView, language: str) -> Table:
    """A declared picture: dossiers by value, or the money granted to them."""
    money = one.chart.measure == "granted"
    rows: list[tuple[str, int | Decimal | None]] = [
        (counted.value_words(view.scheme, one.chart, value, language), cents if money else count)
        for value, count, cents in one.values
    ]
    unit = say(language, HEADS["amount"] if money else DOSSIERS)
    return table(
        say(language, HEADS["value"]), unit, rows, language, currency=currency(view) if money else ""
    )


def currency(view: FiguresView) -> str:
    """The currency of the scheme's amounts."""
    return view.scheme.award.currency if view.scheme.award else "EUR"


@dataclass(frozen=True, slots=True)
class _Words:
    view: FiguresView
    language: str

    def table(self, head: str, unit: str, rows: list[tuple[str, int]]) -> Table:
        return table(say(self.language, HEADS[head]), say(self.language, unit), rows, self.language)

    def stock(self) -> list[tuple[str, int]]:
        """The dossiers by state: a state with parts, then each of them."""
        found = with_parts(self.view.scheme.workflow, {one.state: one.count for one in self.view.stock})
        return [
            (counted.state_words(self.view.scheme, id, self.language), count)
            for id, count in found.items()
            if count
        ]

    def ages(self) -> list[tuple[str, int]]:
        """What goes on by how long it has stood in its state."""
        totals = [sum(ages) for ages in zip(*(one.ages for one in self.view.stock if one.ages), strict=True)]
        bounds = [say(self.language, UP_TO, {"count": AGES[0]})]
        bounds += [
            say(self.language, TO, {"first": first + 1, "last": last}) for first, last in pairwise(AGES)
        ]
        bounds.append(say(self.language, MORE_THAN, {"count": AGES[-1]}))
        return list(zip(bounds, totals, strict=False))

    def agents(self) -> Table:
        rows = [(one.name or say(self.language, NOBODY), one.held) for one in self.view.agents]
        more = [
            (say(self.language, DECIDED), [number(one.decided, self.language) for one in self.view.agents])
        ]
        head, unit = say(self.language, HEADS["agent"]), say(self.language, marked("Held now"))
        return table(head, unit, rows, self.language, more=more)


def _money(view: FiguresView, language: str) -> tuple[Table | None, Table | None, Table | None]:
    """Amounts of the period, what is to be paid or claimed back, the batches."""
    found, of = view.money, currency(view)
    if found is None:
        return None, None, None
    step, amount = say(language, HEADS["step"]), say(language, HEADS["amount"])
    amounts = {"requested": found.requested, "granted": found.granted, "paid": found.paid}
    rows = [
        (say(language, AMOUNTS[kind]), value)
        for kind, value in amounts.items()
        if value or kind != "requested"
    ]
    now = ((DUE, found.due), (OWED, found.owed))
    counts = [(say(language, DOSSIERS), [number(count, language) for _, (count, _) in now])]
    to_pay = [(say(language, words), value) for words, (_, value) in now]
    batches = [(counted.batch_words(state, language), count) for state, count in found.batches]
    return (
        table(step, amount, rows, language, currency=of),
        table(step, amount, to_pay, language, currency=of, more=counts),
        table(say(language, HEADS["batch"]), say(language, NUMBER), batches, language) if batches else None,
    )
