"""The projects of an association: each has a budget of its own, and each budget must balance."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from authoring.walkthrough.given import stored_answers
from engine.asked import Reading, read_answers
from engine.kinds.kind import items, members
from engine.language import Scheme, load_scheme
from engine.organisation import Organisation
from engine.validation import validate_all
from renderers.words import problem_sentence

GRANT = Path(__file__).parents[2] / "examples" / "association-grant"
BALANCED = "two projects, each with a balanced budget, are granted what is asked of the town"
NBSP, NNBSP = "\u00a0", "\u202f"
TOWN = Organisation("Commune (fictive)", ZoneInfo("Europe/Paris"))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme(GRANT)


def with_second(scheme: Scheme, **other: Any) -> Reading:
    """The answers of the scheme's own test, the second project with other ones."""
    answers, _ = stored_answers(scheme.fields, scheme.tests[BALANCED].answers)
    first, second = items(answers["projects"])
    changed = {**answers, "projects": [first, {**members(second), **other}]}
    return read_answers(scheme, changed, now=NOON, organisation=TOWN)


def told(reading: Reading) -> list[tuple[str, str]]:
    repeat = reading.scheme.fields["projects"]
    return [
        (".".join(map(str, one.path)), problem_sentence(one, repeat, "fr", labelled=False))
        for one in validate_all(reading)
    ]


def test_each_project_knows_its_totals_and_the_share_asked_of_it(scheme):
    first, second = with_second(scheme).values["projects"]
    assert (first["project_total_charges"], second["project_total_charges"]) == (6000, 2000)
    assert first["project_indirect_charges"] == Decimal("499.50")
    assert (first["project_grants"], first["project_share"], second["project_share"]) == (5000, 50, 50)
    assert told(with_second(scheme)) == []


@pytest.mark.parametrize(
    ("other", "path", "sentence"),
    [
        (
            {"charges": [{"account": "rents", "amount": "2100.00"}]},
            "projects.1.income",
            "Le total des charges (2 100 €) doit être égal au total des produits (2 000 €).",
        ),
        (
            {"income": [{"account": "towns", "amount": "999.00"}, {"account": "dues", "amount": "1001.00"}]},
            "projects.1.income",
            "Le compte 74 doit reprendre au moins les 1 000 € demandés à la commune.",
        ),
        (
            {
                "has_in_kind": True,
                "in_kind_used": [{"kind_used": "relief", "value_used": "10.00"}],
                "in_kind_given": [{"kind_given": "volunteering", "value_given": "9.00"}],
            },
            "projects.1.in_kind_given",
            "Les emplois (86 : 10 €) et les contributions volontaires (87 : 9 €) doivent être égaux.",
        ),
        (
            {"has_in_kind": True, "in_kind_used": [{"kind_used": "relief", "value_used": "10.00"}]},
            "projects.1.in_kind_given",
            "Ajoutez au moins une ligne.",
        ),
        (
            {"project_name": "fête de la musique"},
            "projects",
            "Modifiez ou supprimez la ligne 2 (fête de la musique) : elle dit la même chose que la ligne 1 (Fête de la musique).",
        ),
        (
            {"project_asked": "900.00"},
            "",
            "Les subventions demandées pour vos projets font 3 900 € ; vous demandez 4 000 € à la commune.",
        ),
    ],
)
def test_budget_that_does_not_balance_is_told_at_its_own_project(scheme, other, path, sentence):
    [(at, said)] = told(with_second(scheme, **other))
    assert (at, said.replace(NNBSP, " ").replace(NBSP, " ")) == (path, sentence)
