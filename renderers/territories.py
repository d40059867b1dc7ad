"""What is offered where a place is asked: every country and department in a select, the communes one may mean."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup, escape

from engine.kinds.commune import MOST, offered
from engine.kinds.typed import latin_digits
from engine.places import begun, departments
from renderers.choices import Search
from renderers.options import Choice
from renderers.words.territories import countries

SELECTS = frozenset({"country", "department"})


def options_html(kind: str, language: str, chosen: str) -> Markup:
    """The <option> elements of a list that comes with Guichet; written once, then only the chosen one is marked."""
    value = f'<option value="{escape(chosen)}"'
    return Markup(_all(kind, language).replace(f"{value}>", f"{value} selected>", 1))


@cache
def _all(kind: str, language: str) -> str:
    named = (
        countries(language)
        if kind == "country"
        else {code: f"{code} – {one.name}" for code, one in departments().items()}
    )
    return "".join(f'<option value="{code}">{escape(name)}</option>' for code, name in named.items())


def communes_found(typed: str) -> Search:
    """The communes a text finds while it is typed; what is put in its line is what the server reads again."""
    found = begun(latin_digits(typed))
    shown = tuple(
        Choice(one.code, one.label, chosen=False, hint=", ".join(one.postcodes[:3])) for one in found[:MOST]
    )
    return Search(typed, "", shown, more=len(found) > MOST, source="")


def communes_meant(typed: str, picked: str) -> tuple[Choice, ...]:
    """The communes to pick among for what was typed, each with its department and post codes."""
    return tuple(
        Choice(one.code, ", ".join((one.label, *one.postcodes[:3])), one.code == picked)
        for one in offered(typed)
    )
