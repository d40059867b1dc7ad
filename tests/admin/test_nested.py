"""Rows in the rows of a repeat, as the office reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Dossier, SearchWord
from dossiers.services import accounts, applications, publication
from dossiers.tokens import stem
from engine.language import Bundle
from tests.admin.conftest import PASSWORD, Person

PROJECTS = Path(__file__).parents[1] / "fixtures" / "projects.yaml"
HIDDEN = ("{type: money, label: Prix, min: 0}", "{type: money, label: Prix, min: 0, hide_from: [accountant]}")
ROLES = ("roles: {instructor:", "roles: {accountant: {label: Compta, may: [search, view]}, instructor:")
FORM = {
    "projects-0": ["row"],
    "projects-0-title": ["Fête"],
    "projects-0-lines-0": ["row"],
    "projects-0-lines-0-what": ["Scène"],
    "projects-0-lines-0-price": ["81"],
    "projects-0-lines-0-granted": ["no"],
}


@pytest.fixture
def filed(bureau):
    """The address of a filed dossier."""
    return file(bureau, *HIDDEN)


def file(bureau, old, new):
    """File a dossier of the scheme of projects with a text of it replaced; its address."""
    text = PROJECTS.read_text(encoding="utf-8").replace(old, new).replace(*ROLES)
    bureau.desk.act(publication.publish, Bundle({"scheme.yaml": text}), "Sylvie (fictive)")
    act = bureau.desk.act
    begun = act(applications.start, access.anonymous(), "projects", email="ada@fictif.example", language="fr")
    with bureau.desk.office.database.reading() as session:
        [id] = session.scalars(select(Dossier.id).where(Dossier.public_id == begun.public_id))
    viewer = Viewer("applicant", dossiers=frozenset({id}), language="fr")
    act(applications.save_page, viewer, begun.public_id, "about", form=FORM)
    act(applications.submit, viewer, begun.public_id)
    return f"/bureau/projects/{begun.public_id}"


def member(bureau, role):
    """Somebody of this role, signed in."""
    email = f"{role}@projets.example"
    bureau.desk.act(accounts.add, email=email, name=role, password=PASSWORD, roles={"projects": [role]})
    token = bureau.desk.act(accounts.sign_in, email, PASSWORD).session.token
    client = bureau.app.test_client()
    client.set_cookie("guichet_language", "fr")
    client.set_cookie("guichet_office", token, path="/bureau")
    return Person(client)


def test_office_reads_the_rows_of_each_row(bureau, filed):
    page = member(bureau, "instructor").get(filed)
    assert "Poste : Scène Prix : 81 €" in page.text


def words_kept(bureau):
    """The words dossiers are found by."""
    with bureau.desk.office.database.reading() as session:
        return set(session.scalars(select(SearchWord.word)))


@pytest.mark.parametrize("secret", ["sensitive: true", "hide_from: [accountant]"])
def test_no_dossier_is_found_by_inner_rows_of_which_something_is_kept_apart(bureau, secret):
    file(bureau, "label: Poste}", f"label: Poste, {secret}}}")
    assert stem("scene") not in words_kept(bureau)


def test_dossier_is_found_by_the_words_of_its_inner_rows(bureau):
    file(bureau, "sensible", "sensible")
    assert stem("scene") in words_kept(bureau)


def test_what_is_hidden_of_inner_rows_is_hidden_with_all_that_is_computed_from_it(bureau, filed):
    page = member(bureau, "accountant").get(filed)
    assert "Poste : Scène Prix : Masqué" in page.text
    assert "Montant : Masqué" in page.text and "81 €" not in page.text
