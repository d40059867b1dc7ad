"""What everybody may know of the figures of a scheme, as tables in the words of a language."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.services.public_figures import FEWEST, PublicFigures
from renderers.catalogues import marked, say
from renderers.figure_tables import Course, Table, course, month, table
from renderers.words import counted, number

TOO_FEW = marked("fewer than %(count)s, or not told")
HEADS = {
    "month": marked("Month"),
    "filed": marked("Filed"),
    "state": marked("State"),
    "dossiers": marked("Dossiers"),
    "decision": marked("Decision"),
    "place": marked("Département"),
    "granted": marked("Amounts granted"),
    "value": marked("Value"),
    "amount": marked("Amount"),
    "step": marked("Step"),
    "paid": marked("Amounts paid"),
    "arrivals": marked("Applications filed"),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts a scheme opens, as tables; None for the others."""

    arrivals: Course | None
    stock: Table | None
    decided: Table | None
    money: Table | None
    places: Table | None
    charts: tuple[tuple[str, str, Table], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What may be known, said in `language`."""

    view: PublicFigures
    language: str

    def parts(self) -> Parts:
        """The tables to show."""
        view, opened = self.view, self.view.parts
        states = [(counted.state_words(view.scheme, id, self.language), count) for id, count in view.stock]
        decided = [(counted.outcome_words(outcome, self.language), count) for outcome, count in view.decided]
        return Parts(
            arrivals=self._arrivals() if view.arrivals else None,
            stock=self._table("state", "dossiers", states) if "stock" in opened else None,
            decided=self._table("decision", "dossiers", decided) if "decisions" in opened else None,
            money=self._money(),
            places=self._places() if view.places else None,
            charts=tuple(self._chart(place) for place in range(len(view.charts))),
        )

    def _word(self, name: str) -> str:
        return say(self.language, HEADS[name])

    def _too_few(self) -> str:
        return say(self.language, TOO_FEW, {"count": FEWEST})

    def _table(self, head: str, unit: str, rows: list[tuple[str, int | None]], currency: str = "") -> Table:
        return table(
            self._word(head),
            self._word(unit),
            rows,
            self.language,
            currency=currency,
            too_few=self._too_few(),
        )

    def _arrivals(self) -> Course:
        points = [(month(on, self.language), count) for on, count in self.view.arrivals]
        return course(
            self._word("arrivals"),
            self._word("month"),
            self._word("filed"),
            points,
            self.language,
            self._too_few(),
        )

    def _money(self) -> Table | None:
        view = self.view
        if view.granted is None or view.paid is None:
            return None
        rows = [(self._word("granted"), view.granted), (self._word("paid"), view.paid)]
        return table(self._word("step"), self._word("amount"), rows, self.language, currency=self._currency())

    def _places(self) -> Table:
        places, few = self.view.places, self._too_few()
        granted = [few if one.granted is None else number(one.granted, self.language) for one in places]
        rows = [(counted.territory_words(one.code, self.language), one.filed) for one in places]
        more = [(self._word("granted"), granted)]
        return table(self._word("place"), self._word("filed"), rows, self.language, too_few=few, more=more)

    def _chart(self, place: int) -> tuple[str, str, Table]:
        one = self.view.charts[place]
        scheme, granted = self.view.scheme, one.chart.measure == "granted"
        rows = [
            (counted.value_words(scheme, one.chart, value, self.language), figure)
            for value, figure in one.values
        ]
        made = table(
            self._word("value"),
            self._word("granted" if granted else "dossiers"),
            rows,
            self.language,
            currency=self._currency() if granted else "",
            too_few=self._too_few(),
        )
        return one.chart.id, one.chart.title.plain(self.language), made

    def _currency(self) -> str:
        award = self.view.scheme.award
        return award.currency if award else "EUR"
