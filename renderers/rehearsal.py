"""The mark of a rehearsal, in words: before the title of what it sends and prints, and as a sentence on it."""

from __future__ import annotations

from engine.organisation import Organisation
from renderers.catalogues import marked, say

TITLE = marked("[Rehearsal] %(title)s")
NOTICE = marked("Rehearsal: this is an exercise. It gives no right and has no effect.")


def titled(title: str, organisation: Organisation, language: str) -> str:
    """The title of a mail or of a paper; behind the mark in a rehearsal."""
    return say(language, TITLE, {"title": title}) if organisation.rehearsal else title


def notice(organisation: Organisation, language: str) -> str:
    """What stands on a mail or a paper of a rehearsal; "" on a real one."""
    return say(language, NOTICE) if organisation.rehearsal else ""
