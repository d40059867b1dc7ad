"""How to appeal against a decision: the scheme's own text, filled in and shown on a page."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from engine.language.model import Scheme
from engine.organisation import Organisation
from renderers import blocks, variables
from renderers.links import Links


def appeal(
    scheme: Scheme,
    language: str,
    *,
    organisation: Organisation,
    links: Links,
    public_id: str = "",
    reference: str = "",
    decided_on: date | None = None,
    silence_on: date | None = None,
) -> Markup:
    """The text as HTML; empty when the scheme names none. Raises jinja2.TemplateError for a text check would refuse."""
    values: dict[str, object] = {
        "reference": reference,
        "public_id": public_id,
        "decided_on": decided_on.isoformat() if decided_on else None,
        "silence_on": silence_on.isoformat() if silence_on else None,
        "currency": organisation.currency,
    }
    values |= dict.fromkeys(("applicant", "email", "comment"), "")
    values |= dict.fromkeys(("filed_on", "deadline_on", "amount", "reason"))
    values |= {"reasons": [], "fields_to_correct": [], "answers": {}, "form": {}}
    around = variables.Circumstances(scheme, language, organisation, links)
    text = variables.known(values, around).get(variables.REMEDIES)
    return Markup() if text is None else blocks.html(str(text))
