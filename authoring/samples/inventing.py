"""Inventing whole applications: answers are drawn, what doesn't pass is drawn again, and each is steered to a side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from authoring.samples.draw import Draw
from authoring.samples.hints import Known, fields_read, hints
from authoring.samples.kinds import answer
from engine.asked import AskedPage, Reading, read_answers
from engine.kinds import Json
from engine.language import Scheme
from engine.language.model import Rule
from engine.organisation import Organisation
from engine.validation import validate_all, validate_pages

PASSES, BEGINNINGS, NUDGES = 12, 20, 10
ANSWERED = 0.6  # how often what is optional is answered
LET_IN, KEPT_OUT = (
    0.5,
    0.9,
)  # so many are steered to pass every rule, so many more to fail one; the rest go anywhere
DAYS = 30  # of deposits, when the scheme doesn't say from when to when it is open

Wanted = Mapping[str, bool]


class NoSample(Exception):
    """No answers were found that pass the validation; `fields` are those that stood in the way."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Sample:
    """The answers of one invented application, and the local day it is filed."""

    answers: Mapping[str, Json]
    filed_on: date


def invent(
    scheme: Scheme, count: int, *, random: Random, now: datetime, organisation: Organisation
) -> Iterator[Sample]:
    """So many applications, in the order of their deposit. Raises NoSample when the scheme lets none through."""
    days = sorted(_day(scheme, random, organisation.local_date(now)) for _ in range(count))
    for day in days:
        yield Sample(_Inventing(scheme, random, day, organisation).answers(), day)


def _day(scheme: Scheme, random: Random, today: date) -> date:
    last = scheme.calendar.closes or today
    first = scheme.calendar.opens or last - timedelta(days=DAYS)
    return first + timedelta(days=random.randrange(max((last - first).days, 0) + 1))


class _Inventing:
    """One application being invented."""

    def __init__(self, scheme: Scheme, random: Random, day: date, organisation: Organisation) -> None:
        self.scheme, self.random, self.organisation, self.day = scheme, random, organisation, day
        self.now = datetime.combine(day, time(12), organisation.zone).astimezone(UTC)
        self.known: Known = hints(scheme)
        self.wrong: tuple[str, ...] = ()

    def answers(self) -> Mapping[str, Json]:
        """Answers that pass, on the side chance has chosen where that can be had."""
        for _ in range(BEGINNINGS):
            if (plain := self._completed({})) is not None:
                steered = self._steered(plain)
                # only what was drawn again was looked at on the way: a check of another page may not like it
                return (plain if self._wrong(steered) else steered).kept()
        raise NoSample(self.wrong)

    def _read(self, answers: Mapping[str, Json]) -> Reading:
        return read_answers(
            self.scheme, answers, now=self.now, organisation=self.organisation, deposited_on=self.day
        )

    def _completed(self, answers: Mapping[str, Json]) -> Reading | None:
        """Every question asked is answered, those that answers bring with them too, and drawn again while it is wrong.

        None when chance didn't find an answer that passes. Pages where nothing is drawn are taken as right.
        """
        found, left_blank, touched = dict(answers), set[str](), set[str]()
        reading = self._read(found)
        for _ in range(PASSES):
            blank = [
                field
                for page in reading.pages
                for field in page.fields
                if field.id not in found and field.id not in left_blank
            ]
            if not blank:
                self.wrong = self._wrong(reading, touched)
                if not self.wrong:
                    return reading
                blank = [self.scheme.fields[id] for id in self.wrong]
            for field in blank:
                touched.add(field.page)
                if field.optional and self.random.random() > ANSWERED:
                    found.pop(field.id, None)
                    left_blank.add(field.id)
                else:
                    found[field.id] = answer(field, Draw(self.random, self.known, reading))
            reading = self._read(found)
        return None

    def _wrong(self, reading: Reading, pages: Collection[str] | None = None) -> tuple[str, ...]:
        """The fields that are wrong, on these pages or on all."""
        problems = (
            validate_all(reading)
            if pages is None
            else (one for told in validate_pages(reading, _touched(reading, pages)).values() for one in told)
        )
        found = (str(problem.path[0]) for problem in problems if problem.path)
        return tuple(sorted({id for id in found if id in self.scheme.fields}))

    def _steered(self, reading: Reading) -> Reading:
        """Draw again what the rules on the wrong side have read, as long as it brings the whole nearer."""
        wanted = self._wanted()
        off = self._off(reading, wanted)
        for _ in range(NUDGES):
            if not off:
                break
            other = self._redrawn(reading, self.scheme.eligibility[self.random.choice(off)])
            if other is not None and len(left := self._off(other, wanted)) <= len(off):
                reading, off = other, left
        return reading

    def _wanted(self) -> Wanted:
        rules, side = tuple(self.scheme.eligibility), self.random.random()
        if side < LET_IN:
            return dict.fromkeys(rules, True)
        if side < KEPT_OUT and rules:
            return {**dict.fromkeys(rules, True), self.random.choice(rules): False}
        return {}

    def _off(self, reading: Reading, wanted: Wanted) -> list[str]:
        rules = self.scheme.eligibility
        return [
            id
            for id, side in wanted.items()
            if rules[id].require.value(reading.values, reading.now, reading.zone) is not side
        ]

    def _redrawn(self, reading: Reading, rule: Rule) -> Reading | None:
        """The same application with other answers to what a rule reads; None when it can't pass so."""
        again = fields_read(self.scheme, rule.require) & reading.asked
        return self._completed({id: given for id, given in reading.answers.items() if id not in again})


def _touched(reading: Reading, pages: Collection[str]) -> Iterator[AskedPage]:
    """These pages, with those asked for each row of what stands on them."""
    return (one for one in reading.steps if any(field.page in pages for field in one.fields))
