"""Play invented lives through the real services, in the order of their dates: every state, mail and euro is a real act's."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from dossiers import access
from dossiers.access import Viewer
from dossiers.services import applications, casework, looking_up, submission, tracking
from dossiers.services.desk import Desk
from dossiers.services.uploads import Upload
from engine.kinds import kind_of
from engine.language import Scheme
from guichet.demo import papers
from guichet.demo.hours import at_work, awake
from guichet.demo.people import Person, company_of, invent
from guichet.demo.plots import Beat, draw
from guichet.rehearsal.filling import page_at
from guichet.stubs import Company

OPENING = datetime(2020, 5, 5, 7, 0, tzinfo=UTC)
RUSH_DAYS = 6  # a good third came in the first six days, as in the real campaign
MOST_PAGES = 30  # an answer may ask one more page
DRAFTS = 0.07  # the share that was begun and not filed


@dataclass
class StoryClock:
    """The business clock of the office while the story is told."""

    now: datetime = OPENING

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Life:
    """One dossier on its way: its person, its session, the steps to come."""

    person: Person
    beats: list[Beat]
    filed: bool
    public_id: str = ""
    applicant: Viewer | None = None
    pages: list[str] = field(default_factory=list)


@dataclass
class Story:
    """The teller: `staff` holds one viewer for each role; `companies` fills with what sources say of the businesses."""

    desk: Desk
    clock: StoryClock
    scheme: Scheme
    staff: Mapping[str, Viewer]
    applicant_of: Callable[[str, str], Viewer]
    random: Random
    until: datetime
    companies: dict[str, Company] = field(default_factory=dict)

    def tell(self, count: int) -> Iterator[int]:
        """Play `count` lives in the order of time; yields the number of lives begun."""
        yield from self.play((self._arrival(), self._life()) for _ in range(count))

    def play(self, lives: Iterable[tuple[datetime, Life]]) -> Iterator[int]:
        """Play these lives from their arrivals on, in the order of time; yields the number of lives begun."""
        moments = [(arrival, order, life) for order, (arrival, life) in enumerate(lives)]
        heapq.heapify(moments)
        begun = 0
        while moments:
            self.clock.now, order, life = heapq.heappop(moments)
            begun += not life.public_id
            self._go_on(life)
            if life.beats and (then := self._next(life.beats[0])) < self.until:
                heapq.heappush(moments, (then, order, life))
            yield begun
        self.clock.now = self.until

    def _next(self, beat: Beat) -> datetime:
        """When a step is taken: some time after the one before, by day."""
        then = self.clock.now + beat.after
        return awake(then) if beat.who == "applicant" else at_work(then)

    def _arrival(self) -> datetime:
        days = RUSH_DAYS if self.random.random() < 0.4 else max((self.until - OPENING).days - 2, 1)
        return OPENING + timedelta(days=self.random.randrange(days), minutes=self.random.randrange(14 * 60))

    def _life(self) -> Life:
        person = invent(self.random, self._communes(), self.clock.now.date())
        filed = self.random.random() >= DRAFTS
        self.companies[str(person.answers["siret"])] = company_of(person)
        return Life(person, list(draw(self.random, self._reasons())) if filed else [], filed)

    def _communes(self) -> tuple[tuple[str, str], ...]:
        """The communes of the scheme's own list, with a post code."""
        rows = self.scheme.lists["communes"].rows.values()
        return tuple(
            (row["label"], row["postcodes"].split()[0]) for row in rows if row["postcodes"].startswith("74")
        )

    def _reasons(self) -> tuple[str, ...]:
        return tuple(self.scheme.lists["refusal_reasons"].rows)

    def _go_on(self, life: Life) -> None:
        if not life.public_id:
            self._begin(life)
            return
        beat = life.beats.pop(0)
        if beat.who == "applicant":
            self._applicant_does(life, beat)
        else:
            self._staff_does(life, beat)

    def _begin(self, life: Life) -> None:
        started = self.desk.act(
            applications.start, access.anonymous("fr"), self.scheme.id, email=life.person.email, language="fr"
        )
        life.public_id, life.applicant = (
            started.public_id,
            self.applicant_of(life.person.email, started.public_id),
        )
        view = self.desk.read(applications.form, life.applicant, life.public_id)
        last = MOST_PAGES if life.filed else self.random.randrange(1, 4)
        for _ in range(last):
            view = self.desk.read(applications.form, life.applicant, life.public_id)
            if view.journey.first_incomplete is None:
                break
            self._answer_page(life, view.journey.first_incomplete)
        if life.filed:
            self.desk.act(submission.submit, life.applicant, life.public_id)

    def _answer_page(self, life: Life, page_id: str) -> None:
        fields = page_at(self.scheme, page_id).fields.values()
        form: dict[str, list[str]] = {}
        files: dict[str, list[Upload]] = {}
        for one in fields:
            if one.kind == "file":
                files[one.id] = [Upload(f"{one.id}.pdf", papers.page(f"{one.id} {life.person.email}"))]
            elif one.id in life.person.answers:
                controls = kind_of(one).raw(one, life.person.answers[one.id])
                form |= {one.id + suffix: list(typed) for suffix, typed in controls.items()}
        saved = self._do(
            applications.save_page, life.applicant, life.public_id, page_id, form=form, files=files
        )
        if saved.wanted:
            self._do(looking_up.look_up, life.applicant, life.public_id, saved.wanted)

    def _applicant_does(self, life: Life, beat: Beat) -> None:
        if beat.what == "answer":
            view = self.desk.read(applications.form, life.applicant, life.public_id)
            for page_id in dict.fromkeys(self.scheme.page_of(one).id for one in view.reopened or ()):
                self._answer_page(life, page_id)
            self._do(submission.submit, life.applicant, life.public_id)
        else:
            self._do(tracking.act, life.applicant, life.public_id, beat.what)

    def _staff_does(self, life: Life, beat: Beat) -> None:
        viewer = self.staff[beat.who]
        if beat.what == "tick":
            for item in self.desk.act(casework.dossier, viewer, life.public_id).checklist:
                self._do(casework.check, viewer, life.public_id, item.id, done=True)
        elif beat.what in ("note", "message"):
            self._do(getattr(casework, beat.what), viewer, life.public_id, body=beat.comment)
        else:
            self._do(
                casework.fire, viewer, life.public_id, beat.what, comment=beat.comment, form=dict(beat.form)
            )

    def _do(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Act, and stop at once when the story asks for what the scheme doesn't allow: the demonstration must not lie."""
        result = self.desk.act(service, *args, **kwargs)
        problems = getattr(result, "problems", ())
        if problems:
            raise AssertionError(f"the story was refused: {problems}")
        return result


def today_of(story_date: date) -> datetime:
    """Noon of a local day in France, as an instant."""
    return datetime(story_date.year, story_date.month, story_date.day, 10, 0, tzinfo=UTC)
