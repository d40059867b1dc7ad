"""Each kind of question has its page in the documentation, true to the engine, with its picture."""

from __future__ import annotations

import pytest

from bench.field_pages import FOLDER, field_of, overview, page, told
from engine.kinds import BY_NAME, KINDS, Slips

AGAIN = "run: python -m bench.field_pages"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_a_page_that_is_true(kind):
    text = (FOLDER / f"{kind.name}.md").read_text(encoding="utf-8")
    assert text == page(kind), AGAIN
    assert all(f"| `{key}` |" in text for key in kind.keys)
    assert all(f"| `{code}` |" in text for code in kind.codes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_kind_has_a_small_picture(kind):
    picture = (FOLDER / f"pictures/{kind.name}.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 40_000


def test_there_is_no_page_of_a_kind_there_is_not():
    named = {kind.name for kind in KINDS}
    assert {path.stem for path in FOLDER.glob("*.md")} == named | {"README"}
    assert {path.stem for path in FOLDER.glob("pictures/*")} == named
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == overview(), AGAIN


@pytest.mark.parametrize("name", [name for name, about in told().items() if "reads" in about])
def test_what_a_page_says_is_read_is_read(name):
    field = field_of(BY_NAME[name])
    first = BY_NAME[name].inputs(field)[0]
    for typed in told()[name]["reads"]:
        raw = {first: [typed], "-longitude": ["55,5 E"] if typed == "21,1 S" else [""]}
        assert not isinstance(BY_NAME[name].read(field, raw), Slips | type(None)), (name, typed)
