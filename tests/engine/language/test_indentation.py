"""A line with a blank too few or too many is told once, where it stands, and hides nothing else of the file."""

from __future__ import annotations

import pytest

from engine.language.source import read_source

GOOD = """\
form:
  you:
    title: Vous
    fields:
      name: {type: text, label: Nom}
      born: {type: date, label: Né le}
      home:
        type: address
        label: Adresse
  house:
    title: Le logement
    fields:
      rooms: {type: integer, label: Pièces}
      owner: {type: yes_no, label: Propriétaire}
eligibility:
  large:
    require: rooms > 2
    otherwise: Trop petit
"""


@pytest.mark.parametrize(
    ("line", "written", "place", "wanted"),
    [
        (4, 5, (5, 6), 6),  # the first of its neighbours, too far out: the parser stops at the next line
        (4, 7, (5, 8), 6),
        (5, 7, (6, 8), 6),  # the second, too far in
        (5, 5, (6, 6), 6),
        (5, 4, (6, 5), 6),  # at a level that exists, but isn't its own
        (6, 5, (7, 6), 6),  # with lines of its own under it
        (3, 5, (4, 6), 4),  # after a text
        (14, 1, (15, 2), 0),
        (16, 5, (17, 6), 4),
        (17, 3, (18, 4), 4),
    ],
)
def test_one_wrong_indent_gives_one_problem_and_the_file_is_read_as_meant(line, written, place, wanted):
    lines = GOOD.split("\n")
    lines[line] = " " * written + lines[line].lstrip(" ")
    source = read_source("\n".join(lines), "f.yaml")
    found = [
        (problem.code, problem.place.line, problem.place.column, problem.params["wanted"])
        for problem in source.problems
    ]
    assert found == [("bad_indentation", *place, wanted)]
    assert source.data == read_source(GOOD, "f.yaml").data


def test_no_break_spaces_before_one_line_are_told_of_that_line_alone():
    source = read_source(GOOD.replace("      born", "\u00a0     born"), "f.yaml")
    assert [(problem.code, problem.place.line) for problem in source.problems] == [
        ("no_break_indentation", 6)
    ]
    assert source.data == read_source(GOOD, "f.yaml").data


def test_whole_braces_are_never_said_to_want_quotes():
    source = read_source("fields:\n  - a: {type: text}\n  b: {type: text}\n", "f.yaml")
    assert [problem.code for problem in source.problems] == ["yaml_syntax"]
