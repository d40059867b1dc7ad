"""The agents of a played season: what each does in a day, found in the lists like anybody, two on one dossier included."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from random import Random

from bench.browser import Browser
from bench.ledger import Ledger

ASKS = 0.12  # of the dossiers examined: something is missing
REFUSES = 0.12  # of those decided
EACH_DAY = 60  # dossiers an agent treats at most
REASON = "not_proven"


@dataclass
class Agent:
    """One agent, signed in."""

    browser: Browser
    ledger: Ledger
    random: Random
    slug: str

    def work(self) -> None:
        """A day's work."""
        try:
            self.day()
        finally:
            self.browser.close()

    def day(self) -> None:
        """What this agent does in a day."""
        raise NotImplementedError

    def listed(self, state: str) -> list[str]:
        """Up to a day's dossiers of a state, by public id: the first pages of the list, in any order."""
        found: list[str] = []
        url = f"/bureau/{self.slug}/?etat={state}"
        while url and len(found) < EACH_DAY:
            self.browser.get(url)
            text = html.unescape(self.browser.text)
            found += re.findall(rf'href="/bureau/{self.slug}/([A-Za-z0-9_-]{{20,}})\?', text)
            onward = re.search(r'href="([^"]*[?&]apres=[^"]*)"', text)
            url = onward.group(1) if onward else ""
        unique = list(dict.fromkeys(found))[:EACH_DAY]
        self.random.shuffle(unique)
        return unique

    def open(self, public_id: str, action: str = "") -> None:
        """Look at a dossier, the form of an action open."""
        self.browser.get(f"/bureau/{self.slug}/{public_id}" + (f"?action={action}" if action else ""))

    def can(self, public_id: str, action: str) -> bool:
        """Whether the page that is open offers an action."""
        return f"/{public_id}/actions/{action}" in self.browser.text

    def do(self, public_id: str, action: str, controls: dict[str, str] | None = None) -> bool:
        """Do an action on the open dossier; False when somebody was faster."""
        try:
            self.browser.post(controls or {}, action=f"/{public_id}/actions/{action}")
        except AssertionError:
            if self.browser.status != 409:
                raise
            self.ledger.tell(f"too late to {action}")
            return False
        self.ledger.note(public_id, action)
        return True


class Caseworker(Agent):
    """Takes what was filed, asks for what is missing, ticks the list."""

    def day(self) -> None:
        """Take, then examine what was taken and what came back."""
        for public_id in self.listed("submitted"):
            self.open(public_id)
            if self.can(public_id, "take") and self.do(public_id, "take"):
                self.examine(public_id)
        for public_id in self.listed("in_review"):
            if self.ledger.acts.get(public_id, {}).get("answer"):
                self.open(public_id)
                self.tick(public_id)

    def examine(self, public_id: str) -> None:
        """Ask once in a while, else tick."""
        if self.random.random() < ASKS:
            self.open(public_id, "ask")
            controls = {"fields_to_correct": "phone", "reason": "Ce numéro ne répond pas."}
            if self.can(public_id, "ask"):
                self.do(public_id, "ask", controls)
            return
        self.tick(public_id)

    def tick(self, public_id: str) -> None:
        """Tick every item of the list that isn't yet."""
        page = self.browser.text
        for form in re.findall(rf'action="[^"]*/{public_id}/liste/(\w+)".*?aria-pressed="false"', page, re.S):
            try:
                self.browser.post({"done": "1"}, action=f"/{public_id}/liste/{form}")
            except AssertionError:
                if self.browser.status != 409:
                    raise
                self.ledger.tell("too late to tick")
                return


class Head(Agent):
    """Decides."""

    def day(self) -> None:
        """Accept what is ready, refuse some."""
        for public_id in self.listed("in_review"):
            refuses = self.random.random() < REFUSES
            self.open(public_id, "refuse" if refuses else "accept")
            if refuses and self.can(public_id, "refuse"):
                self.do(public_id, "refuse", {"reason": REASON, "details": ""})
            elif (
                not refuses
                and f'action="/bureau/{self.slug}/{public_id}/actions/accept"' in self.browser.text
            ):
                self.do(public_id, "accept")


class Payer(Agent):
    """Pays what was accepted."""

    def day(self) -> None:
        """Record the payments."""
        for public_id in self.listed("accepted"):
            self.open(public_id)
            if f'action="/bureau/{self.slug}/{public_id}/actions/pay"' in self.browser.text:
                self.do(public_id, "pay")
