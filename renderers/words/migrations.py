"""What moving dossiers to a newer version comes to, in sentences: line by line, then who flips and what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from engine.language.model import Scheme
from renderers.catalogues import count, marked, plural, say
from renderers.words.figures import money, number
from renderers.words.phrases import enumeration

LINE, LINE_OF_NONE = (
    marked("%(name)s: %(dossiers)s (%(states)s), %(becomes)s"),
    marked("%(name)s: %(dossiers)s, %(becomes)s"),
)
TAKES = marked("take version %(number)s")
KEEPS = marked("keep the version they follow")
NO_LINE = marked("no line fits")
DOSSIERS = plural("%(num)s dossier", "%(num)s dossiers")
FLIPS: Mapping[str, tuple[str, str]] = {
    "unaffected": plural("%(num)s unaffected", "%(num)s unaffected"),
    "newly_eligible": plural("%(num)s newly eligible", "%(num)s newly eligible"),
    "newly_ineligible": plural("%(num)s newly ineligible", "%(num)s newly ineligible"),
    "newly_unknown": plural("%(num)s no longer established", "%(num)s no longer established"),
}
AMOUNTS = marked(
    "The computed amount rises for %(up)s, falls for %(down)s and stays for %(same)s: %(was)s before, %(now)s after."
)
DRAFTS = plural("%(num)s draft follows already.", "%(num)s drafts follow already.")


class LineFigures(Protocol):
    """One line with its dossiers."""

    @property
    def line(self) -> str | None: ...
    @property
    def takes(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def states(self) -> Mapping[str, int]: ...


class Figures(Protocol):
    """The figures of a preview, or of a campaign."""

    @property
    def number(self) -> int: ...
    @property
    def lines(self) -> Sequence[LineFigures]: ...
    @property
    def flips(self) -> Mapping[str, int]: ...
    @property
    def amounts(self) -> Mapping[str, int]: ...
    @property
    def cents(self) -> tuple[int, int]: ...


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One line as people read it: its name, what becomes of its dossiers, how many, in which states."""

    name: str
    becomes: str
    dossiers: str
    states: str


def migration_lines(figures: Figures, scheme: Scheme, language: str) -> tuple[ToldLine, ...]:
    """The lines of the migration, in the order of the file."""
    return tuple(_line(one, figures.number, scheme, language) for one in figures.lines)


def line_sentence(line: ToldLine, language: str) -> str:
    """One line with its dossiers by state and what becomes of them."""
    told = {"name": line.name, "dossiers": line.dossiers, "states": line.states, "becomes": line.becomes}
    return say(language, LINE if line.states else LINE_OF_NONE, told)


def flips_sentence(figures: Figures, language: str) -> str:
    """Who flips: `412 unaffected, 37 newly eligible and 3 newly ineligible`."""
    told = [
        count(language, *FLIPS[name], held, {"num": number(held, language)})
        for name, held in figures.flips.items()
        if held or name != "newly_unknown"
    ]
    return enumeration(told, language)


def amounts_sentence(figures: Figures, currency: str, language: str) -> str:
    """What becomes of the computed amounts, and what they come to."""
    told = {name: number(held, language) for name, held in figures.amounts.items()}
    was, now = (money(Decimal(cents).scaleb(-2), language, currency) for cents in figures.cents)
    return say(language, AMOUNTS, told | {"was": was, "now": now})


def drafts_sentence(drafts: int, language: str) -> str:
    """How many drafts follow by themselves."""
    return count(language, *DRAFTS, drafts, {"num": number(drafts, language)})


def _line(one: LineFigures, version: int, scheme: Scheme, language: str) -> ToldLine:
    states = scheme.workflow.states
    held = (
        f"{states[id].label.plain(language) if id in states else id} {number(figure, language)}"
        for id, figure in one.states.items()
    )
    becomes = say(language, TAKES, {"number": version}) if one.takes == "new" else say(language, KEEPS)
    dossiers = count(language, *DOSSIERS, one.count, {"num": number(one.count, language)})
    return ToldLine(one.line or say(language, NO_LINE), becomes, dossiers, ", ".join(held))
