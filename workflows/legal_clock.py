"""The time after which silence speaks: it runs from the deposit, and stands still while documents are awaited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.language import Scheme
from engine.language.model import Span
from engine.organisation import Organisation
from workflows import calendar

Suspension = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class LegalClock:
    """The legal clock of one dossier, in local days.

    `started_on`: the day of the deposit. `suspended`: the days it was stopped and set going again, in order, not
    overlapping; the last may still be open (None). The day it stops counts as stopped, the day it goes on does not.
    `begins_when_complete`: silence grants the request, so that its time runs from the day the file is complete only.
    """

    started_on: date
    suspended: tuple[Suspension, ...] = ()
    begins_when_complete: bool = False

    @property
    def is_suspended(self) -> bool:
        """Whether it stands still now."""
        return bool(self.suspended) and self.suspended[-1][1] is None

    def suspend(self, day: date) -> LegalClock:
        """The clock stopped on this day; one that stands still already is unchanged."""
        return self if self.is_suspended else replace(self, suspended=(*self.suspended, (day, None)))

    def resume(self, day: date) -> LegalClock:
        """The clock set going again on this day; one that runs already is unchanged."""
        if not self.is_suspended:
            return self
        *before, (stopped_on, _) = self.suspended
        return replace(self, suspended=(*before, (stopped_on, day)))

    def ends_on(self, span: Span, holidays: str) -> date | None:
        """The last day of the span; silence speaks from the day after. None while the clock stands still.

        Each suspension that begins before the end moves the end by its days (working days for a span of those):
        CRPA L114-5, the time for a decision of rejection is suspended while the documents asked for are awaited.
        Where silence grants, the same article lets the time run only from the reception of those documents.
        A deposit of 15 May 2023 and 2 months end on 15 July; the rejection is there on the 16th.
        """
        end = calendar.add(span, self.started_on, holidays)
        for stopped_on, resumed_on in self.suspended:
            if stopped_on > end:
                break
            if resumed_on is None:
                return None
            if self.begins_when_complete:
                end = calendar.add(span, resumed_on, holidays)
            else:
                end = calendar.add(_length(stopped_on, resumed_on, span, holidays), end, holidays)
        return end


@dataclass(frozen=True, slots=True)
class Stay:
    """One move into a state: when, and which."""

    at: datetime
    state: str


def of_stays(
    scheme: Scheme, organisation: Organisation, filed_at: datetime, stays: Iterable[Stay]
) -> LegalClock:
    """The legal clock of a dossier: started by the filing, suspended in the states that say so.

    Local dates of the organisation; the last suspension is open while the dossier is still there.
    """
    suspended: list[tuple[date, date | None]] = []
    since: date | None = None
    for stay in stays:
        day = organisation.local_date(stay.at)
        known = scheme.workflow.states.get(stay.state)  # None: a state of an older version
        stands = known is not None and known.legal_clock == "suspended"
        if stands and since is None:
            since = day
        elif not stands and since is not None:
            suspended.append((since, day))
            since = None
    if since is not None:
        suspended.append((since, None))
    silence = scheme.legal.silence
    granting = silence is not None and silence.outcome == "acceptance"
    return LegalClock(organisation.local_date(filed_at), tuple(suspended), granting)


def silence_on(
    scheme: Scheme, organisation: Organisation, state: str, filed_at: datetime, stays: Iterable[Stay]
) -> date | None:
    """The last local day before silence speaks; None when the law says nothing, or while the clock stands still."""
    legal, here = scheme.legal.silence, scheme.workflow.states[state]
    if legal is None or here.kind == "end" or here.legal_clock == "suspended":
        return None
    clock = of_stays(scheme, organisation, filed_at, stays)
    return clock.ends_on(legal.after, scheme.calendar.holidays or organisation.holidays)


def _length(stopped_on: date, resumed_on: date, span: Span, holidays: str) -> Span:
    if span.unit == "working days":
        return Span(calendar.working_days(stopped_on, resumed_on, holidays), "working days")
    return Span((resumed_on - stopped_on).days, "days")
