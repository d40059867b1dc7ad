"""Why people call the hotline, in words: a site's own list (`[motives]` of its settings), or this one."""

from __future__ import annotations

from collections.abc import Mapping

from renderers.catalogues import marked, say

MOTIVES: Mapping[str, str] = {
    "progress": marked("Where the application stands"),
    "missing": marked("What is missing or to be corrected"),
    "form": marked("Help with the form"),
    "link": marked("A link or a mail that didn't come"),
    "decision": marked("The decision, and how to contest it"),
    "payment": marked("The payment"),
    "other": marked("Something else"),
}


def motives_of(declared: Mapping[str, str]) -> tuple[str, ...]:
    """The codes to choose among, in order."""
    return tuple(declared or MOTIVES)


def motive_words(code: str, declared: Mapping[str, str], language: str) -> str:
    """A motive as people read it. A site writes "French | English"; a code no longer declared is its own name."""
    if code in declared:
        french, _, english = (part.strip() for part in declared[code].partition("|"))
        return english if language != "fr" and english else french
    return say(language, MOTIVES[code]) if code in MOTIVES else code
