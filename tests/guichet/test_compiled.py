"""What is compiled of catalogues and templates is there at the next start; it is never stale, nor in the way."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from guichet.compiled import CompiledFolder
from renderers import catalogues, compiled, pages

TEMPLATE = "rehearsal.html"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder where all that is compiled is kept until the test ends."""
    compiled.keep_on(CompiledFolder(tmp_path / "compiled"))
    yield tmp_path / "compiled"
    compiled.keep_on(None)


def start() -> tuple[CodeType, str]:
    """What a new process makes of a template, and how it says a message."""
    made = pages.environment.__wrapped__("fr").get_template(TEMPLATE)
    return made.root_render_func.__code__, catalogues.translations.__wrapped__("fr").gettext("All the aids")


def state_of(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_a_second_start_takes_what_the_first_one_compiled(folder: Path):
    first, kept = start(), state_of(folder)
    assert len(kept) > len(catalogues.files("fr"))
    assert start() == first
    assert state_of(folder) == kept
    compiled.keep_on(None)
    assert start() == first


def test_a_damaged_file_is_compiled_anew(folder: Path):
    first = start()
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert start() == first


def test_what_was_compiled_from_an_older_catalogue_is_not_taken_and_goes(tmp_path: Path):
    source = tmp_path / "catalogues" / "de.po"
    source.parent.mkdir()
    source.write_text("")
    old = CompiledFolder(tmp_path / "compiled", source.parent)
    old.put("de.mo", b"old")
    assert CompiledFolder(tmp_path / "compiled", source.parent).get("de.mo") == b"old"
    source.write_text('msgid "Next"\nmsgstr "Weiter"\n')
    new = CompiledFolder(tmp_path / "compiled", source.parent)
    assert new.get("de.mo") is None
    new.put("de.mo", b"new")
    new.forget_others()
    assert old.get("de.mo") is None
    assert new.get("de.mo") == b"new"


def test_a_folder_that_cannot_be_written_changes_nothing_but_the_time(tmp_path: Path):
    place = tmp_path / "compiled"
    place.write_text("a file where the folder would be")
    shelf = CompiledFolder(place)
    shelf.put("fr.mo", b"words")
    shelf.forget_others()
    assert shelf.get("fr.mo") is None


def test_nobody_else_on_the_machine_may_write_what_is_run(folder: Path):
    start()
    assert os.stat(folder).st_mode & 0o077 == 0
