"""Every problem has its sentence in French and in English, with the same params, and says what to do."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from engine.feel.errors import SENTENCES
from engine.problems import Place, Problem, near
from engine.problems.catalogue import table
from renderers.texts import slips

ROOT = Path(__file__).parents[3]
CODE = re.compile(
    r'(?:Problem|report|problem|at_value|known|use_text|_report|TextError|Slip)\(\s*"([a-z_]+)"|(?:code = |return \(?)"([a-z_]+)"'
)
NO_CODES = {
    "text",
    "duration",
    "boolean",
    "number",
    "list",
    "mapping",
    "false",
    "true",
    "pattern",
    "workflow",
}


def codes() -> set[str]:
    """Every code the language's modules name, FEEL's and those of mails and letters."""
    files = [
        *(ROOT / "engine" / "language").rglob("*.py"),
        ROOT / "engine" / "words.py",
        *(ROOT / "authoring" / "check").rglob("*.py"),
    ]
    found = {
        first or second for file in files for first, second in CODE.findall(file.read_text(encoding="utf-8"))
    }
    texts = {f"text_{code}" for code in slips.__globals__["SENTENCES"]}
    return {code for code in found if code not in NO_CODES} | {f"feel_{code}" for code in SENTENCES} | texts


def test_both_tables_word_the_same_codes():
    assert table("fr").keys() == table("en").keys()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_has_its_sentence(language):
    assert sorted(codes() - table(language).keys()) == []


@pytest.mark.parametrize("code", sorted(table("fr")))
def test_both_languages_use_the_same_params(code):
    def params(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    french, english = params(table("fr")[code]), params(table("en")[code])
    assert french - english == set()
    assert english - french <= {"reason", "kind", "known"}


def test_french_puts_a_no_break_space_before_high_signs():
    loose = [code for code, text in table("fr").items() if re.search(r" [:;?!»]|« ", text)]
    assert loose == []


def test_problem_is_one_line():
    problem = Problem(
        "unknown_state",
        {"name": "grante", "known": ("granted",)},
        Place("a.yaml", 3, 4),
        ("workflow",),
        suggestion="granted",
    )
    assert str(problem) == "a.yaml:3:4: Aucun état ne s'appelle `grante`. Vouliez-vous dire `granted`\u00a0?"
    assert problem.sentence("en") == "There is no state named `grante`. Did you mean `granted`?"
    assert problem.sentence("de") == problem.sentence("en")


def test_param_named_like_a_code_stays_itself():
    assert Problem("unknown_state", {"name": "loop"}).sentence("en") == "There is no state named `loop`."


@pytest.mark.parametrize(("word", "found"), [("incme", "income"), ("Income", "income"), ("xyz", None)])
def test_near_finds_one_word_or_none(word, found):
    assert near(word, ["income", "tenant"]) == found


def test_page_of_the_problems_lists_every_sentence():
    page = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")
    told = {
        code: text
        for code, text in table("en").items()
        if not code.startswith("@") and code != "did_you_mean"
    }
    rows = [f"| `{code}` | {text.replace('|', '&#124;')} |" for code, text in told.items()]
    assert page.split("|---|---|\n")[-1].splitlines() == rows


def test_first_word_of_a_key_leads_to_it():
    assert near("max", ["type", "label", "max_length", "min_length"]) == "max_length"
    assert near("at", ["at_least", "at_most"]) is None
