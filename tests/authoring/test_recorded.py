"""A dossier made into a test: every personal value is invented and valid, what rules read stays, the test passes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest

from authoring.check import check_bundle
from authoring.walkthrough import run
from authoring.walkthrough.given import stored_answers
from authoring.walkthrough.recorded import Deed, Recorded, as_scenario
from authoring.walkthrough.synthetic import INVENTED, KEPT
from engine.asked import read_answers
from engine.award import compute
from engine.eligibility import judge
from engine.kinds import KINDS
from engine.language import Bundle, load_scheme
from engine.organisation import Organisation
from tests.fixtures.noon import noon

ROOT = Path(__file__).parents[2]
OFFICE = Organisation("Office (fictif)", ZoneInfo("Europe/Paris"))
DAY = date(2020, 5, 12)
REAL = {
    "person": {"first_name": "Odile", "last_name": "Vraimont", "born": "1971-03-04"},
    "phone": "+33450111213",
    "status": "employee_manager",
    "home": {"street": "8 impasse des Tilleuls", "postcode": "01200", "commune": "Éloise"},
    "household": 2,
    "household_income": "21500.40",
    "legal_form": "5499",
    "partners": [{"name": "Odile Vraimont", "share": "60"}, {"name": "Luc Perret", "share": "40"}],
    "siret": "73282932000074",
    "legal_name": "Chez Vraimont",
    "address": {"street": "1 place du Marché", "postcode": "74000", "commune": "Annecy"},
    "naf": "56.30Z",
    "created": "2016-04-01",
    "closed": True,
    "closed_on": "2020-03-15",
    "partial_unemployment": False,
    "iban": "FR7630006000011234567890189",
    "bank_proof": [{"id": "x", "name": "rib-vraimont.pdf", "size": 9, "media_type": "application/pdf"}],
    "tax_notice": [{"id": "y", "name": "avis.jpg", "size": 9, "media_type": "image/jpeg"}],
    "honour": True,
}
TELLING = (
    "Odile", "Vraimont", "1971", "450111213", "Tilleuls", "Perret", "73282932000074", "Marché",
    "FR7630006", "rib-vraimont", "avis.jpg",
)  # fmt: skip


@pytest.fixture(scope="module")
def bundle():
    found = Bundle.read(ROOT / "schemes" / "haute-savoie-emergency-grant")
    return Bundle({name: text for name, text in found.files.items() if name != "tests.yaml"})


def recorded(scheme, answers, deeds=(), state="draft", hidden=frozenset()):
    """A dossier as the services keep it, judged for good."""
    reading = read_answers(scheme, answers, now=noon(DAY), organisation=OFFICE, deposited_on=DAY)
    verdict = judge(reading)
    amount = compute(reading, verdict).amount
    return Recorded(scheme, OFFICE, DAY, answers, verdict, amount, tuple(deeds), state, hidden)


def played(bundle, text):
    """The outcome of the text, pasted in the scheme's tests.yaml."""
    found = check_bundle(Bundle({**bundle.files, "tests.yaml": dedent(text)}))
    assert [str(problem) for problem in found.problems if problem.severity == "error"] == []
    [outcome] = run(found.scheme)
    return outcome


def deed(action, kind="staff", actor="", day=DAY, **form):
    return Deed(action, kind, actor or kind, day, form)


WALK = (
    deed("submit", "applicant"),
    deed("take", actor="1"),
    deed(
        "ask", actor="1", day=date(2020, 5, 14), fields_to_correct=["household_income"], reason="Mme Vraimont"
    ),
    deed("answer", "applicant", day=date(2020, 5, 20)),
    deed("accept", actor="2", day=date(2020, 5, 20)),
    deed("pay", actor="3", day=date(2020, 6, 2)),
)


def test_nobody_is_told_from_the_test_and_it_passes(bundle):
    scheme = load_scheme(bundle)
    text = as_scenario(recorded(scheme, REAL, WALK, "paid"), "a case", "en")
    assert [word for word in TELLING if word in text] == []
    assert played(bundle, text).sentences == ()
    assert "home: {street: " in text and 'postcode: "01200", commune: Éloise' in text, "the rules read them"
    assert "household_income: 21500.40" in text and "share: 60" in text
    assert "end: paid" in text and "amounts: {granted: 1000.00, paid: 1000.00}" in text
    assert "- on 2020-05-14\n" in text and "ask by instructor: {fields_to_correct: [household_income]" in text


def test_a_name_of_the_test_may_be_any_text(bundle):
    text = as_scenario(recorded(load_scheme(bundle), REAL), 'a "case": 7', "en")
    assert played(bundle, text).name == 'a "case": 7'


def test_what_cannot_follow_is_cut_and_said(bundle):
    scheme = load_scheme(bundle)
    deeds = (*WALK[:2], deed("pay", actor="3"))  # as if the workflow had been another one then
    text = as_scenario(recorded(scheme, REAL, deeds, "paid"), "a case", "en")
    assert (
        "# the walk ends here, pay by accountant can't follow: pay by accountant is refused: it can't be done"
        in text
    )
    assert "end:" not in text and played(bundle, text).passed


def test_what_is_hidden_is_invented_whatever_it_is(bundle):
    scheme = load_scheme(bundle)
    hidden = frozenset({"household_income", "status", "closed_on", "partial_unemployment", "partners"})
    answers = {**REAL, "status": "micro"}
    text = as_scenario(recorded(scheme, answers, hidden=hidden), "a case", "en")
    assert "21500" not in text and "2020-03-15" not in text and "micro" not in text
    assert "# decided: eligible true; the invented answers don't lead to it" in text
    assert played(bundle, text).passed


def test_a_text_that_decides_is_kept_and_said(bundle):
    files = {
        **bundle.files,
        "scheme.yaml": bundle.files["scheme.yaml"].replace(
            "eligibility:\n",
            "eligibility:\n  named: {require: 'contains(legal_name, \"Chez\")', otherwise: {fr: Non., en: No.}}\n",
        ),
    }
    changed = Bundle(files)
    text = as_scenario(recorded(load_scheme(changed), REAL), "a case", "en")
    assert "legal_name: Chez Vraimont" in text
    assert "# kept as they were, because a rule reads them: [legal_name]" in text
    assert played(changed, text).passed
    assert "Chez" not in as_scenario(recorded(load_scheme(bundle), REAL), "a case", "en")


def test_every_kind_of_field_has_its_invented_answer():
    assert {kind.name for kind in KINDS} - {"fields"} == set(INVENTED)
    assert set(INVENTED) >= KEPT


def test_amounts_are_written_as_typed(bundle):
    scheme = load_scheme(bundle)
    answers, _ = stored_answers(scheme.fields, {"household_income": Decimal("0.10"), "closed": True})
    text = as_scenario(recorded(scheme, answers), "a case", "fr")
    assert "household_income: 0.10" in text and played(bundle, text).passed
