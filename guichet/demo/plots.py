"""What became of each invented dossier: the steps of its life, each some hours or days after the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random


@dataclass(frozen=True, slots=True)
class Beat:
    """One step: `who` does `what` (an action, or "tick", "note", "message") `after` the step before."""

    who: str
    what: str
    after: timedelta
    comment: str = ""
    form: Mapping[str, list[str]] = field(default_factory=dict)


TAKE = ("instructor", "take")
TICK = ("supervisor", "tick")
ACCEPT = ("supervisor", "accept")
# outcome → (weight, steps after the filing). About half of the real campaign's dossiers were eligible in the end.
PLOTS: Mapping[str, tuple[int, tuple[tuple[str, str], ...]]] = {
    "waiting": (24, ()),
    "under review": (14, (TAKE,)),
    "almost ready": (8, (TAKE, TICK)),
    "asked for documents": (9, (TAKE, ("instructor", "ask"))),
    "corrected": (5, (TAKE, ("instructor", "ask"), ("applicant", "answer"))),
    "accepted": (12, (TAKE, TICK, ACCEPT)),
    "paid": (18, (TAKE, TICK, ACCEPT, ("accountant", "pay"))),
    "suspended": (3, (TAKE, TICK, ACCEPT, ("accountant", "suspend"))),
    "resumed": (1, (TAKE, TICK, ACCEPT, ("accountant", "suspend"), ("accountant", "resume"))),
    "refused": (12, (TAKE, ("supervisor", "refuse"))),
    "reconsidered": (1, (TAKE, ("supervisor", "refuse"), ("supervisor", "reconsider"))),
    "withdrawn": (3, (("applicant", "withdraw"),)),
    "talkative": (4, (TAKE, ("instructor", "note"), ("instructor", "message"))),
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "ask": (
        "Le relevé d'identité bancaire n'est pas lisible : merci d'en envoyer une photo nette.",
        "L'avis d'imposition est incomplet : il manque la deuxième page.",
        "Le relevé d'identité bancaire est au nom de la société : il doit être à votre nom.",
    ),
    "suspend": ("Pièce justificative de la dépense à compléter par l'ordonnateur.",),
    "resume": ("Pièce reçue et conforme.",),
    "reconsider": ("Recours gracieux : l'arrêté de fermeture a été produit.",),
    "note": ("Appel de la personne : elle joindra l'avis d'imposition demain.", "Extrait Sirene vérifié."),
    "message": (
        "Bonjour, votre demande est en cours d'examen. Aucune démarche n'est attendue de votre part.",
    ),
}
COMMENTED = ("suspend", "resume", "reconsider", "note", "message")


def draw(random: Random, refusal_reasons: tuple[str, ...]) -> tuple[Beat, ...]:
    """One life, drawn by the weights."""
    names = tuple(PLOTS)
    outcome = random.choices(names, weights=[PLOTS[name][0] for name in names])[0]
    return tuple(_beat(random, who, what, refusal_reasons) for who, what in PLOTS[outcome][1])


def _beat(random: Random, who: str, what: str, refusal_reasons: tuple[str, ...]) -> Beat:
    said = random.choice(WORDS[what]) if what in WORDS else ""
    form: dict[str, list[str]] = {}
    if what == "ask":
        form = {"fields_to_correct": [random.choice(("bank_proof", "tax_notice"))], "reason": [said]}
    if what == "refuse":
        form = {"reason": [random.choice(refusal_reasons)]}
    comment = said if what in COMMENTED else ""
    return Beat(who, what, timedelta(hours=random.randrange(3, 72)), comment, form)
