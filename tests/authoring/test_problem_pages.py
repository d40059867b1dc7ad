"""Every kind of problem has its section in docs/problems: what it means, a bad file it is told of, a good one it isn't."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from engine.problems.catalogue import table

_SPEC = importlib.util.spec_from_file_location("problem_pages", Path(__file__).with_name("problem_pages.py"))
assert _SPEC is not None and _SPEC.loader is not None
pages = importlib.util.module_from_spec(_SPEC)
sys.modules["problem_pages"] = pages
_SPEC.loader.exec_module(pages)

SECTIONS = {section.code: section for section in pages.sections()}
CODES = sorted(code for code in table("en") if not code.startswith("@") and code != "did_you_mean")


def deep(levels: int, opening: str, middle: str, closing: str) -> str:
    return opening * levels + middle + closing * levels


def rule(text: str) -> dict[str, str]:
    return {"scheme.yaml": pages.whole(f"eligibility:\n  modest: {{require: '{text}', otherwise: Trop}}\n")}


def wide_table(columns: int = 6, rows: int = 24) -> dict[str, str]:
    """Each row looks at two of the columns: what they cover together has very many combinations."""
    names = [f"a{number}" for number in range(columns)]
    lines = ["form:", "  you:", "    fields:"]
    lines += [f"      {name}: {{type: integer, label: Nombre, min: 0, max: 1000}}" for name in names]
    lines += ["award:", "  amount:", f"    decide: [{', '.join(names)}]", "    hit: first", "    rows:"]
    for number in range(rows):
        cells = ["-"] * columns
        cells[number % columns] = f"[{number * 9}..{number * 9 + 400}]"
        cells[(number + 1) % columns] = f"[{number * 7}..{number * 7 + 300}]"
        lines.append("      - [" + ", ".join(f'"{cell}"' for cell in cells) + f", {number}]")
    return {"scheme.yaml": pages.whole("\n".join(lines) + "\n")}


# Files too large for a page.
LARGE = {
    "too_deep": {"scheme.yaml": pages.whole(f"contact: {deep(200, '[', '1', ']')}\n")},
    "too_many_slips": {"scheme.yaml": "scheme: x\n" + "".join(f"k{n}: a : b\n" for n in range(60))},
    "file_too_large": {"scheme.yaml": "scheme: x\n" + "# a comment\n" * 100_000},
    "text_too_long": {
        **SECTIONS["text_too_long"].good,
        "texts/welcome.fr.md": "Objet : Votre demande\n\n" + "Bonjour. " * 20_000,
    },
    "list_unreadable": {
        **SECTIONS["list_unreadable"].good,
        "lists/homes.csv": f"code,label\nflat,{'a' * 140_000}\n",
    },
    "too_many_to_show": {
        "scheme.yaml": SECTIONS["too_many_to_show"].good["scheme.yaml"].replace("search", "menu"),
        "lists/homes.csv": "code,label\n" + "".join(f"h{n},Logement {n}\n" for n in range(201)),
    },
    "feel_too_long": rule(" + ".join(["income"] * 1500) + " > 5"),
    "feel_too_deep": rule(deep(80, "(", "income", ")") + " > 5"),
    "table_too_wide": wide_table(),
    "no_scheme_file": {"texts/en.yaml": "title: Help\n"},
}
# Told of no file: bounds of the evaluation, and a stored tree; `not_utf8` has its own test, for it needs bytes.
ELSEWHERE = {"feel_too_much_work", "feel_too_big", "feel_no_number", "feel_bad_tree", "not_utf8"}
IMPORTED = {
    code for code in CODES if code.startswith(("dmn_", "xls_"))
}  # of models and workbooks, not of schemes: see tests/authoring/dmn and xlsform


def codes_of(files) -> set[str]:
    return {problem.code for problem in pages.problems(files)}


def test_every_code_has_its_section_and_every_section_its_code():
    assert sorted(SECTIONS) == CODES


@pytest.mark.parametrize("code", CODES)
def test_section_says_what_the_problem_means(code):
    assert len(SECTIONS[code].meaning.split()) >= 4


@pytest.mark.parametrize("code", sorted(set(CODES) - ELSEWHERE - IMPORTED))
def test_bad_file_gets_this_problem(code):
    files = LARGE.get(code) or SECTIONS[code].bad
    assert files, "no bad example"
    found = codes_of(files)
    assert code in found
    assert found == {code} or code in LARGE, "one fault, one problem"


@pytest.mark.parametrize("code", sorted(set(CODES) - IMPORTED))
def test_good_file_has_no_problem(code):
    assert SECTIONS[code].good
    assert [str(problem) for problem in pages.problems(SECTIONS[code].good)] == []


def test_small_scheme_of_the_examples_is_faultless():
    assert codes_of({"scheme.yaml": pages.BASE}) == set()
