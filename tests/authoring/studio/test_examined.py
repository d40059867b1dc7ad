"""A text examined a moment ago isn't examined again; another one always is."""

from __future__ import annotations

from authoring.check import check_bundle
from authoring.studio.examined import MOST, examined
from engine.language import Bundle

TEXT = "scheme: a\ntitel: x\n"


def test_same_text_is_examined_once_and_each_change_again():
    first = examined({"scheme.yaml": TEXT})
    assert examined({"scheme.yaml": TEXT}) is first
    other = examined({"scheme.yaml": TEXT + "# more\n"})
    assert other is not first
    assert examined({"scheme.yaml": TEXT, "texts/a.fr.md": "x"}) is not first


def test_few_are_kept():
    first = examined({"scheme.yaml": TEXT})
    for number in range(MOST):
        examined({"scheme.yaml": f"{TEXT}# {number}\n"})
    again = examined({"scheme.yaml": TEXT})
    assert again is not first
    assert [str(one) for one in again.problems] == [str(one) for one in first.problems]


def test_whole_check_finds_the_same_whether_or_not_it_was_examined_before():
    files = {"scheme.yaml": TEXT}
    told = [str(one) for one in check_bundle(Bundle(files)).problems]
    assert [str(one) for one in check_bundle(Bundle(files), examined(files)).problems] == told
