"""Simulation and re-examination in the back office: figures, flips, and a campaign begun on what was shown."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from dossiers.database import JournalEntry
from dossiers.services import drafts, publication
from dossiers.worker import Worker
from engine.language import Bundle
from tests.admin.conftest import bundle

SIMULATION = "/bureau/dispositifs/small-grant/simulation"
REEXAMINATION = "/bureau/dispositifs/small-grant/reexamen"
AGAIN = """    reconsider:
      label: {fr: "Réexaminer", en: "Reconsider"}
      from: refused
      to: in_review
      by: supervisor
      comment: required
      effects: [{mail: acknowledgement}]
    pay:"""


def ceiling(at: int) -> Bundle:
    """The small grant with another ceiling of income, and a way back for what was refused."""
    files = dict(bundle().files)
    yaml = files["scheme.yaml"].replace("income <= 50000", f"income <= {at}").replace("    pay:", AGAIN, 1)
    return Bundle({**files, "scheme.yaml": yaml})


@pytest.fixture
def narrowed(bureau: Any) -> tuple[Any, str, str]:
    """One dossier under the new ceiling of 20 000 €, one over it, which the supervisor refused."""
    below, above = bureau.filed(1), bureau.filed(2, income="30 000")
    bureau.desk.act(publication.publish, ceiling(20_000), "Sylvie (fictive)")
    person = bureau.as_("supervisor")
    address = bureau.path(above)
    assert person.post(f"{address}/actions/refuse", seen=address, comment_="Plafond dépassé.").status == 303
    return bureau, below, above


def figures(page: Any) -> dict[str, int]:
    pairs = re.findall(r"<div><dt>([^<]+)</dt><dd>([^<]+)</dd></div>", page.html)
    return {name: int(value) for name, value in pairs if value.isdigit()}


def plain(page: Any) -> str:
    """The text, its no-break spaces as any other."""
    return " ".join(re.split(r"[ \xa0\u202f]", page.text))


def journal(bureau: Any, action: str) -> list[JournalEntry]:
    with bureau.desk.office.database.reading() as session:
        return list(session.scalars(select(JournalEntry).where(JournalEntry.action == action)))


def test_figures_tables_and_the_dossiers_that_flip_with_the_rule_are_shown(narrowed):
    bureau, below, above = narrowed
    page = bureau.as_("supervisor").get(f"{SIMULATION}?version=2&par=resident&genre=newly_ineligible")
    assert page.status == 200
    assert figures(page) == {
        "Deviennent éligibles": 0,
        "Ne sont plus éligibles": 1,
        "Ne sont plus établis": 0,
        "Autre montant": 0,
        "Sans changement": 1,
    }
    assert bureau.path(above) in page.html and bureau.path(below) not in page.html
    assert "poor_enough" in page.text and "(30 000 €) dépasse" in plain(page)
    assert "Coût : 2 000 € avant, 1 000 € après, soit 1 000 € de moins." in plain(page)
    assert " style=" not in page.html


def test_each_reading_is_journalled_and_the_empty_form_is_none(narrowed):
    bureau, _, _ = narrowed
    bureau.as_("supervisor").get(SIMULATION)
    assert journal(bureau, "simulated") == []
    bureau.as_("supervisor").get(f"{SIMULATION}?version=2&contre=1")
    [entry] = journal(bureau, "simulated")
    assert (entry.stream, entry.payload) == ("scheme:small-grant", {"version": 2, "against": 1})


def test_simulation_is_for_administrators_and_for_who_decides(narrowed):
    bureau, _, above = narrowed
    for role in ("hotline", "instructor", "accountant", "idle"):
        assert bureau.as_(role).get(f"{SIMULATION}?version=2").status == 404, role
        assert bureau.as_(role).get(REEXAMINATION).status == 404, role
    page = bureau.as_("admin").get(f"{SIMULATION}?version=2&genre=newly_ineligible")
    assert page.status == 200 and "30 000" not in plain(page)
    assert bureau.path(above) not in page.html  # no role in the scheme: the figures, not the dossiers


def write(bureau: Any, yaml: str) -> None:
    """The administrator saves another text of the scheme."""
    bureau.desk.act(drafts.bring_in, None, Bundle({**bundle().files, "scheme.yaml": yaml}))


def test_text_being_written_is_replayed_before_it_is_published(narrowed):
    bureau, _, _ = narrowed
    admin = bureau.as_("admin")
    assert "Le texte en cours" not in admin.get(SIMULATION).text  # none was saved
    write(bureau, ceiling(40_000).files["scheme.yaml"])
    assert SIMULATION in admin.get("/bureau/dispositifs/small-grant/atelier").html
    page = admin.get(SIMULATION)
    assert "Le texte en cours d’écriture" in page.text and 'value="3" selected' in page.html
    page = admin.get(f"{SIMULATION}?version=3&contre=2")
    assert figures(page)["Deviennent éligibles"] == 1
    assert [entry.payload for entry in journal(bureau, "simulated")] == [{"version": 3, "against": 2}]
    assert len(bureau.desk.read(publication.versions, "small-grant")) == 2  # nothing was published by looking


def test_text_being_written_is_replayed_for_administrators_alone_and_only_without_errors(narrowed):
    bureau, _, _ = narrowed
    write(bureau, ceiling(40_000).files["scheme.yaml"])
    assert "Le texte en cours" not in bureau.as_("supervisor").get(SIMULATION).text
    assert bureau.as_("supervisor").get(f"{SIMULATION}?version=3").status == 404
    write(bureau, "scheme: small-grant\nform: {}\n")
    assert "Le texte en cours" not in bureau.as_("admin").get(SIMULATION).text
    assert bureau.as_("admin").get(f"{SIMULATION}?version=3").status == 404
    write(bureau, ceiling(20_000).files["scheme.yaml"])  # the version in force
    assert "Le texte en cours" not in bureau.as_("admin").get(SIMULATION).text


@pytest.mark.parametrize("query", ["version=9", "version=2&contre=9"])
def test_version_nobody_published_is_not_found(narrowed, query):
    assert narrowed[0].as_("supervisor").get(f"{SIMULATION}?{query}").status == 404


def test_what_makes_no_sense_in_the_address_is_let_alone(narrowed):
    page = narrowed[0].as_("supervisor").get(f"{SIMULATION}?version=2&par=iban&genre=x&page=zz&contre=%E2")
    assert page.status == 200 and "Sans changement" in page.text


def test_refused_dossier_is_taken_up_again_from_the_page_and_the_campaign_is_shown(narrowed):
    bureau, _, above = narrowed
    bureau.desk.act(publication.publish, ceiling(40_000), "Sylvie (fictive)")
    person = bureau.as_("supervisor")
    page = person.get(f"{REEXAMINATION}?contre=2")
    assert figures(page) == {"Réexaminés": 1, "Deviennent éligibles": 1, "Laissés tels quels": 0}
    seen = f"{REEXAMINATION}?contre=2"
    sent = {"expected": "1", "contre": "2", "action": "reconsider"}
    slip = person.post(REEXAMINATION, seen=seen, comment=" ", **sent)
    assert slip.status == 422 and "commentaire" in slip.text
    stale = person.post(REEXAMINATION, seen=seen, comment="Règles élargies.", **{**sent, "expected": "5"})
    assert stale.status == 422 and "Les chiffres ont changé" in stale.text
    assert person.post(REEXAMINATION, seen=seen, comment="Règles élargies.", **sent).status == 303
    again = person.post(REEXAMINATION, seen=seen, comment="Règles élargies.", **sent)
    assert again.status == 422 and "Une autre campagne" in again.text
    worker = Worker(bureau.desk.office)
    while worker.run_once():
        pass
    page = person.get(REEXAMINATION)
    assert "Réexamens menés" in page.text
    [campaign] = re.findall(r"/campagnes/[^\"]+", bureau.as_("admin").get(REEXAMINATION).html)
    shown = bureau.as_("admin").get(f"/bureau/dispositifs/small-grant{campaign}")
    assert shown.status == 200 and "Supervisor (fictif)" in shown.text and "Actor(" not in shown.text
    dossier = person.get(bureau.path(above)).text
    assert "Réexaminé selon la version 3 des règles" in dossier and "En instruction" in dossier


def test_scheme_without_a_way_back_says_so(bureau):
    page = bureau.as_("supervisor").get(REEXAMINATION)
    assert page.status == 200 and "Dites par quelle action" in page.text


def test_list_of_dossiers_and_of_schemes_lead_there(bureau):
    bureau.filed(1)
    assert SIMULATION in bureau.as_("supervisor").get("/bureau/small-grant/").html
    assert REEXAMINATION not in bureau.as_("instructor").get("/bureau/small-grant/").html
    assert SIMULATION in bureau.as_("admin").get("/bureau/dispositifs").html


def test_pages_speak_english_too(narrowed):
    bureau, _, _ = narrowed
    assert "Simulate other rules" in bureau.as_("supervisor", "en").get(f"{SIMULATION}?version=2").text
    assert "Re-examine what was refused" in bureau.as_("supervisor", "en").get(REEXAMINATION).text
