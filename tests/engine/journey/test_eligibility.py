"""Every rule is judged, explained and kept; what isn't known is never taken for a yes or a no."""

from __future__ import annotations

import json

import pytest

from engine.eligibility import Verdict, judge
from engine.words import Printed

RULES = """\
parameters:
  income_ceiling:
    by: persons
    type: money
    values:
      - {from: 2020-05-05, rows: {1: 19074, 2: 27896, 3: 33547, 4: 39192, 5: 44860}, each_more: 5651}
form:
  one:
    title: {fr: Un, en: One}
    fields:
      household: {type: integer, label: {fr: Personnes du foyer, en: People}}
      household_income: {type: money, label: {fr: Revenu du foyer, en: Household income}}
      status: {type: choice, options: {paid: {fr: Salarié, en: Employee}, own: {fr: Indépendant, en: Independent}}, label: {fr: Statut, en: Status}}
      aid: {type: text, optional: true, label: {fr: Autre aide, en: Other aid}}
      home: {type: address, label: {fr: Résidence, en: Home}}
eligibility:
  under_ceiling:
    require: household_income <= income_ceiling(household)
    otherwise:
      fr: "Le revenu du foyer ({household_income}) dépasse le plafond de {income_ceiling(household)}."
      en: "The household income ({household_income}) is above the ceiling of {income_ceiling(household)}."
    law: {fr: "Règlement, article 3", en: "Regulation, article 3"}
  independent: {require: status != "paid", otherwise: {fr: Indépendants., en: Independents.}}
  here: {require: 'starts with(home.postcode, "74")', otherwise: {fr: Ici., en: Here.}}
  not_helped: {require: aid != "versée", otherwise: {fr: Déjà aidé., en: Helped already.}, severity: warn}
"""
HOME = {"street": "1 rue du Lac", "postcode": "74000", "commune": "Annecy"}
GOOD = {"household": 1, "household_income": "19074.00", "status": "own", "home": HOME, "aid": "aucune"}


@pytest.mark.parametrize(
    ("changed", "eligible", "because", "warnings"),
    [
        ({}, True, (), ()),
        ({"household_income": "19074.01"}, False, ("under_ceiling",), ()),
        ({"household": 6, "household_income": "50511.00"}, True, (), ()),
        ({"household": 6, "household_income": "50511.01"}, False, ("under_ceiling",), ()),
        ({"status": "paid", "household_income": "99999.00"}, False, ("under_ceiling", "independent"), ()),
        ({"household": None}, None, (), ()),
        ({"household": None, "status": "paid"}, False, ("independent",), ()),
        ({"home": None}, None, (), ()),
        ({"aid": "versée"}, True, (), ("not_helped",)),
    ],
)
def test_one_refusal_is_enough_and_doubt_is_no_yes(
    scheme_of, reading_of, changed, eligible, because, warnings
):
    verdict = judge(reading_of(scheme_of(RULES), {**GOOD, **changed}))
    assert (verdict.eligible, verdict.because, verdict.warnings) == (eligible, because, warnings)
    assert [rule.id for rule in verdict.rules] == ["under_ceiling", "independent", "here", "not_helped"]


def test_unknown_never_matches_in_old_files_or_new(scheme_of, reading_of):
    """DS acceptance case 2: no answer, an answer erased and a field that didn't exist yet judge alike."""
    scheme = scheme_of(
        RULES.replace('aid != "versée"', "'starts with(aid, \"v\")'").replace(", severity: warn", "")
    )
    erased = judge(reading_of(scheme, {**GOOD, "aid": None}))
    before = judge(reading_of(scheme, {name: value for name, value in GOOD.items() if name != "aid"}))
    assert erased == before
    assert (erased.outcomes["not_helped"], erased.eligible) == (None, None)


def test_a_refusal_shows_the_figures_it_rests_on(scheme_of, reading_of):
    verdict = judge(reading_of(scheme_of(RULES), {**GOOD, "household": 6, "household_income": "60000.00"}))
    rule = verdict.rules[0]
    [reason] = rule.reasons
    assert (reason.source, reason.outcome) == ("household_income <= income_ceiling(household)", False)
    shown = {one.path: (one.label("fr"), one.value("fr")) for one in reason.used}
    assert shown["household_income"] == ("Revenu du foyer", Printed("60000.00", "money"))
    assert shown["household"] == ("Personnes du foyer", Printed("6", "integer"))
    assert shown["income_ceiling(household)"][1] == Printed("50511", "money")
    assert rule.phrase("fr")[0] == "Le revenu du foyer ("
    assert [piece.value for piece in rule.phrase("en") if isinstance(piece, Printed)] == ["60000.00", "50511"]


def test_an_option_is_shown_by_its_label(scheme_of, reading_of):
    rule = judge(reading_of(scheme_of(RULES), {**GOOD, "status": "paid"})).rules[1]
    [used] = rule.reasons[0].used
    assert (used.value("fr"), used.value("en")) == (
        Printed("Salarié", "choice"),
        Printed("Employee", "choice"),
    )
    assert (used.label("en"), used.label("de")) == ("Status", "Statut")


def test_a_verdict_survives_being_kept(scheme_of, reading_of):
    verdict = judge(reading_of(scheme_of(RULES), {**GOOD, "household": None, "status": "paid"}))
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


def test_a_scheme_without_rules_lets_everybody_in(scheme_of, reading_of):
    free = RULES.partition("eligibility:")[0]
    verdict = judge(reading_of(scheme_of(free), {}))
    assert (verdict.eligible, verdict.rules, verdict.warnings) == (True, (), ())
