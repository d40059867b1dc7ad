"""What the page of a scheme says: its summary, its dates, and what to have at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dossiers.services.views import Published
from engine.asked import read_answers
from engine.language.model import APPLICANT, Contact, Legal, Page, Privacy
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
    pages = [page for page in scheme.form.values() if _is_asked_of_all(page)]
    fields = [one for page in pages for one in page.fields.values() if one.when is None]
    return SchemePage(
        slug=scheme.id,
        title=scheme.title.plain(language),
        summary=phrase(summary, language),
        open=published.open,
        opens=scheme.calendar.opens,
        closes=scheme.calendar.closes,
        pages=tuple(page.title.plain(language) for page in pages),
        to_prepare=tuple(
            ToPrepare(one.label.plain(language), one.optional, accepted_formats(one, language))
            for one in fields
            if one.kind == "file"
        ),
        at_hand=tuple(
            ToPrepare(one.label.plain(language), one.optional) for one in fields if one.kind in AT_HAND
        ),
        contact=scheme.contact,
        legal=scheme.legal,
        privacy=scheme.privacy,
        figures=bool(scheme.dashboard.public),
    )


def _is_asked_of_all(page: Page) -> bool:
    """Whether every applicant fills the page in, once, and before they file: not another party, nor each row's."""
    return page.when is None and not page.later and not page.for_each and page.asked_of == APPLICANT
