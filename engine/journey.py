"""The way through the form: which page comes next, which may be visited, and where an early refusal ends it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from engine.asked import AskedPage, Reading
from engine.asked.derived import derived
from engine.eligibility import RuleResult, is_settled, judge_rule
from engine.language.model import Field, Page, Rule
from engine.validation import validate_pages

Status = Literal["done", "todo", "later"]


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """One page on the way.

    "done": saved and right; "todo": the one to fill in now, or one that was saved and isn't right any more;
    "later": not come to yet, or behind an early refusal.
    """

    asked: AskedPage
    status: Status

    @property
    def id(self) -> str:
        """What the page is called in addresses."""
        return self.asked.id

    @property
    def page(self) -> Page:
        """The page as the scheme declares it."""
        return self.asked.page

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields asked on it."""
        return self.asked.fields


@dataclass(frozen=True, slots=True)
class Journey:
    """The pages asked now, in order.

    `first_incomplete`: where a link to a later page leads; None when nothing is left to fill in.
    `stopped`: the rule with `stop: early` that is known to fail, `stopped_after` the page where that became known.
    `complete`: everything is done and nothing stops: the application may be checked and filed.
    """

    steps: tuple[JourneyStep, ...]
    first_incomplete: str | None
    stopped: RuleResult | None
    stopped_after: str | None
    complete: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """The pages asked now."""
        return tuple(step.id for step in self.steps)

    def may_visit(self, page_id: str) -> bool:
        """Whether a page is asked, every page before it is done, and no early refusal stands before it."""
        if page_id not in self.ids:
            return False
        end = self.stopped_after or self.first_incomplete
        return end is None or self.ids.index(page_id) <= self.ids.index(end)

    def after(self, page_id: str) -> str | None:
        """The next page asked; None after the last one, and for a page that isn't asked."""
        return self._beside(page_id, +1)

    def before(self, page_id: str) -> str | None:
        """The page asked just before; None for the first one."""
        return self._beside(page_id, -1)

    def _beside(self, page_id: str, step: int) -> str | None:
        if page_id not in self.ids:
            return None
        place = self.ids.index(page_id) + step
        return self.ids[place] if 0 <= place < len(self.ids) else None


def walk(reading: Reading, seen: Collection[str]) -> Journey:
    """The journey of a draft; `seen` holds the ids of the pages saved at least once.

    A page is done when it was saved and what is asked on it now is right: a field newly asked makes it "todo".
    """
    pages = reading.steps
    wrong = validate_pages(reading, [asked for asked in pages if asked.id in seen])
    done = {id for id, problems in wrong.items() if not problems}
    ids = [asked.id for asked in pages]
    first = next((id for id in ids if id not in done), None)
    stopped, after = _stop(reading, ids[: ids.index(first)] if first else ids)
    end = ids.index(after) if after else len(ids)
    steps = tuple(
        JourneyStep(asked, _status(asked.id, place > end, done, seen, first))
        for place, asked in enumerate(pages)
    )
    return Journey(
        steps, None if stopped else first, stopped, after, bool(ids) and first is None and stopped is None
    )


def _status(id: str, beyond: bool, done: Collection[str], seen: Collection[str], first: str | None) -> Status:
    if beyond:
        return "later"
    if id in done:
        return "done"
    return "todo" if id == first or id in seen else "later"


def _stop(reading: Reading, done: list[str]) -> tuple[RuleResult | None, str | None]:
    """The first early refusal among the pages done in a row, and the page where it became known."""
    found: list[tuple[int, Rule]] = []
    for rule in reading.scheme.eligibility.values():
        place = _known_at(rule, reading, done) if rule.stop == "early" and rule.severity == "refuse" else None
        if place is not None:
            found.append((place, rule))
    if not found:
        return None, None
    place, rule = min(found, key=lambda pair: pair[0])
    return judge_rule(rule, reading), done[place]


def _known_at(rule: Rule, reading: Reading, done: list[str]) -> int | None:
    """At which of the pages done the rule was known to fail; None when it doesn't, or isn't known to yet."""
    if rule.require.value(reading.values, reading.now, reading.zone) is not False:
        return None
    clause = rule.require.explain(reading.values, reading.now, reading.zone)
    pages = {field.id: asked.id for asked in reading.steps for field in asked.fields}  # of rows: the last one
    for place in range(len(done)):
        reached = frozenset(done[: place + 1])
        later = {id for id, page in pages.items() if page not in reached}
        still_open = derived(reading.scheme, later | reading.unknown_facts)
        if is_settled(clause, still_open.__contains__):
            return place
    return None
