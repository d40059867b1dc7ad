"""Files for banks: valid by the ISO's own schemas, the same however often they are made."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from engine.organisation import Organisation
from renderers import sepa, statement
from renderers.pdf import pdf

# published examples of accounts, and invented people
ACCOUNTS = ("FR7630006000011234567890189", "FR7630004000031234567890143", "FR1420041010050500013M02606")
NAMES = ("Élodie Châtel-Guéry", "Œuvre d’Àlès & Cie", "=1+1")
ABOUT = ("PA-2020-0001 Petite aide", "PA-2020-0002 Aide « d'urgence » n° 2", "x" * 300)


def order(bic: str) -> sepa.Order:
    transfers = [
        sepa.Transfer(f"PA-2020-{number}", *one, 50_000 + number, about)
        for number, (one, about) in enumerate(zip(zip(NAMES, ACCOUNTS, strict=True), ABOUT, strict=True))
    ]
    at = datetime(2020, 5, 12, 10, tzinfo=UTC)
    return sepa.Order(
        "small-grant-1", at, "Département (fictif)", ACCOUNTS[0], bic, date(2020, 5, 14), "EUR", transfers
    )


@pytest.mark.parametrize("bic", ["", "AGRIFRPP"])
@pytest.mark.parametrize("form", sepa.FORMS)
def test_file_is_valid_by_the_schema_of_iso(form, bic):
    """The schemas are those that the library sepaxml brings along."""
    path = files("sepaxml").joinpath("schemas", f"pain.001.001.{form}.xsd")
    schema = etree.XMLSchema(etree.fromstring(path.read_bytes()))
    found = sepa.pain(order(bic), form)
    schema.assertValid(etree.fromstring(found))
    assert found == sepa.pain(order(bic), form)
    assert b"<CtrlSum>1500.03</CtrlSum>" in found
    assert "Elodie Chatel-Guery" in found.decode() and "OEuvre d'Ales Cie" in found.decode()


def made() -> statement.Statement:
    lines = [
        statement.StatementLine(about[:12], name, "Petite aide", account, Decimal("500.5"))
        for name, account, about in zip(NAMES, ACCOUNTS, ABOUT, strict=True)
    ]
    at = datetime(2020, 5, 12, 10, tzinfo=UTC)
    return statement.Statement(3, "Petite aide", "EUR", "Ada (fictive)", "Noé (fictif)", at, lines)


def test_statement_opens_in_a_spreadsheet_and_runs_nothing_there():
    text = statement.as_csv(made(), "fr").decode("utf-8-sig")
    assert text.splitlines()[:2] == [
        "Dossier;Bénéficiaire;Objet;IBAN;Montant",
        f"PA-2020-0001;Élodie Châtel-Guéry;Petite aide;{ACCOUNTS[0]};500,50",
    ]
    assert ";'=1+1;" in text


def test_statement_is_printed_with_its_total_and_who_made_it():
    organisation = Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris"))
    paper = statement.as_paper(made(), "fr", organisation)
    assert paper.title == "État nominatif, lot de paiement n°\u00a03"
    [table] = [block for block in paper.body if block["kind"] == "table"]
    assert table["rows"][1][3] == [{"text": "FR76 3000 6000 0112 3456 7890 189".replace(" ", "\u00a0")}]
    said = [run["text"] for block in paper.body if block["kind"] == "paragraph" for run in block["runs"]]
    assert said[0].replace("\u202f", " ").replace("\u00a0", " ") == "Total : 3 paiements, 1 501,50 €"
    assert said[1] == "Préparé par Ada (fictive), validé par Noé (fictif) le 12 mai 2020."
    assert pdf(paper).startswith(b"%PDF")
