"""What a re-examination would do and did, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from renderers.catalogues import count, marked, plural
from renderers.words.campaigns import reason_sentence

SENTENCES = {
    "refused": plural(
        "%(num)s refused dossier is judged again under version %(version)s.",
        "%(num)s refused dossiers are judged again under version %(version)s.",
    ),
    "eligible": plural(
        "%(num)s is newly eligible, for %(cost)s: “%(action)s” is done on it.",
        "%(num)s are newly eligible, for %(cost)s: “%(action)s” is done on them.",
    ),
    "done": plural("%(num)s dossier was taken up again.", "%(num)s dossiers were taken up again."),
    "skipped": plural("%(num)s was left as it was.", "%(num)s were left as they were."),
    "refusals": plural(
        "%(num)s could not be taken up: %(codes)s.", "%(num)s could not be taken up: %(codes)s."
    ),
}
SILENT = marked(
    "This action writes to nobody: give it a mail or a letter in the scheme first, if people are to know."
)
GO_ON = marked("Go on?")
RESUMED = marked("A re-examination begun by %(who)s is under way: it goes on where it stopped.")
LEFT = ("not_newly_eligible", "not_refused_any_more", "anonymised", "cancelled")  # the rest are refusals


def counted(which: str, number: int, language: str, params: Mapping[str, object]) -> str:
    """One of the sentences, in the plural the language asks for."""
    one, many = SENTENCES[which]
    return count(language, one, many, number, {"num": number, **params})


def refusals(codes: Mapping[str, int], language: str) -> str:
    """Why some could not be taken up, each reason with how many."""
    found = {code: number for code, number in codes.items() if code not in LEFT}
    told = {reason_sentence(code, language).rstrip("."): number for code, number in found.items()}
    return ", ".join(f"{reason} ({number})" for reason, number in told.items())
