"""Invented applicants: names drawn from common ones, addresses in real communes, every one marked as invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import cast

from authoring.samples import numbers

FIRST_NAMES = (
    "Amélie", "Antoine", "Aïcha", "Bastien", "Camille", "Claire", "Damien", "Élodie", "Fatou", "Florent", "Gaëlle",
    "Hugo", "Inès", "Jérôme", "Karim", "Laure", "Léa", "Loïc", "Manon", "Mehdi", "Nadège", "Noé", "Océane",
    "Pauline", "Quentin", "Rachid", "Sandrine", "Solène", "Thibault", "Valérie", "Yann", "Zoé",
)  # fmt: skip
LAST_NAMES = (
    "Blanc", "Bouvier", "Charvet", "Chatel-Guéry", "Coutaz", "Da Silva", "Delacroix", "Dupont", "Favre", "Fontaine", "Gaillard",
    "Gros", "Haddad", "Jacquier", "Lefèvre", "Martin", "Mermillod", "Moreau", "N'Diaye", "Nguyen", "Pernet",
    "Perrin", "Roux", "Rossi", "Sœur", "Tissot", "Traoré", "Vuillet",
)  # fmt: skip
# activity code (NAF rév. 2) → what the house may be called
TRADES = {
    "56.10A": ("Restaurant", "Auberge", "Table"),
    "56.30Z": ("Café", "Bar", "Buvette"),
    "96.02A": ("Coiffure", "Salon"),
    "96.02B": ("Institut", "Beauté"),
    "93.13Z": ("Salle de sport", "Club"),
    "47.71Z": ("Boutique", "Mode"),
    "47.61Z": ("Librairie",),
    "47.76Z": ("Fleurs", "Jardinerie"),
    "59.14Z": ("Cinéma",),
    "79.11Z": ("Voyages",),
    "90.01Z": ("Compagnie", "Théâtre"),
}
PLACES = (
    "du Lac",
    "des Aravis",
    "du Môle",
    "de la Gare",
    "du Vieux-Pont",
    "des Alpages",
    "du Salève",
    "de l'Arve",
)
STREETS = (
    "rue de la République",
    "avenue de Genève",
    "route des Crêts",
    "place du Marché",
    "chemin des Écoliers",
)
MARK = "(fictif)"


@dataclass(frozen=True, slots=True)
class Person:
    """One invented applicant: answers by field id, ready to be filed, and the e-mail address (a reserved domain)."""

    email: str
    answers: Mapping[str, object]


def invent(random: Random, communes: Sequence[tuple[str, str]], today: date) -> Person:
    """A person who meets every rule of the grant; `communes` holds (name, post code) pairs of the département."""
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    trade = random.choice(tuple(TRADES))
    number = random.randrange(10_000, 99_999)
    share = random.randrange(20, 100, 5)
    answers = {
        "person": {
            "first_name": first,
            "last_name": f"{last} {MARK}",
            "born": _date_in(random, 1955, 1998).isoformat(),
        },
        "phone": f"+3345{random.randrange(10_000_000):07}",
        "status": random.choice(("self_employed", "self_employed", "micro", "employee_manager")),
        "home": address(random, communes),
        "legal_form": "5499",
        "partners": [
            {"name": f"{first} {last}", "share": str(share)},
            {"name": f"{random.choice(LAST_NAMES)} {MARK}", "share": str(100 - share)},
        ],
        "household": random.choice((1, 1, 2, 2, 3, 4, 5)),
        "household_income": f"{random.randrange(6_000, 19_000)}.00",
        "siret": numbers.siret(random),
        "legal_name": f"{random.choice(TRADES[trade])} {random.choice(PLACES)} {MARK}",
        "address": address(random, communes),
        "naf": trade,
        "created": _date_in(random, 1998, 2019).isoformat(),
        "closed": True,
        "closed_on": (date(2020, 3, 15) + timedelta(days=random.randrange(0, 4))).isoformat(),
        "partial_unemployment": False,
        "iban": numbers.iban(random),
        "honour": True,
    }
    return Person(email=f"demandeur-{number}@fictif.example", answers=answers)


def company_of(person: Person) -> dict[str, object]:
    """What the open register says of an invented person's business: what they answer themselves."""
    answers = person.answers
    place = cast("Mapping[str, str]", answers["address"])
    found = {"name": answers["legal_name"], "naf": answers["naf"], "created": answers["created"]}
    return {**found, **{part: place[part] for part in ("street", "postcode", "commune")}}


def address(random: Random, communes: Sequence[tuple[str, str]]) -> dict[str, str]:
    """An invented street number in a real commune."""
    commune, postcode = random.choice(communes)
    return {
        "street": f"{random.randrange(1, 180)} {random.choice(STREETS)}",
        "extra": "",
        "postcode": postcode,
        "commune": commune,
    }


def _date_in(random: Random, first_year: int, last_year: int) -> date:
    start = date(first_year, 1, 1)
    return start + timedelta(days=random.randrange((date(last_year, 12, 31) - start).days))
