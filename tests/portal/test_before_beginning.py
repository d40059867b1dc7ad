"""What the page of a scheme tells to have at hand, before one begins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from engine.language import load_scheme
from engine.organisation import Organisation
from portal.scheme_pages import scheme_page

EXAMPLES = Path(__file__).parents[2] / "examples"
NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
TOWN = Organisation(name="Commune (fictive)", zone=ZoneInfo("Europe/Paris"))


def page_of(name: str):
    published = SimpleNamespace(scheme=load_scheme(EXAMPLES / name), open="open")
    return scheme_page(published, "fr", NOW, TOWN)


@pytest.mark.parametrize(
    ("example", "pages", "at_hand", "documents"),
    [
        (
            "joint-renovation-grant",
            3,
            ["Votre compte (IBAN)"],
            ["Devis"],
        ),  # not the tax notice of the other owner
        ("works-grant", 2, ["Numéro SIRET", "IBAN de l'entreprise"], []),  # not the invoices of the report
    ],
)
def test_only_what_every_applicant_is_asked_before_filing_is_told(example, pages, at_hand, documents):
    page = page_of(example)
    assert len(page.pages) == pages
    assert [one.label for one in page.at_hand] == at_hand
    assert [one.label for one in page.to_prepare] == documents


def test_what_may_stay_blank_is_told_so():
    page = page_of("association-grant")
    assert {one.label: one.optional for one in page.at_hand}["Numéro SIRET"] is False
    assert len(page.pages) == 8, "the pages of each project depend on the projects"
