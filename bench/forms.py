"""What the measured applicants answer: form controls by page, made before the clock runs. Everybody is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from authoring.samples import numbers
from guichet.demo.people import FIRST_NAMES, LAST_NAMES, MARK

SMALL = "income-support-small"
GRANT = "haute-savoie-emergency-grant"
GRANT_DAY = date(2020, 6, 10)  # the grant's calendar is open then
ONCE = ("business", "siret")
PEOPLE = 64  # different people; clients take them in turn


@dataclass(frozen=True, slots=True)
class Sent:
    """What is typed on one page: control → value, and file controls → (name, bytes)."""

    controls: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """One applicant: pages by id. The e-mail address is made anew for each application."""

    name: str
    pages: Mapping[str, Sent]


@dataclass(frozen=True, slots=True)
class Form:
    """A published scheme and its people. `day`: the local day its site lives on, None for today; `once`: the page and
    control of a SIRET that is accepted only once."""

    slug: str
    path: Path
    people: tuple[Person, ...]
    day: date | None = None
    once: tuple[str, str] | None = None

    def applicant(self, number: int) -> Person:
        """The person of a turn, with a SIRET of their own where the scheme takes each only once."""
        person = self.people[number % len(self.people)]
        if self.once is None:
            return person
        page, control = self.once
        sent = person.pages[page]
        fresh = Sent({**sent.controls, control: numbers.siret(Random())}, sent.files)
        return replace(person, pages={**person.pages, page: fresh})


def small() -> Form:
    """Two steps, the tenant question asked of everybody (income below 2 000 €)."""
    random = Random(1)
    people = tuple(_tenant(random) for _ in range(PEOPLE))
    return Form(SMALL, Path(__file__).parent.parent / "examples" / SMALL, people)


def grant(people: int = PEOPLE) -> Form:
    """The Haute-Savoie grant: six pages, two documents; and so many different people."""
    from engine.language import load_scheme
    from guichet.shipped import shipped_scheme

    path = shipped_scheme(GRANT)
    scheme, random = load_scheme(path), Random(2)
    return Form(GRANT, path, tuple(_shopkeeper(scheme, random) for _ in range(people)), GRANT_DAY, ONCE)


def _tenant(random: Random) -> Person:
    name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)} {MARK}"
    means = {"income": str(random.randrange(600, 1999)), "tenant": random.choice(("yes", "no"))}
    return Person(name, {"you": Sent({"name": name}), "means": Sent(means)})


def _shopkeeper(scheme: Any, random: Random) -> Person:
    from guichet.demo.people import invent

    person = invent(random, (("Annecy", "74000"), ("Cluses", "74300")), GRANT_DAY)
    answers = dict(person.answers) | {"status": "self_employed"}
    pages = {id: _page(page.fields.values(), answers) for id, page in scheme.form.items()}
    return Person(str(answers["legal_name"]), pages)


def _page(fields: Any, answers: Mapping[str, object]) -> Sent:
    from engine.kinds import kind_of
    from guichet.demo import papers

    controls: dict[str, str] = {}
    for one in fields:
        if one.id in answers:
            typed = kind_of(one).raw(one, answers[one.id])
            controls |= {one.id + suffix: values[0] for suffix, values in typed.items() if values}
    files = {one.id: (f"{one.id}.pdf", papers.page(one.id)) for one in fields if one.kind == "file"}
    return Sent(controls, files)


def offset_of(form: Form) -> Any:
    """How far the site's clock is moved so that the form is open."""
    if form.day is None:
        return None
    return datetime(form.day.year, form.day.month, form.day.day, 10, tzinfo=UTC) - datetime.now(UTC)
