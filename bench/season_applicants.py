"""Who applies in a played season: most file, some are refused early, correct when asked, or withdraw."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from random import Random

from bench.applicant import MOST_PAGES, NOTHING
from bench.browser import Browser
from bench.forms import Form, Person, Sent
from bench.ledger import Ledger

EARLY = 0.07  # get partial unemployment or weren't closed: told at once
ABANDONS = 0.01  # a day, of those who wait
ANSWERS = 0.25  # a day, of those asked for something; the others let the time run out
PATIENT = 0.7  # of those asked, who will answer at all


@dataclass
class Applicant:
    """One person with a browser of their own."""

    browser: Browser
    ledger: Ledger
    random: Random
    form: Form
    public_id: str = ""
    is_awaited: bool = False
    is_patient: bool = True

    def apply(self) -> None:
        """Apply to the end, or to the page that says it is no use."""
        self.is_patient = self.random.random() < PATIENT
        person = self.form.applicant(self.random.randrange(1_000_000))
        browser = self.browser
        browser.get(f"/aides/{self.form.slug}")
        browser.post({"email": f"demandeur-{secrets.token_hex(6)}@fictif.example"}, action="/commencer")
        self.public_id = browser.url.split("/")[2]
        self.ledger.note(self.public_id, "begin")
        browser.get(browser.links(rf"/demandes/{self.public_id}/(?!verifier|recu)\w+")[0])
        self._fill(person, early=self.random.random() < EARLY)
        browser.close()

    def _fill(self, person: Person, *, early: bool) -> None:
        for _ in range(MOST_PAGES):
            page = self.browser.url.split("?")[0].rsplit("/", 1)[1]
            if page == "recu":
                self.ledger.note(self.public_id, "submit")
                self.is_awaited = True
                return
            sent = person.pages.get(page, NOTHING)
            if early and page == "closure":
                sent = Sent({**sent.controls, "partial_unemployment": "yes"})
            if f'action="/demandes/{self.public_id}/{page}"' not in self.browser.text:
                self.ledger.tell("refused early")
                return
            self.browser.post(dict(sent.controls), files=sent.files, action=f"/{page}")
        raise AssertionError(f"no receipt after {MOST_PAGES} pages; the last was {self.browser.url}")

    def look(self) -> None:
        """Once a day, as long as something may come: answer what is asked, or give up."""
        draw = self.random.random()
        if draw < ABANDONS:
            self._withdraw()
        elif self.is_patient and self.public_id in self._asked() and draw < ABANDONS + ANSWERS:
            self._answer()
        self.browser.close()

    def _asked(self) -> set[str]:
        return {
            one for one in (self.public_id,) if self.ledger.acts[one]["ask"] > self.ledger.acts[one]["answer"]
        }

    def _answer(self) -> None:
        browser = self.browser
        browser.get(f"/suivi/{self.public_id}")
        if f'href="/demandes/{self.public_id}/"' not in browser.text:  # expired meanwhile
            self._end()
            return
        browser.get(f"/demandes/{self.public_id}/you")
        for _ in range(MOST_PAGES):
            page = browser.url.split("?")[0].rsplit("/", 1)[1]
            if page == "recu":
                self.ledger.note(self.public_id, "answer")
                return
            browser.post(
                {"phone": f"04 5{self.random.randrange(10_000_000):07}"} if page == "you" else {},
                action=f"/{page}",
            )
        raise AssertionError(f"the corrections never left; the last page was {browser.url}")

    def _withdraw(self) -> None:
        browser = self.browser
        browser.get(f"/suivi/{self.public_id}")
        if f"/suivi/{self.public_id}/actions/withdraw" not in browser.text:
            self._end()
            return
        browser.get(f"/suivi/{self.public_id}/actions/withdraw")
        browser.post({}, action="/actions/withdraw")
        self.ledger.note(self.public_id, "withdraw")
        self._end()

    def _end(self) -> None:
        self.is_awaited = False
