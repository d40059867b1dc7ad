"""The page of exports: from a list to its file, in the pages of who may; nobody else finds it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from dossiers.database import SchemeVersion
from dossiers.services import publication
from dossiers.worker import Worker
from engine.language import Bundle

PAGE = "/bureau/small-grant/exports"
MAY = (
    'en: "Supervisor"}, may: [search, view, note, message]',
    'en: "Supervisor"}, may: [search, view, export]',
)


@pytest.fixture
def exporting(bureau):
    """The small grant, whose supervisor may export."""
    with bureau.desk.office.database.reading() as session:
        files = dict(session.scalars(select(SchemeVersion.files)).one())
    assert MAY[0] in files["scheme.yaml"]
    files["scheme.yaml"] = files["scheme.yaml"].replace(*MAY)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    return bureau


def test_list_is_exported_as_it_is_narrowed_and_its_file_taken(exporting):
    for number in (1, 2):
        exporting.filed(number)
    theirs = exporting.as_("supervisor")
    inbox = theirs.get("/bureau/small-grant/?q=PA-2020-0002").html
    [address] = re.findall(rf'href="({PAGE}\?liste=[^"]+)"', inbox)
    asked = theirs.get(address)
    assert "telle que vous l’avez restreinte" in asked.text and "Toutes les réponses" in asked.text
    [list] = re.findall(r'name="liste" value="([^"]*)"', asked.html)
    assert theirs.post(PAGE, seen=PAGE, quoi="list", format="csv", mots="1", liste=list).status == 303
    assert "En préparation" in theirs.get(PAGE).text
    Worker(exporting.desk.office, kinds=["export"]).run_all()
    page = theirs.get(PAGE)
    assert "Prêt Lignes" in page.text or ("Prêt 1" in page.text and "liste restreinte" in page.text)
    [file] = re.findall(rf'href="({PAGE}/[^"]+/fichier)"', page.html)
    taken = theirs.client.get(file)
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert [line.split(";")[0] for line in taken.get_data().decode("utf-8-sig").splitlines()] == [
        "Dossier",
        "PA-2020-0002",
    ]
    assert exporting.as_("instructor").get(file).status == 404
    assert exporting.as_("instructor").get(PAGE).status == 404
    assert "exports" not in exporting.as_("instructor").get("/bureau/small-grant/").html
    erase = file.replace("fichier", "effacer")
    assert theirs.post(erase, seen=PAGE).status == 303
    assert "Erased" in exporting.as_("supervisor", "en").get(PAGE).text
    assert theirs.client.get(file).status_code == 303
    assert theirs.client.get("/aides/small-grant/subventions.csv").status_code == 404
