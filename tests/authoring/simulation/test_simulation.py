"""A changed scheme replayed: each dossier before and after, the rules by which it flips, the cost, to the cent."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from authoring.samples import invent
from authoring.simulation import (
    Judge,
    Outcome,
    Received,
    Replayed,
    Simulation,
    Tally,
    UnknownDimension,
    dimension,
    replay,
)
from engine.language import Bundle, Scheme, load_scheme
from engine.organisation import Organisation

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 10, 1, 10, tzinfo=UTC)
OFFICE = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
GRANT = """
scheme: kept-warm
languages: [fr]
title: Aide au chauffage
summary: Une aide inventée pour les essais.
roles: {clerk: {label: Mairie, may: [search, view]}}
privacy: {keep: 2 years after end, drafts: 90 days}
parameters: {most_income: {type: money, values: [{from: 2026-01-01, is: 1000}]}}
form:
  you:
    title: Vous
    fields:
      name: {type: text, label: Nom}
      home: {type: address, label: Adresse}
      heating: {type: choice, label: Chauffage, options: {gas: Gaz, wood: Bois}}
      income: {type: money, min: 0, label: Revenu}
      parts: {type: integer, min: 1, max: 9, optional: true, label: Parts}
      iban: {type: iban, sensitive: true, label: IBAN}
eligibility:
  modest: {require: income <= most_income, otherwise: Trop}
  not_wood: {require: heating != "wood", otherwise: Bois}
award: {currency: EUR, amount: income / 3, at_most: 100}
workflow:
  public: {received: {label: Reçue, states: [submitted, refused]}}
  states:
    draft: {label: Brouillon, kind: start}
    submitted: {label: Déposée}
    refused: {label: Refusée, decision: refused, kind: end}
  actions:
    submit: {label: Déposer, from: draft, to: submitted, by: applicant}
    refuse: {label: Refuser, from: submitted, to: refused, by: clerk}
