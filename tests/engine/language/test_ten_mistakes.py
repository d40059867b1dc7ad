"""Ten ordinary mistakes in one file: all told in one run, each at its line and column, names with their suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.language import SchemeError, load_scheme

HERE = Path(__file__).parent / "mistakes"
AS_MEASURED = """\
10:26: There is no key `lable` here. Did you mean `label`?
12:23: `type` does not take `intger`. Did you mean `integer`?
13:1: This line is indented with a tab: replace it with 6 blanks.
16:5: There is no key `feilds` here. Did you mean `fields`?
22:9: A colon is missing after the key: write `type: money`.
23:16: Put this text in quotes: `label: "Attention : montant mensuel"`.
24:7: `tenant` is already the name of what stands at 11:7: give it another name.
26:15: The name `tennant` is not known here. Did you mean `tenant`?
31:14: The name `incme` is not known here. Did you mean `income`?
32:33: This brace is never closed: add `}`, or write `{{` for a plain brace.
"""
SEVEN_TYPOS = """\
10:26: There is no key `lable` here. Did you mean `label`?
12:23: `type` does not take `intger`. Did you mean `integer`?
13:1: This line is indented with a tab: replace it with 6 blanks.
16:5: There is no key `feilds` here. Did you mean `fields`?
17:34: Put this text in quotes: `rent: {type: money, label: "Attention : le loyer"}`.
22:15: The name `tennant` is not known here. Did you mean `tenant`?
27:14: The name `incme` is not known here. Did you mean `income`?
28:33: This brace is never closed: add `}`, or write `{{` for a plain brace.
38:47: There is no state named `submited`. Did you mean `submitted`?
39:64: There is no role named `clark`. Did you mean `clerk`?
"""
TYPOS = {
    "lable": "label",
    "intger": "integer",
    "feilds": "fields",
    "tennant": "tenant",
    "incme": "income",
    "submited": "submitted",
    "clark": "clerk",
}


def refused(name: str) -> SchemeError:
    with pytest.raises(SchemeError) as caught:
        load_scheme(HERE / name)
    return caught.value


@pytest.mark.parametrize(
    ("name", "lines"), [("as_measured.yaml", AS_MEASURED), ("seven_typos.yaml", SEVEN_TYPOS)]
)
def test_ten_mistakes_give_ten_lines(name, lines):
    found = [f"{problem.place}: {problem.sentence('en')}" for problem in refused(name).problems]
    assert found == [f"{HERE / name}:{line}" for line in lines.splitlines()]


def test_seven_typos_get_seven_suggestions():
    suggestions = [
        problem.suggestion for problem in refused("seven_typos.yaml").problems if problem.suggestion
    ]
    assert suggestions == list(TYPOS.values())


def test_each_place_is_the_word_itself():
    text = (HERE / "seven_typos.yaml").read_text(encoding="utf-8").splitlines()
    typos = [problem for problem in refused("seven_typos.yaml").problems if problem.suggestion]
    words = [text[problem.place.line - 1][problem.place.column - 1 :] for problem in typos]
    assert [word[: len(typo)] for word, typo in zip(words, TYPOS, strict=True)] == list(TYPOS)


def test_error_message_is_one_line_each():
    error = refused("as_measured.yaml")
    assert str(error).splitlines() == [str(problem) for problem in error.problems]
    assert str(error.problems[0]) == (
        f"{HERE / 'as_measured.yaml'}:10:26: La clé `lable` n'existe pas ici. Vouliez-vous dire `label`\u00a0?"
    )
