"""An administrator who serves a scheme gets a dossier as a test, one click from its page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from authoring.check import check_bundle
from authoring.walkthrough import run
from dossiers.database import JournalEntry, SchemeVersion
from dossiers.services import accounts
from engine.language import Bundle

SLUG = "small-grant"


@pytest.fixture
def chief(bureau):
    """Administrator and supervisor."""
    email, password = "chief@fictif.example", "un mot de passe fictif"
    bureau.desk.act(
        accounts.add,
        email=email,
        name="Chief (fictif)",
        password=password,
        roles={SLUG: ["supervisor"]},
        administrator=True,
    )
    bureau.tokens["chief"] = bureau.desk.act(accounts.sign_in, email, password).session.token
    return bureau.as_("chief")


def test_test_is_one_click_from_the_dossier_and_passes_when_pasted(bureau, chief):
    public_id = bureau.filed(name="Vraimont")
    dossier = bureau.path(public_id)
    assert f'href="{dossier}/essai"' in chief.get(dossier).html
    page = chief.get(f"{dossier}/essai")
    assert page.status == 200 and "Vraimont" not in page.html
    [text] = re.findall(r"<code>(.*?)</code>", page.html, flags=re.S)
    with bureau.desk.office.database.reading() as session:
        files = session.scalars(select(SchemeVersion.files)).one()
        read = session.scalars(select(JournalEntry).where(JournalEntry.action == "read_as_test")).one()
    assert read.actor_name == "Chief (fictif)"
    pasted = f"{files['scheme.yaml']}\ntests:\n{unescape(text)}"
    [outcome] = run(check_bundle(Bundle({**files, "scheme.yaml": pasted})).scheme)
    assert outcome.passed, outcome.sentences


def test_others_find_neither_link_nor_page(bureau):
    dossier = bureau.path(bureau.filed())
    assert "/essai" not in bureau.as_("supervisor").get(dossier).html
    assert bureau.as_("supervisor").get(f"{dossier}/essai").status == 403
    assert bureau.as_("admin").get(f"{dossier}/essai").status == 404


def test_page_speaks_english_too(bureau, chief):
    page = bureau.as_("chief", "en").get(f"{bureau.path(bureau.filed())}/essai")
    assert "As a test of the scheme" in page.text
    assert "made of a dossier that came in: what is personal is invented" in page.text