"""


def scheme(*replaced: tuple[str, str]) -> Scheme:
    yaml = GRANT
    for old, new in replaced:
        assert old in yaml, old
        yaml = yaml.replace(old, new)
    return load_scheme(Bundle({"scheme.yaml": yaml}))


def judged_by(found: Scheme, **more: object) -> Judge:
    return Judge(found, now=NOW, organisation=OFFICE, **more)  # type: ignore[arg-type]


def received(
    name: str, income: str, heating: str = "gas", postcode: str = "74000", **more: object
) -> Received:
    home = {"street": "1 rue fictive", "postcode": postcode, "commune": "Annecy"}
    answers = {"name": name, "income": income, "heating": heating, "home": home}
    return Received(name, answers, date(2026, 2, 1), state="refused", version=1, **more)  # type: ignore[arg-type]


def simulated(dossiers: list[Received], before: Scheme, after: Scheme, by: str | None = None) -> Simulation:
    judge = judged_by(after)
    tally = Tally(dimension(judge, by) if by else None)
    for one in replay(dossiers, judge, judged_by(before)):
        tally.add(one)
    return tally.simulation()


DOSSIERS = [
    received("ada", "900.00"),
    received("bea", "1100.00", postcode="01200"),
    received("cid", "1100.00", "wood", postcode="97411"),
    received("dan", "150.00", "wood"),
    received("eve", "30.00"),
]
WIDER = scheme(("is: 1000", "is: 1200"))


def test_widened_ceiling_lets_in_who_was_over_it_and_says_by_which_rule():
    found = {one.received.public_id: one for one in replay(DOSSIERS, judged_by(WIDER), judged_by(scheme()))}
    assert [name for name, one in found.items() if one.kind == "newly_eligible"] == ["bea"]
    bea = found["bea"]
    assert (bea.before.eligible, bea.before.because, bea.before.amount) == (False, ("modest",), None)
    assert (bea.after.eligible, bea.after.because, bea.after.amount) == (True, (), Decimal("100.00"))
    assert bea.flipping == ("modest",)
    assert found["cid"].after.because == ("not_wood",) and found["cid"].kind == "unaffected"


def test_cost_is_added_up_to_the_cent_and_only_for_who_is_let_in():
    whole = simulated(DOSSIERS, scheme(), WIDER).whole
    assert (whole.cost_before, whole.cost_after, whole.difference) == (110, 210, 100)
    third = simulated([received("fay", "100.00")] * 3, scheme(), scheme(("income / 3", "income / 7"))).whole
    assert third.counts["changed_amount"] == third.total == 3
    assert third.difference == Decimal("42.87") - Decimal("99.99")


def test_stricter_rule_keeps_out_and_a_question_newly_asked_leaves_open():
    rule = "  not_wood:"
    stricter = simulated(DOSSIERS, scheme(), scheme(("is: 1000", "is: 100")))
    assert stricter.whole.counts["newly_ineligible"] == 1
    assert stricter.by_rule["modest"].keeps_out == 1
    asked = scheme((rule, f"  few: {{require: parts <= 3, otherwise: Trop}}\n{rule}"))
    opened = simulated(DOSSIERS, scheme(), asked)
    assert opened.whole.counts["newly_unknown"] == 2  # refused ones stay refused whatever the answer
    assert (opened.by_rule["few"].leaves_open, opened.by_rule["few"].raised) == (2, 5)
    assert (opened.whole.cost_before, opened.whole.cost_after) == (110, 0)


def test_removed_rule_lets_in_under_its_own_name():
    rule = '  not_wood: {require: heating != "wood", otherwise: Bois}\n'
    found = simulated(DOSSIERS, scheme(), scheme((rule, "")))
    assert found.whole.counts["newly_eligible"] == 1
    assert (found.by_rule["not_wood"].lets_in, found.by_rule["not_wood"].lifted) == (1, 2)


def test_figures_by_territory_by_state_and_by_version_add_up_to_the_whole():
    found = simulated(DOSSIERS, scheme(), WIDER, "home.department")
    assert {value: one.total for value, one in found.by_dimension.items()} == {"74": 3, "01": 1, "974": 1}
    assert found.by_dimension["01"].counts["newly_eligible"] == 1
    for parts in (found.by_dimension, found.by_state, found.by_version):
        assert sum(one.total for one in parts.values()) == found.whole.total
        assert sum(one.difference for one in parts.values()) == found.whole.difference


def test_dimension_is_a_choice_or_a_place_and_never_what_is_sensitive():
    judge = judged_by(scheme())
    assert dimension(judge, "heating").label("gas", "fr") == "Gaz"
    assert dimension(judge, "home").name == "home.commune"
    with pytest.raises(UnknownDimension) as stopped:
        dimension(judge, "heatin")
    assert stopped.value.suggestion == "heating" and "iban" not in stopped.value.known


def test_what_was_decided_is_what_was_unless_another_version_is_asked_for():
    kept = Outcome(False, {"modest": False}, frozenset({"modest"}))
    ada = replace(DOSSIERS[0], kept=kept)
    [as_decided] = replay([ada], judged_by(scheme()))
    assert (as_decided.kind, as_decided.flipping) == ("newly_eligible", ("modest",))
    [as_judged] = replay([ada], judged_by(scheme()), judged_by(scheme()))
    assert as_judged.kind == "unaffected"


def test_renamed_question_keeps_its_answer():
    earned = (
        ("      income:", "      earnings:"),
        ("income <=", "earnings <="),
        ("income / 3", "earnings / 3"),
    )
    lost = judged_by(scheme(*earned)).many(DOSSIERS[:1])
    told = "form:\n  you:", "version: 2\nmigration: {from: [1], renamed: {income: earnings}}\nform:\n  you:"
    renamed = scheme(*earned, told)
    kept = judged_by(renamed, through=lambda filed_under: [renamed]).many(DOSSIERS[:1])
    assert (lost[0].eligible, kept[0].eligible, kept[0].amount) == (None, True, Decimal("100.00"))


def test_same_scheme_changes_nothing():
    found = simulated(DOSSIERS, scheme(), scheme())
    assert found.whole.counts["unaffected"] == found.whole.total == len(DOSSIERS)
    assert found.by_rule == {} and found.whole.difference == 0


@pytest.mark.parametrize(
    "path",
    [
        "schemes/haute-savoie-emergency-grant",
        "schemes/bicycle-grant.yaml",
        "examples/income-support-small",
        "examples/school-year-grant",
    ],
)
def test_many_at_once_are_judged_as_one_after_the_other(path: str):
    found = load_scheme(ROOT / path)
    samples = invent(found, 60, random=Random(11), now=NOW, organisation=OFFICE)
    dossiers = [Received(str(n), one.answers, one.filed_on) for n, one in enumerate(samples)]
    parts = [dict(list(one.answers.items())[start::2]) for one in dossiers for start in (0, 1)]
    dossiers += [Received(str(n), answers, date(2026, 9, 1)) for n, answers in enumerate(parts)]
    judge = judged_by(found)
    alone = [Outcome.of(verdict, computed.amount) for verdict, computed in map(judge.one, dossiers)]
    assert judge.many(dossiers) == alone
    assert {True, False} <= {one.eligible for one in alone}


def test_dossiers_are_taken_as_they_come_and_never_all_at_once():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield DOSSIERS[0]

    judge = judged_by(WIDER)
    first: Replayed = next(replay(endless(), judge, judge))
    assert first.kind == "unaffected" and taken <= 500
