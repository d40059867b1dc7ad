"""What time will bring to a dossier that has just arrived in a state: deadlines, reminders, warnings, silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from engine.kinds import Json
from engine.kinds.date import date_value
from engine.language import Scheme
from engine.language.model import Deadline, Span, Workflow
from engine.organisation import Organisation
from workflows import calendar
from workflows.legal_clock import LegalClock
from workflows.parts import entered, outermost, remains_in

Kind = Literal["do", "remind", "warn", "due", "silence", "close"]
OF_A_DEADLINE: tuple[Kind, ...] = ("do", "remind", "warn")
LASTING = frozenset({"silence", "warn"})  # they follow the legal clock, not the state: said once for one day


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that time will bring.

    `name` is the id of the deadline, of the state for the kind "due" (the stage should be over by then), or of the vote
    that will "close".
    `local_date`: for do, due and silence the last day, and `at` (UTC) is its end, 24:00 in the organisation's zone;
    for remind and warn the day they are sent, and `at` is its beginning.
    The same name, kind and local date is the same thing: it isn't brought twice when a dossier comes back to a state.
    """

    name: str
    kind: Kind
    local_date: date
    at: datetime


def chosen_days(scheme: Scheme, state: str, form: Mapping[str, Json]) -> dict[str, date]:
    """The last days that who acts gave in the action's form (`or_on`), by deadline of the state it leads to."""
    here = (one for one in scheme.workflow.deadlines.values() if state in one.in_ and one.or_on)
    given = {one.id: date_value(form.get(one.or_on)) for one in here}
    return {id: day for id, day in given.items() if day is not None}


def on_arrival(
    scheme: Scheme,
    state: str,
    entered_at: datetime,
    organisation: Organisation,
    clock: LegalClock,
    chosen: Mapping[str, date] | None = None,
    *,
    came_from: str | None = None,
    outer_since: datetime | None = None,
) -> tuple[Due, ...]:
    """All that a dossier which enters `state` at this instant (aware UTC) must wait for, earliest first.

    A span counts from the local day of arrival; a legal one from the deposit, by `clock`. Nothing legal is due while
    the clock stands still. A reminder that would not come after the day of arrival is left out. `chosen`: see
    `chosen_days`.
    A dossier that `came_from` inside the same state with parts waits for nothing anew of what goes on there (`going_on`);
    `outer_since`: when it came to that state, where it isn't now.
    """
    arrival = _Arrival(scheme, state, entered_at, organisation, clock, chosen or {})
    outer, found = outermost(scheme.workflow, state), list[Due]()
    for here in entered(scheme.workflow, came_from, state):
        at = replace(arrival, entered_at=outer_since) if here == outer and outer_since else arrival
        found += [*at.stage(here), *at.closings(here)]
    goes_on = going_on(scheme.workflow, came_from, state)
    for deadline in scheme.workflow.deadlines.values():
        if state in deadline.in_ and ("do", deadline.id) not in goes_on:
            at = (
                replace(arrival, entered_at=outer_since) if outer in deadline.in_ and outer_since else arrival
            )
            found += at.bring(deadline)
    return tuple(sorted(found, key=lambda due: (due.at, due.name, due.kind)))


def going_on(workflow: Workflow, source: str | None, target: str) -> frozenset[tuple[Kind, str]]:
    """What a dossier that moves inside a state with parts goes on waiting for, by kind and name: what that state began. What
    follows the legal clock is reckoned anew, since a part may stop it."""
    outer = remains_in(workflow, source, target)
    if outer is None:
        return frozenset()
    whole = (one.id for one in workflow.deadlines.values() if outer in one.in_ and not one.legal)
    found: set[tuple[Kind, str]] = {(kind, id) for id in whole for kind in OF_A_DEADLINE}
    found |= {("close", vote.id) for vote in workflow.votes.values() if vote.in_ == outer}
    return frozenset({*found, ("due", outer)})


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A dossier arriving in a state."""

    scheme: Scheme
    state: str
    entered_at: datetime
    organisation: Organisation
    clock: LegalClock
    chosen: Mapping[str, date] = field(default_factory=dict)

    @property
    def holidays(self) -> str:
        return self.scheme.calendar.holidays or self.organisation.holidays

    @property
    def day(self) -> date:
        return self.organisation.local_date(self.entered_at)

    def stage(self, state: str) -> Iterator[Due]:
        """The end of the time the office gives itself for a state."""
        span = self.scheme.workflow.states[state].due
        if span is not None:
            yield self._last(state, "due", span, self._end(span))

    def closings(self, state: str) -> Iterator[Due]:
        """The end of the votes of a state."""
        for vote in self.scheme.workflow.votes.values():
            if vote.in_ == state and (span := vote.counting.closes) is not None:
                yield self._last(vote.id, "close", span, self._end(span))

    def bring(self, deadline: Deadline) -> Iterator[Due]:
        """What one deadline brings."""
        chosen = self.chosen.get(deadline.id)
        span = Span(0, "days") if chosen else deadline.after
        end = chosen or (self._legal_end(span) if deadline.legal else self._end(span))
        if end is None:
            return
        last = self._last(deadline.id, "silence" if deadline.do is None else "do", span, end)
        if deadline.do is not None or deadline.legal:
            yield last
        for span in deadline.remind:
            if (reminder := self._before(span, last, "remind")).local_date > self.day:
                yield reminder
        if deadline.warn:
            yield self._before(deadline.before or Span(0, "days"), last, "warn")

    def _end(self, span: Span) -> date:
        if span.unit == "hours":
            return self.organisation.local_date(self.entered_at + timedelta(hours=span.count))
        return calendar.add(span, self.day, self.holidays)

    def _legal_end(self, span: Span) -> date | None:
        if self.clock.is_suspended or self.scheme.workflow.states[self.state].legal_clock == "suspended":
            return None
        return self.clock.ends_on(span, self.holidays)

    def _last(self, name: str, kind: Kind, span: Span, day: date) -> Due:
        at = self.organisation.end_of(day)
        if span.unit == "hours":
            at = self.entered_at.astimezone(UTC) + timedelta(hours=span.count)
        return Due(name, kind, day, at)

    def _before(self, span: Span, last: Due, kind: Kind) -> Due:
        """What is sent a span before the last day: as that day begins, or to the minute for a span of hours."""
        if span.unit == "hours":
            at = last.at - timedelta(hours=span.count)
            return Due(last.name, kind, self.organisation.local_date(at), at)
        day = calendar.subtract(span, last.local_date, self.holidays)
        return Due(last.name, kind, day, self.organisation.start_of(day))
