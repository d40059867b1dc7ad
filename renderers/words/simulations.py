"""What a simulation found, in sentences and in the heads of its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from engine.language import Scheme
from renderers.catalogues import count, marked, plural, say
from renderers.words.counted import state_words
from renderers.words.figures import money, number

COUNTS: Mapping[str, tuple[str, str]] = {
    "newly_eligible": plural("%(num)s dossier newly eligible", "%(num)s dossiers newly eligible"),
    "newly_ineligible": plural("%(num)s dossier no longer eligible", "%(num)s dossiers no longer eligible"),
    "newly_unknown": plural(
        "%(num)s dossier no longer established", "%(num)s dossiers no longer established"
    ),
    "changed_amount": plural("%(num)s dossier with another amount", "%(num)s dossiers with another amount"),
    "unaffected": plural("%(num)s dossier unaffected", "%(num)s dossiers unaffected"),
}
KINDS: Mapping[str, str] = {
    "newly_eligible": marked("Newly eligible"),
    "newly_ineligible": marked("No longer eligible"),
    "newly_unknown": marked("No longer established"),
    "changed_amount": marked("Another amount"),
    "unaffected": marked("Unaffected"),
}
FLIPS: Mapping[str, str] = {
    "lets_in": marked("Lets in"),
    "keeps_out": marked("Keeps out"),
    "leaves_open": marked("Leaves open"),
    "lifted": marked("Holds now"),
    "raised": marked("No longer holds"),
}
MORE = marked("Cost: %(before)s before, %(after)s after, that is %(difference)s more.")
LESS = marked("Cost: %(before)s before, %(after)s after, that is %(difference)s less.")
SAME = marked("Cost: %(after)s, as before.")
UNKNOWN_FIELD = marked("There is no field “%(name)s” to break the figures down by: choose among %(known)s.")
NEAR_FIELD = marked(
    "There is no field “%(name)s” to break the figures down by; did you mean “%(suggestion)s”?"
)
PARTS = {
    "commune": marked("commune"),
    "postcode": marked("post code"),
    "department": marked("département"),
}
NOTHING = marked("none")
ELIGIBLE, INELIGIBLE, OPEN = marked("eligible"), marked("not eligible"), marked("not established")
YES, NO, UNANSWERED = marked("yes"), marked("no"), marked("not answered")


HEADLINE = marked("%(scheme)s, version %(version)s as it would be, beside %(against)s:")
DECIDED, NUMBERED = marked("what was decided"), marked("version %(number)s")
GENERATED = marked("Generated dossiers (seed %(seed)s), beside version %(number)s: they are nobody's.")
ANONYMISED = marked("%(number)s dossiers are anonymised: they can't be replayed.")
BY_RULE, BY_STATE, BY_VERSION = marked("By rule"), marked("By state"), marked("By version")
BY_FIELD = marked("By %(field)s")
DOSSIERS, DIFFERENCE = marked("Dossiers"), marked("Difference")
MORE_VALUES = marked("… and %(number)s more: --format json has them all.")

Part = TypeVar("Part")


class Costed(Protocol):
    """The figures of a simulation."""

    @property
    def cost_before(self) -> Decimal: ...
    @property
    def cost_after(self) -> Decimal: ...
    @property
    def difference(self) -> Decimal: ...


class Labelled(Protocol):
    """What the figures are broken down by."""

    def label(self, value: str, language: str) -> str: ...


def counted(kind: str, found: int, language: str) -> str:
    """`37 dossiers nouvellement éligibles`."""
    one, many = COUNTS[kind]
    return count(language, one, many, found, {"num": number(found, language)})


def cost_sentence(figures: Costed, language: str, currency: str = "EUR") -> str:
    """What the change costs."""
    difference = figures.difference
    message = MORE if difference > 0 else LESS if difference < 0 else SAME
    amounts = {"before": figures.cost_before, "after": figures.cost_after, "difference": abs(difference)}
    printed = {name: money(amount, language, currency) for name, amount in amounts.items()}
    return say(language, message, printed)


def signed(amount: Decimal, language: str, currency: str = "EUR") -> str:
    """A difference, its sign always written: `+37 000 €`."""
    return ("+" if amount > 0 else "") + money(amount, language, currency)


def truth(value: bool | None, language: str) -> str:
    """Whether somebody is eligible."""
    return say(language, OPEN if value is None else ELIGIBLE if value else INELIGIBLE)


def value_label(by: Labelled, value: str, language: str) -> str:
    """A value of what the figures are broken down by, as people read it."""
    own = {"": UNANSWERED, "true": YES, "false": NO}.get(value)
    return by.label(value, language) if own is None else say(language, own)


def by_state(scheme: Scheme, figures: Mapping[str, Part], language: str) -> dict[str, Part]:
    """Figures by the labels of their states, in the order of the workflow."""
    order = [*scheme.workflow.states, *figures]
    found = sorted(figures.items(), key=lambda pair: order.index(pair[0]))
    return {state_words(scheme, state, language): one for state, one in found}


def by_value(by: Labelled, figures: Mapping[str, Part], language: str) -> dict[str, Part]:
    """Figures by the labels of what they are broken down by."""
    return {value_label(by, value, language): one for value, one in figures.items()}


def unknown_dimension(name: str, known: Sequence[str], suggestion: str | None, language: str) -> str:
    """That nothing can be broken down by this name, and by which it can."""
    if suggestion is not None:
        return say(language, NEAR_FIELD, {"name": name, "suggestion": suggestion})
    names = ", ".join(known) or say(language, NOTHING)
    return say(language, UNKNOWN_FIELD, {"name": name, "known": names})
