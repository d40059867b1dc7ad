"""What the tests of a scheme say stands in two tables of the same sentences, French and English."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from authoring.walkthrough.coverage import SORTS
from authoring.walkthrough.wording import table

ROOM = Path(__file__).parents[2] / "authoring" / "walkthrough"
TOLD = re.compile(r"\btold\(\s*\"(\w+)\"")
REFUSALS = (
    "unknown_action", "not_from_here", "not_yours", "same_person", "comment_missing", "checklist",
    "guard", "guard_alone", "refused_rules",
)  # fmt: skip


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things():
    french, english = table("fr"), table("en")
    assert french.keys() == english.keys()
    assert [code for code in english if holes(french[code]) != holes(english[code])] == []


def test_what_is_said_has_its_sentence():
    said = {code for path in ROOM.glob("*.py") for code in TOLD.findall(path.read_text(encoding="utf-8"))}
    assert len(said) > 30
    wanted = {*said, *REFUSALS, *(f"uncovered_{sort}" for sort in SORTS), *(f"sort_{sort}" for sort in SORTS)}
    assert sorted(wanted - table("en").keys()) == []


def test_french_puts_a_no_break_space_before_high_signs():
    loose = [code for code, text in table("fr").items() if re.search(r" [:;?!»%]|« ", text)]
    assert loose == []


def test_another_language_reads_english():
    assert table("de") == table("en")
