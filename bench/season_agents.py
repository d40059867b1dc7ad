"""The agents of a played season: what each does in a day, found in the lists like anybody, two on one dossier included."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bench.browser import Browser
from bench.ledger import Ledger

ASKS = 0.12  # of the dossiers examined: something is missing
REFUSES = 0.12  # of those decided
EACH_DAY = 60  # dossiers an agent acts on at most
REASON = "not_proven"


@dataclass
class Agent:
    """One agent, signed in. `in_vain`: the dossiers that were opened for nothing, with how much had happened to them:
    nobody opens them again before something else has."""

    browser: Browser
    ledger: Ledger
    random: Random
    slug: str
    in_vain: dict[str, int] = field(default_factory=dict)
    treated: int = 0

    def work(self) -> None:
        """A day's work."""
        self.treated = 0
        try:
            self.day()
        finally:
            self.browser.close()

    def day(self) -> None:
        """What this agent does in a day."""
        raise NotImplementedError

    def waiting(self, state: str, *done: str) -> Iterator[str]:
        """The dossiers of a state as long as there is time, page by page of the list, in any order within a page. Those on
        which one of the acts `done` was seen to be done meanwhile are left aside."""
        url = f"/bureau/{self.slug}/?etat={state}"
        while url and self.treated < EACH_DAY:
            found, url = self._listed(url)
            for public_id in found:
                so_far = self.ledger.so_far(public_id)
                if self.treated < EACH_DAY and self.in_vain.get(public_id) != so_far and not self.ledger.done(public_id, *done):  # fmt: skip
                    yield public_id

    def _listed(self, url: str) -> tuple[list[str], str]:
        """The dossiers on a page of the list, shuffled, and the address of the next one."""
        self.browser.get(url)
        text = html.unescape(self.browser.text)
        found = re.findall(rf'href="/bureau/{self.slug}/([A-Za-z0-9_-]{{20,}})\?', text)
        onward = re.search(r'href="([^"]*[?&]apres=[^"]*)"', text)
        unique = list(dict.fromkeys(found))
        self.random.shuffle(unique)
        return unique, onward.group(1) if onward else ""

    def open(self, public_id: str, action: str = "") -> None:
        """Look at a dossier, the form of an action open."""
        self.browser.get(f"/bureau/{self.slug}/{public_id}" + (f"?action={action}" if action else ""))

    def can(self, public_id: str, action: str) -> bool:
        """Whether the page that is open has the form of an action; if not, it was opened in vain."""
        if f'action="/bureau/{self.slug}/{public_id}/actions/{action}"' in self.browser.text:
            return True
        self.in_vain[public_id] = self.ledger.so_far(public_id)
        return False

    def do(self, public_id: str, action: str, controls: dict[str, str] | None = None) -> bool:
        """Do an action on the open dossier; False when somebody was faster. Its page is looked at again only when it has
        just been taken."""
        try:
            self.browser.post(controls or {}, action=f"/{public_id}/actions/{action}", stay=action != "take")
        except AssertionError:
            if self.browser.status != 409:
                raise
            self.ledger.tell(f"too late to {action}")
            return False
        self.ledger.note(public_id, action)
        self.treated += 1
        return True


@dataclass
class Caseworker(Agent):
    """Takes what was filed, asks for what is missing, ticks the list. `mine`: taken, and not ticked through yet."""

    mine: list[str] = field(default_factory=list)

    def day(self) -> None:
        """Finish what came back, then take and examine."""
        self.mine = [public_id for public_id in self.mine if not self._finished(public_id)]
        for public_id in self.waiting("submitted", "take", "withdraw"):
            self.open(public_id)
            if self.can(public_id, "take") and self.do(public_id, "take") and not self.examine(public_id):
                self.mine.append(public_id)

    def _finished(self, public_id: str) -> bool:
        """Whether nothing is left to do here: ticked through, or ended."""
        if self.ledger.done(public_id, "ask") > self.ledger.done(public_id, "answer"):
            return False
        self.open(public_id)
        return self.tick(public_id)

    def examine(self, public_id: str) -> bool:
        """Ask once in a while, else tick; whether the list is ticked through."""
        if self.random.random() >= ASKS:
            return self.tick(public_id)
        self.open(public_id, "ask")
        if self.can(public_id, "ask"):
            self.do(public_id, "ask", {"fields_to_correct": "phone", "reason": "Ce numéro ne répond pas."})
        return False

    def tick(self, public_id: str) -> bool:
        """Tick every item of the list that isn't yet; False when the dossier has changed meanwhile."""
        page = self.browser.text
        for item in re.findall(rf'action="[^"]*/{public_id}/liste/(\w+)".*?aria-pressed="false"', page, re.S):
            try:
                self.browser.post({"done": "1"}, action=f"/{public_id}/liste/{item}", stay=True)
            except AssertionError:
                if self.browser.status != 409:
                    raise
                self.ledger.tell("too late to tick")
                return False
            self.ledger.note(public_id, "tick")
        return True


class Head(Agent):
    """Decides."""

    def day(self) -> None:
        """Accept what is ready, refuse some."""
        for public_id in self.waiting("in_review", "accept", "refuse", "withdraw"):
            action = "refuse" if self.random.random() < REFUSES else "accept"
            self.open(public_id, action)
            if self.can(public_id, action):
                self.do(public_id, action, {"reason": REASON, "details": ""} if action == "refuse" else None)


class Payer(Agent):
    """Pays what was accepted."""

    def day(self) -> None:
        """Record the payments."""
        for public_id in self.waiting("accepted", "pay"):
            self.open(public_id, "pay")
            if self.can(public_id, "pay"):
                self.do(public_id, "pay")
