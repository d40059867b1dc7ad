"""Why a rule does not hold reads as a sentence with the values, and says what would have to change; in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.asked import read_answers
from engine.eligibility import RuleResult, judge
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation
from renderers.explanation import shown_rules
from renderers.words import told_reasons

SCHEME = """
scheme: trial
languages: [fr, en]
title: {fr: Essai, en: Trial}
parameters:
  limit_for:
    label: {fr: le plafond, en: the ceiling}
    by: persons
    type: money
    values: [{from: 2020-01-01, rows: {6: 50511}, each_more: 0}]
  least: {type: money, values: [{from: 2020-01-01, is: 100}]}
form:
  page:
    title: {fr: Page, en: Page}
    fields:
      income: {type: money, label: {fr: Le revenu du foyer, en: The income of the household}}
      persons: {type: integer, label: {fr: Nombre de personnes, en: Number of persons}}
      status:
        type: choice
        label: {fr: "Quel est votre statut ?", en: "What is your status?"}
        options: {owner: {fr: Propriétaire, en: Owner}, tenant: {fr: Locataire, en: Tenant}, other: {fr: Autre, en: Other}}
      created: {type: date, label: {fr: Date de début, en: Date of beginning}}
      closed: {type: yes_no, label: {fr: "Avez-vous fermé ?", en: "Did you close?"}}
      honour: {type: yes_no, label: {fr: Engagement, en: Commitment}}
eligibility:
  judged: {require: "RULE", otherwise: {fr: Non., en: No.}}
workflow:
  public: {received: {label: {fr: Reçue, en: Received}, states: [sent]}}
  states: {draft: {kind: start}, sent: {label: {fr: Déposée, en: Filed}, kind: end}}
  actions: {submit: {from: draft, to: sent, by: applicant}}
"""
ANSWERS = {
    "income": "52000.00",
    "persons": 6,
    "status": "tenant",
    "created": "2020-03-05",
    "closed": False,
    "honour": False,
}
OFFICE = Organisation(name="Office (fictif)", zone=UTC, email="aide@office.example")


def judged(rule: str, answers: dict[str, object] = ANSWERS) -> RuleResult:
    scheme = load_scheme(Bundle({"scheme.yaml": SCHEME.replace("RULE", rule.replace('"', '\\"'))}))
    now = datetime(2020, 5, 12, 10, tzinfo=UTC)
    (result,) = judge(read_answers(scheme, answers, now=now, organisation=OFFICE)).rules
    assert RuleResult.from_json(result.to_json()) == result
    return result


@pytest.mark.parametrize(
    ("rule", "language", "sentence", "change"),
    [
        ("income <= limit_for(persons)", "fr", "Le revenu du foyer (52 000 €) dépasse le plafond (50 511 €).", "50 511 € au plus"),
        ("income <= limit_for(persons)", "en", "The income of the household (€52,000) is above the ceiling (€50,511).", "€50,511 at most"),
        ("income < 20000", "fr", "Le revenu du foyer (52 000 €) n’est pas au-dessous de 20 000 €.", "moins de 20 000 €"),
        ("60000 <= income", "fr", "Le revenu du foyer (52 000 €) n’atteint pas 60 000 €.", "60 000 € au moins"),
        ("income < least", "fr", "Le revenu du foyer (52 000 €) n’est pas au-dessous de 100 €.", "moins de 100 €"),
        ("persons between 1 and 5", "fr", "« Nombre de personnes » (6) n’est pas entre 1 et 5.", "de 1 à 5"),
        ("not(persons > 4)", "fr", "« Nombre de personnes » (6) dépasse 4.", "4 au plus"),
        ('status = "owner"', "fr", "« Quel est votre statut ? » (Locataire) n’est pas ce qui est demandé : Propriétaire.", "Propriétaire"),
        ('status = "owner"', "en", "“What is your status?” (Tenant) is not the one wanted: Owner.", "Owner"),
        ('status in ("owner", "other")', "fr", "« Quel est votre statut ? » (Locataire) n’est pas parmi ce qui est demandé : Propriétaire et Autre.", "l’une de ces réponses : Propriétaire et Autre"),
        ('created < date("2020-03-01")', "fr", "« Date de début » (5 mars 2020) n’est pas avant le 1er mars 2020.", "avant le 1er mars 2020"),
        ("closed", "fr", "Avez-vous fermé ? Non.", "oui"),
        ("not(not(honour))", "fr", "Engagement : non.", "oui"),
    ],
)  # fmt: skip
def test_reason_is_a_sentence_and_says_what_would_do(
    rule: str, language: str, sentence: str, change: str
) -> None:
    (told,) = told_reasons(judged(rule).reasons, "judged", language)
    plain = [text.replace("\u202f", " ").replace("\u00a0", " ") for text in (told.sentence, told.change)]
    assert plain == [sentence, change]


def test_what_is_not_known_is_named_and_is_to_be_answered() -> None:
    result = judged("income <= 100 and closed", {"closed": True})
    assert result.outcome is None
    (told,) = told_reasons(result.reasons, "judged", "en")
    assert told.sentence == "It is not known yet: The income of the household"
    assert told.change == "to be answered"


def test_changes_of_which_one_is_enough_are_told_as_alternatives() -> None:
    told = told_reasons(judged("closed or honour").reasons, "judged", "en")
    assert [one.change for one in told] == ["or else: yes", "or else: yes"]


def test_a_rule_too_long_to_calculate_says_so() -> None:
    result = judged("count(for i in 1..9000 return for j in 1..9000 return i) > persons")
    assert result.outcome is None
    (told,) = told_reasons(result.reasons, "judged", "fr")
    assert "La règle judged est trop longue" in told.sentence


def test_the_office_reads_the_same_sentences() -> None:
    scheme = load_scheme(Bundle({"scheme.yaml": SCHEME.replace("RULE", "closed")}))
    now = datetime(2020, 5, 12, 10, tzinfo=UTC)
    verdict = judge(read_answers(scheme, ANSWERS, now=now, organisation=OFFICE))
    (rule,) = shown_rules(verdict, scheme, "en")
    assert rule.told == told_reasons(verdict.rules[0].reasons, "judged", "en")
    assert rule.told[0].sentence == "Did you close? No."
