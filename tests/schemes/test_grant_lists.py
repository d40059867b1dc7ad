"""The grant's reference lists hold what its rules and its form rely on."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine.asked import read_answers
from engine.eligibility import judge
from engine.organisation import Organisation


def test_communes_are_those_of_the_department(grant):
    rows = grant.lists["communes"].rows

    assert len(rows) == 279
    assert all(re.fullmatch(r"74[0-9]{3}", code) for code in rows)
    outside = {row["label"] for row in rows.values() if not row["postcodes"].startswith("74")}
    assert outside == {"Éloise"}  # which the rule `in_department` lets in by name


def test_closed_activities_are_activities(grant):
    assert set(grant.lists["closed_activities"].rows) < set(grant.lists["naf"].rows)


def test_each_activity_is_found_by_its_code(grant):
    naf = grant.lists["naf"]

    assert len(naf.rows) == 732
    assert naf.label("56.10A", "fr") == "56.10A – Restauration traditionnelle"
    assert all(row["label"].startswith(code) for code, row in naf.rows.items())


def test_reasons_for_refusal_are_in_both_languages(grant):
    reasons = grant.lists["refusal_reasons"]

    assert reasons.label("income", "fr") == "Le revenu fiscal de référence du foyer dépasse le plafond."
    assert reasons.label("income", "en") == "The household's reference income is above the ceiling."
    assert all(row["label"] and row["label_en"] for row in reasons.rows.values())


def test_rule_on_a_list_tells_the_code_looked_up_and_not_the_line_found(grant):
    office = Organisation(name="Département d'essai", zone=ZoneInfo("Europe/Paris"))
    now = datetime(2020, 5, 12, 10, tzinfo=UTC)
    code = next(iter(grant.lists["closed_activities"].rows))
    reading = read_answers(grant, {"naf": code}, now=now, organisation=office)
    found = next(
        rule
        for rule in judge(reading).rules
        if "closed_activities" in str(grant.eligibility[rule.id].require)
    )
    told = [used.path for reason in found.reasons for used in reason.used]
    assert told == ["naf"]
