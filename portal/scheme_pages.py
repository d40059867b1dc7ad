"""What the page of a scheme says: its summary, its dates, and what to have at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.services.views import Published
from engine.asked import read_answers
from engine.language.model import Contact, Legal, Privacy
from engine.organisation import Organisation
from renderers.documents import accepted_formats
from renderers.words import phrase


@dataclass(frozen=True, slots=True)
class ToPrepare:
    """What the form will ask for: a number to have at hand, or a document in one of these formats."""

    label: str
    optional: bool
    formats: str = ""


@dataclass(frozen=True, slots=True)
class SchemePage:
    """One scheme, before applying. `open` is "open", "not_yet" or "closed"; the days are local, both included."""

    slug: str
    title: str
    summary: str
    open: str
    opens: date | None
    closes: date | None
    pages: tuple[str, ...]
    to_prepare: tuple[ToPrepare, ...]
    at_hand: tuple[ToPrepare, ...]
    contact: Contact
    legal: Legal
    privacy: Privacy
    figures: bool = False


AT_HAND = ("siret", "siren", "rna", "vat", "nir", "iban", "bic")


def scheme_page(published: Published, language: str, now: datetime, organisation: Organisation) -> SchemePage:
    """The page of the version in force."""
    scheme = published.scheme
    reading = read_answers(scheme, {}, now=now, organisation=organisation)
    summary = scheme.summary.say(language, reading.values, reading.now, reading.zone)
    fields = scheme.fields.values()
    return SchemePage(
        slug=scheme.id,
        title=scheme.title.plain(language),
        summary=phrase(summary, language),
        open=published.open,
        opens=scheme.calendar.opens,
        closes=scheme.calendar.closes,
        pages=tuple(page.title.plain(language) for page in scheme.form.values() if page.when is None),
        to_prepare=tuple(
            ToPrepare(one.label.plain(language), one.optional, accepted_formats(one, language))
            for one in fields
            if one.kind == "file" and one.when is None
        ),
        at_hand=tuple(
            ToPrepare(one.label.plain(language), one.optional)
            for one in fields
            if one.kind in AT_HAND and one.when is None
        ),
        contact=scheme.contact,
        legal=scheme.legal,
        privacy=scheme.privacy,
        figures=bool(scheme.dashboard.public),
    )
