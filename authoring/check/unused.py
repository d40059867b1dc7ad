"""Lists, parameters and texts nothing uses; no word on how long the data are kept."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.check.whole import Whole
from engine.problems import Place, Problem


def check_unused(whole: Whole) -> Iterator[Problem]:
    """Warn for what nothing in the scheme names."""
    words = {word.removeprefix("texts/") for _, word in whole.words} | set(whole.scheme.messages)
    for name in whole.scheme.parameters:
        if name not in whole.names:
            yield whole.problem("unused_parameter", ("parameters", name), name=name)
    for name in whole.scheme.lists:
        is_own = f"lists/{name}.csv" in whole.bundle.files
        if is_own and name not in whole.names and name not in words:
            file = whole.bundle.name_of(f"lists/{name}.csv")
            yield Problem("unused_list", {"name": name}, Place(file, 1, 1), severity="warning")
    for name, versions in whole.scheme.texts.items():
        if name not in words:
            file = whole.bundle.name_of(f"texts/{name}.{next(iter(versions))}.md")
            yield Problem("unused_text", {"name": name}, Place(file, 1, 1), severity="warning")


def check_privacy(whole: Whole) -> Iterator[Problem]:
    """Warn for what would be kept for ever."""
    privacy, path = whole.scheme.privacy, ("privacy",)
    if privacy.keep is None:
        yield whole.problem("no_keep", path)
    if privacy.drafts is None:
        yield whole.problem("no_drafts", path)
