"""What two people changed is brought together; where they touched the same lines, nothing of either is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from authoring.studio.merging import compared, merge

NAMES = ("Ada", "Bob")
TEXT = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


def test_changes_in_different_places_come_together():
    base = "one\ntwo\nthree\nfour\n"
    made = merge(base, base.replace("one", "ONE"), base.replace("four", "FOUR"), NAMES)
    assert (made.text, made.conflicts) == ("ONE\ntwo\nthree\nFOUR\n", 0)


def test_lines_both_changed_are_kept_both_between_marks():
    made = merge("a\nx\nb\n", "a\nmine\nb\n", "a\ntheirs\nb\n", NAMES)
    assert made.conflicts == 1
    assert made.text == "a\n<<<<<<< Ada\nmine\n=======\ntheirs\n>>>>>>> Bob\nb\n"


def test_same_change_made_twice_is_made_once():
    assert merge("a\n", "b\n", "b\n", NAMES).text == "b\n"


@given(TEXT, TEXT)
def test_who_changed_nothing_takes_what_the_other_did(base, other):
    assert merge(base, base, other, NAMES).text == other
    assert merge(base, other, base, NAMES).text == other


@given(TEXT, TEXT, TEXT)
def test_no_line_somebody_wrote_is_lost(base, mine, theirs):
    made = merge(base, mine, theirs, NAMES).text
    for text in (mine, theirs):
        for line in set(text.splitlines()) - set(base.splitlines()):
            assert line in made.splitlines()


def test_comparison_names_files_added_removed_and_changed():
    found = compared({"a": "1\n2\n", "b": "x"}, {"a": "1\n3\n", "c": "y"})
    assert [(one.name, one.sort) for one in found] == [("a", "changed"), ("b", "removed"), ("c", "added")]
    assert [(line.sort, line.text) for line in found[0].lines][1:] == [
        ("same", " 1"),
        ("removed", "-2"),
        ("added", "+3"),
    ]
    assert compared({"a": "1"}, {"a": "1"}) == ()
