"""Beside the emergency grant, a small invented one that pays by batches out of an envelope: one batch paid, with a payment that
came back, one that waits to be validated, money that is due, a payment suspended and somebody on the waiting list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial

from authoring.samples import numbers
from dossiers.access import Viewer
from dossiers.services import payment_accounts, payment_batches
from dossiers.worker import Worker
from guichet.demo.people import MARK, Person
from guichet.demo.plots import Beat
from guichet.demo.story import Life, Story

SCHEME = "insulation-grant"
Beats = tuple[tuple[str, str], ...]
Told = tuple[int, int, str, str, int, Beats]
TAKEN: Beats = (("instructor", "take"),)
ACCEPTED: Beats = (*TAKEN, ("supervisor", "accept"))
SUSPENDED: Beats = (*ACCEPTED, ("accountant", "suspend"))
DOUBT = "La facture et le devis ne concordent pas : à éclaircir par l'ordonnateur."
CLOSED_ACCOUNT = "AC04"  # what a bank says of an account that is closed
# day of arrival in 2020, name, price of the works, what became of it; the envelope of 20 000 € lasts up to the last but two
FIRST: tuple[Told, ...] = (
    (4, 27, "Léa", "Charvet", 4_000, ACCEPTED),
    (4, 28, "Karim", "Haddad", 7_500, ACCEPTED),
    (4, 30, "Solène", "Favre", 3_000, ACCEPTED),
    (5, 4, "Hugo", "Moreau", 5_000, ACCEPTED),
)
SECOND: tuple[Told, ...] = (
    (5, 26, "Inès", "Rossi", 6_200, ACCEPTED),
    (5, 27, "Yann", "Perrin", 4_000, ACCEPTED),
    (5, 28, "Fatou", "Traoré", 2_500, ACCEPTED),
)
LAST: tuple[Told, ...] = (
    (6, 2, "Loïc", "Tissot", 3_600, SUSPENDED),
    (6, 4, "Manon", "Gros", 3_000, ACCEPTED),
    (6, 5, "Noé", "Vuillet", 8_000, ACCEPTED),  # more than is left: on the waiting list
    (6, 8, "Zoé", "Blanc", 2_800, TAKEN),
    (6, 9, "Rachid", "Pernet", 5_400, ()),
)


@dataclass(frozen=True, slots=True)
class Payers:
    """Who prepares the batches, and who validates them: never the same person."""

    first: Viewer
    second: Viewer


def play(story: Story, payers: Payers) -> None:
    """Tell the story of the small grant up to the day of the demonstration, by the services its accountants use."""
    paid = _lives(story, FIRST)
    act = story.desk.act
    story.clock.now = _at(date(2020, 5, 18), 9)
    batch = act(payment_batches.prepare, payers.first, SCHEME)
    act(partial(payment_batches.validate, pay_on=date(2020, 5, 20)), payers.second, SCHEME, batch)
    story.clock.now = _at(date(2020, 5, 20), 14)
    act(payment_batches.mark_paid, payers.first, SCHEME, batch)
    Worker(story.desk.office, kinds=["pay_batch"]).run_all()
    story.clock.now = _at(date(2020, 5, 25), 10)
    _send_back(story, payers.first, paid[-1].public_id)
    _lives(story, SECOND)
    story.clock.now = _at(date(2020, 6, 3), 11)
    act(payment_batches.prepare, payers.second, SCHEME)
    _lives(story, LAST)


def _lives(story: Story, told: tuple[Told, ...]) -> list[Life]:
    """Play some of them; the lives, in their order."""
    lives = [
        (_at(date(2020, month, day), 8), _life(story, first, last, price, beats))
        for month, day, first, last, price, beats in told
    ]
    for _ in story.play(lives):
        pass
    return [life for _, life in lives]


def _life(story: Story, first: str, last: str, price: int, beats: Beats) -> Life:
    answers: Mapping[str, object] = {
        "person": {"first_name": first, "last_name": f"{last} {MARK}"},
        "price": f"{price}.00",
        "iban": numbers.iban(story.random),
    }
    email = f"demandeur-{story.random.randrange(10_000, 99_999)}@fictif.example"
    steps = [Beat(who, what, timedelta(hours=30), DOUBT if what == "suspend" else "") for who, what in beats]
    return Life(Person(email=email, answers=answers), steps, filed=True)


def _send_back(story: Story, payer: Viewer, public_id: str) -> None:
    """The bank sends a payment back, and the accountant notes it."""
    seen = story.desk.read(payment_accounts.of_dossier, payer, public_id)
    note = partial(payment_accounts.reject, revision=seen.revision)
    story.desk.act(note, payer, public_id, seen.payments[0].id, CLOSED_ACCOUNT)


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour - 2, tzinfo=UTC)
