"""Every way an act is refused is said in each language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.language.expressions import Text
from engine.problems import AnswerProblem
from renderers import words

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2020, 5, 12, 12, 5, tzinfo=UTC)
SAMPLES = {
    "who": "Mme Fictive",
    "kind": "staff",
    "action": "accept",
    "at": AT,
    "open": "closed",
    "opens": None,
    "closes": date(2020, 6, 20),
    "text": Text({"fr": ("Déjà demandé.",), "en": ("Already asked.",)}),
    "problem": AnswerProblem(("proof",), "file_empty", {"name": "a.pdf"}),
    "problems": (1, 2),
    "outcomes": (1,),
    "rules": (),
    "phrases": {"fr": ("Il manque le revenu.",), "en": ("The income is missing.",)},
    "max": 10,
    "min": 12,
    "number": 3,
    "retry_at": AT,
}


@dataclass
class Refused:
    code: str
    params: dict[str, object] = field(default_factory=dict)


def codes() -> dict[str, tuple[str, ...]]:
    from dossiers.services.refusals import CODES

    return dict(CODES)


def test_every_code_has_a_sentence_in_each_language():
    for code, names in codes().items():
        refused = Refused(code, {name: SAMPLES.get(name, name) for name in names})
        french = words.refusal_sentence(refused, None, "fr", zone=PARIS)
        english = words.refusal_sentence(refused, None, "en", zone=PARIS)
        assert french.endswith("."), code
        assert "%(" not in french + english, code
        assert french != english, code


def test_every_refusal_of_the_workflow_has_a_sentence():
    given = {
        "action": "accept",
        "did": "take",
        "by": ("supervisor",),
        "items": ("a",),
        "fields": ("proof",),
        "rules": (),
        "phrases": {},
    }
    for code in (
        "unknown_action",
        "not_from_here",
        "not_yours",
        "not_in_their_place",
        "same_person",
        "guard",
        "checklist",
        "documents_missing",
    ):
        assert words.refusal_sentence(Refused(code, given), None, "fr").endswith(".")
    assert words.refusal_sentence(Refused("same_person", given), None, "fr") == (
        "C’est à quelqu’un d’autre de le faire\u00a0: vous avez déjà fait «\u00a0take\u00a0» sur ce dossier."
    )


def test_lost_race_tells_who_did_what_and_when():
    params = {"who": "Mme Fictive", "kind": "staff", "action": "accept", "at": AT}
    said = words.refusal_sentence(Refused("changed", params), None, "fr", zone=PARIS)
    assert said.replace("\u00a0", " ") == (
        "Mme Fictive a fait « accept » le 12 mai 2020 à 14 h 05, après l’ouverture de cette page : "
        "voyez où en est le dossier, puis décidez."
    )


def test_guard_is_told_in_the_scheme_s_own_words():
    phrases = {"fr": ("Les pièces manquent.",), "en": ("Documents are missing.",)}
    said = words.refusal_sentence(Refused("guard", {"phrases": phrases, "clause": None}), None, "fr")
    assert said == "Pas encore\u00a0: les pièces manquent."


@pytest.mark.parametrize(
    ("params", "french"),
    [
        (
            {"open": "closed", "opens": None, "closes": date(2020, 6, 1)},
            "Les demandes ont été closes le 1er juin 2020.",
        ),
        (
            {"open": "not_yet", "opens": date(2020, 6, 1), "closes": None},
            "Les demandes ouvrent le 1er juin 2020.",
        ),
        (
            {"open": "closed", "opens": None, "closes": None},
            "Ce dispositif ne reçoit pas de demandes en ce moment.",
        ),
    ],
)
def test_closed_scheme_says_since_when(params, french):
    assert words.refusal_sentence(Refused("not_open", params), None, "fr") == french


def test_what_may_be_paid_back_is_said_as_an_amount():
    refusal = Refused("more_than_claimed", {"claimed": Decimal("1499.98")})
    told = words.refusal_sentence(refusal, None, "fr").replace("\u202f", " ").replace("\u00a0", " ")
    assert told == "Ce n'est pas ce qui est à rembourser : plus de 0, et 1 499,98 € au plus."
