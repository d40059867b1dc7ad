"""Small schemes written in place, read under a synthetic organisation on a chosen day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation

HEAD = """\
scheme: trial
languages: [fr, en]
title: {fr: "Aide d'essai", en: "Trial grant"}
summary: {fr: "Pour les essais.", en: "For trials."}
reference: "ESSAI-{year}-{number:05}"
contact: {email: essai@organisme.example, phone: "04 50 00 00 00", hours: "9 h – 17 h"}
"""
TAIL = """\
workflow:
  public:
    received: {label: {fr: "Reçue", en: "Received"}, states: [submitted]}
    decided: {label: {fr: "Décidée", en: "Decided"}, states: [accepted]}
  states:
    draft: {kind: start}
    submitted: {label: {fr: "Déposée", en: "Submitted"}}
    accepted: {label: {fr: "Acceptée", en: "Accepted"}, decision: granted, kind: end}
  actions:
    submit: {from: draft, to: submitted, by: applicant}
    accept: {from: submitted, to: accepted, by: instructor, if: eligible}
"""
ROLES = "roles:\n  instructor: {label: {fr: Instruction, en: Examination}, may: [search, view]}\n"
ANNECY = Organisation(name="Organisme d'essai", zone=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="session")
def scheme_of():
    """Loads a scheme from the YAML of its form, rules, award, parameters; lists are CSV by name."""

    def load(middle: str, **lists: str):
        files = {f"lists/{name}.csv": text for name, text in lists.items()}
        return load_scheme(Bundle({"scheme.yaml": HEAD + ROLES + dedent(middle) + TAIL, **files}))

    return load


@pytest.fixture(scope="session")
def reading_of():
    """Reads answers under a scheme at noon of a day (12 May 2020 when not said)."""

    def read(scheme, answers, today: date = date(2020, 5, 12), organisation: Organisation = ANNECY, **more):
        now = datetime(today.year, today.month, today.day, 10, tzinfo=UTC)
        return read_answers(scheme, answers, now=now, organisation=organisation, **more)

    return read


@pytest.fixture(scope="session")
def told():
    """Problems as (path with dots, code)."""

    def tell(problems):
        return [(".".join(str(part) for part in problem.path), problem.code) for problem in problems]

    return tell
