"""The national form of published subsidies: a right row passes, each thing that may be wrong is found and named."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from renderers import scdl
from tests.fixtures.requirements import lacking

# invented, with SIRET numbers whose digits check
RIGHT = {
    "nomAttribuant": "Ville (fictive)",
    "idAttribuant": "21060004500392",
    "dateConvention": "2020-05-05",
    "referenceDecision": "PA-2020-0001",
    "nomBeneficiaire": "Association (fictive)",
    "idBeneficiaire": "73282932000074",
    "rnaBeneficiaire": "W333216789",
    "objet": "Fonctionnement",
    "montant": "30000.00",
    "nature": "aide en numéraire",
    "conditionsVersement": "unique",
    "datesPeriodeVersement": "2020-06-01/2020-09-01",
    "idRAE": "",
    "notificationUE": "non",
    "pourcentageSubvention": "1.00",
    "dispositifAide": "",
}
WRONG = (
    ("nomAttribuant", "", "missing"),
    ("idAttribuant", "2106000450039", "wrong_form"),
    ("idAttribuant", "21060004500393", "bad_siret"),
    ("dateConvention", "05/05/2020", "not_a_date"),
    ("dateConvention", "2020-02-30", "not_a_date"),
    ("idBeneficiaire", "73282932000075", "bad_siret"),
    ("rnaBeneficiaire", "333216789", "wrong_form"),
    ("objet", "x" * 257, "too_long"),
    ("montant", "30 000,00", "not_a_number"),
    ("montant", "", "missing"),
    ("nature", "en nature", "not_one_of"),
    ("conditionsVersement", "x" * 257, "too_long"),
    ("datesPeriodeVersement", "2020-06-01_2020-09-01", "wrong_form"),
    ("idRAE", "123456", "too_long"),
    ("notificationUE", "false", "not_yes_no"),
    ("pourcentageSubvention", "0", "too_small"),
    ("pourcentageSubvention", "100", "too_great"),
)


def file_of(*rows, heads=scdl.NAMES):
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([heads, *([row.get(name, "") for name in heads] for row in rows)])
    return text.getvalue()


def test_right_file_passes():
    assert (
        scdl.check_file(file_of(RIGHT, RIGHT | {"idBeneficiaire": ""}, RIGHT | {"rnaBeneficiaire": ""})) == []
    )


@pytest.mark.parametrize(("column", "cell", "code"), WRONG)
def test_each_slip_is_found_where_it_stands(column, cell, code):
    assert scdl.check_file(file_of(RIGHT, RIGHT | {column: cell})) == [scdl.Slip(2, column, code)]


def test_one_of_the_two_numbers_is_needed():
    found = scdl.check_file(file_of(RIGHT | {"idBeneficiaire": "", "rnaBeneficiaire": ""}))
    assert found == [scdl.Slip(1, "idBeneficiaire", "no_number")]


@pytest.mark.parametrize(
    ("heads", "slips"),
    [
        (scdl.NAMES[:-1], [("dispositifAide", "column_missing")]),
        ((*scdl.NAMES, "autre"), [("autre", "column_unknown")]),
        ((*scdl.NAMES, "montant"), [("montant", "column_twice")]),
        (
            (scdl.NAMES[1], scdl.NAMES[0], *scdl.NAMES[2:]),
            [("idAttribuant", "column_misplaced"), ("nomAttribuant", "column_misplaced")],
        ),
    ],
)
def test_heads_are_those_of_the_form(heads, slips):
    assert [(one.column, one.code) for one in scdl.check_file(file_of(RIGHT, heads=heads))] == slips


def test_published_schema_says_the_same_and_its_example_passes():
    """The published files don't travel with the sources: GUICHET_SCDL names a folder with schema.json and exemple_valide.csv."""
    if not (named := os.environ.get("GUICHET_SCDL")):
        lacking("scdl", "set GUICHET_SCDL to a folder with the published schema.json and exemple_valide.csv")
    folder = Path(named)
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    assert (schema["version"], [one["name"] for one in schema["fields"]]) == (scdl.VERSION, list(scdl.NAMES))
    for one, ours in zip(schema["fields"], scdl.COLUMNS, strict=True):
        said = one.get("constraints", {})
        assert said.get("required", False) == ours.required
        assert said.get("maxLength", 0) == ours.longest and tuple(said.get("enum", ())) == ours.among
        assert (said.get("minimum"), said.get("maximum")) == tuple(
            None if bound is None else float(bound) for bound in (ours.least, ours.most)
        )
    rows = (folder / "exemple_valide.csv").read_text(encoding="utf-8")
    assert scdl.check_file(rows) == []
    heads, *lines = csv.reader(io.StringIO(rows))
    for column, cell, code in WRONG:
        changed = [dict(zip(heads, lines[0], strict=True)) | {column: cell}]
        assert scdl.Slip(1, column, code) in scdl.check_file(file_of(*changed)), (column, code)
