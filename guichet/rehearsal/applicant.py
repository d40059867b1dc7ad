"""One played applicant: the scheme's page, every page of the form as it is shown, the check, the receipt."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from authoring.samples import Sample
from engine.language import Scheme
from guichet.rehearsal import filling
from guichet.rehearsal.browser import Browser, Page, Unexpected
from guichet.rehearsal.habits import Habits
from guichet.rehearsal.mailbox import Mailbox
from renderers.links import Links

LINKS = Links()
MOST_STEPS = 100  # a form that comes back for ever must end too
CONTINUE, LATER = ("_then", "continue"), ("_then", "later")


class End(StrEnum):
    """How a visit ended."""

    FILED = "filed"
    REFUSED = "refused early"
    LEFT = "left half way"
    PROBLEM = "problem"


@dataclass
class Visit:
    """What became of one applicant; `said`: the problem met, when there was one."""

    end: End = End.LEFT
    said: str = ""
    corrected: bool = False
    came_back: bool = False
    timings: list[tuple[str, float]] = field(default_factory=list)


@dataclass
class Applicant:
    """Somebody who applies: `visiting` opens a browser of theirs, `mailbox` holds the mails they are sent."""

    scheme: Scheme
    sample: Sample
    email: str
    habits: Habits
    random: Random
    visiting: Callable[[], Browser]
    mailbox: Mailbox
    visit: Visit = field(default_factory=Visit)
    _sent: set[str] = field(default_factory=set)
    _browsers: list[Browser] = field(default_factory=list)

    def apply(self) -> Visit:
        """Go through the forms; a site that can't be used is a problem met, not an error. Raises NotARehearsal."""
        try:
            self.visit.end = self._go_through(self._browser())
        except (Unexpected, OSError, http.client.HTTPException) as error:
            self.visit.end, self.visit.said = End.PROBLEM, str(error) or type(error).__name__
        finally:
            for browser in self._browsers:
                self.visit.timings += browser.timings
                browser.close()
        return self.visit

    def _browser(self) -> Browser:
        self._browsers.append(self.visiting())
        return self._browsers[-1]

    def _go_through(self, browser: Browser) -> End:
        page = self._begin(browser)
        filled: list[str] = []
        for _ in range(MOST_STEPS):
            place = page.path.rsplit("/", 1)[1]
            if place == "recu":
                return End.FILED
            if place == "non-eligible":
                return End.REFUSED
            if place == "verifier":
                form = page.form("/verifier")
                if form is None:  # the check says why, and has no button
                    return End.REFUSED
                page = _accepted(browser.submit(page, form, {}))
            elif place.partition("-")[0] in self.scheme.form:
                if self.habits.leaves_after == len(filled):
                    return End.LEFT
                if self.habits.comes_back_after == len(filled) and not self.visit.came_back:
                    browser, page = self._come_back(browser, page)
                    continue
                filled += [] if place in filled else [place]
                page = self._fill(browser, page, place)
            else:
                raise Unexpected(f"the form led to {page.path}, which is no page of it")
        raise Unexpected(f"no receipt after {MOST_STEPS} pages; the last was {page.path}")

    def _begin(self, browser: Browser) -> Page:
        page = browser.get(LINKS.scheme(self.scheme.id))
        form = page.form("/commencer")
        if form is None:
            raise Unexpected("the scheme takes no applications on this day of the rehearsal")
        page = _accepted(browser.submit(page, form, {"email": [self.email]}))
        return browser.get(page.links(r"^/demandes/[^/]+/[a-z]")[0])

    def _come_back(self, browser: Browser, page: Page) -> tuple[Browser, Page]:
        """Keep the page for later, and open the link that is mailed in another browser, as on another device."""
        browser.submit(page, page.form(page.path), {}, press=LATER)
        self.visit.came_back = True
        link = self.mailbox.link_for(self.email)
        if link is None:
            raise Unexpected("no link to come back was mailed")
        other = self._browser()
        opened = other.get(link)
        other.submit(opened, opened.form(link), {})
        return other, other.get(
            f"{page.path.rsplit('/', 1)[0]}/verifier"
        )  # leads to the first page left to fill in

    def _fill(self, browser: Browser, page: Page, place: str) -> Page:
        form = filling.page_at(self.scheme, place)
        page = filling.with_rows(browser, page, form, self.sample, filling.row_at(place))
        answers = filling.answers_on(page, form, self.sample)
        if self.habits.slips and not self.visit.corrected:
            slip = filling.slip(self.random, form, answers)
            if slip is not None:
                page = browser.submit(page, page.form(page.path), slip, press=CONTINUE)
                if page.status != 422:
                    return page
                self.visit.corrected = True
        files = filling.files_on(page, form, self.sample, self._sent)
        return _accepted(browser.submit(page, page.form(page.path), answers, press=CONTINUE, files=files))


def _accepted(page: Page) -> Page:
    if page.status == 422:
        raise Unexpected(f"{page.title()}: {'; '.join(page.problems()) or 'refused without a word'}")
    return page
