"""Open data: what is over the threshold, of nobody who must not be published, in a file that passes its own checks."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from dossiers.changes import amounts
from dossiers.database import Dossier
from dossiers.services import applications, casework, exports, publication
from dossiers.services.export_plans import Asked
from dossiers.services.open_data import OPEN_DATA
from dossiers.services.refusals import NotFound
from dossiers.worker import Worker
from renderers import scdl

SLUG = "small-grant"
OPEN = """open_data:
  granted_by: {name: "Ville (fictive)", siret: "21060004500392"}
  states: accepted
  beneficiary: {name: legal_name, siret: company}
  object: "Aide à {legal_name}"
  except: legal_form = "sole_trader"
  public: true
eligibility:
"""
FIELDS = """      legal_name: {type: text, optional: true, label: {fr: "Raison sociale", en: "Legal name"}}
      company: {type: siret, optional: true, label: {fr: "SIRET publié", en: "SIRET published"}}
      legal_form: {type: choice, optional: true, label: {fr: "Forme", en: "Form"}, options: {association: {fr: Association, en: Association}, sole_trader: {fr: Entrepreneur individuel, en: Sole trader}}}
"""
CHANGES = (
    (
        'en: "Supervisor"}, may: [search, view, note, message]',
        'en: "Supervisor"}, may: [search, view, export]',
    ),
    ('rows: [["< 2000", 1500], ["-", 1000]]', 'rows: [["< 2000", 1500], ["< 20000", 23000], ["-", 23000.5]]'),
    ("      iban: {", f"{FIELDS}      iban: {{"),
    ("eligibility:\n", OPEN),
)


@pytest.fixture
def granting(site, small):
    """The small grant with open data."""
    site.act(publication.publish, small(*CHANGES), "Sylvie (fictive)")
    return site


def granted(site, number, income="30 000", **answers):
    """A dossier accepted, whose beneficiary is said by these answers."""
    viewer, public_id = site.begin(f"d{number}@fictif.example")
    site.fill(viewer, public_id, siret=site.siret(number), income=income)
    site.save(viewer, public_id, "payment", asked=set(answers), **answers)
    site.act(applications.submit, viewer, public_id)
    site.fire("instructor", public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    site.fire("supervisor", public_id, "accept")


def made(site, role="supervisor"):
    """The file of open data: its export and its bytes."""
    id = site.act(exports.ask, site.staff[role], SLUG, Asked(OPEN_DATA, "csv"))
    Worker(site.desk.office, kinds=["export"]).run_all()
    return id, b"".join(site.act(exports.take_out, site.staff[role], SLUG, id).content)


def test_file_holds_what_must_be_published_and_is_published_by_an_act(granting):
    whole = {"legal_name": "Asso (fictive)", "legal_form": "association"}
    granted(granting, 1, company=granting.siret(1), **whole)
    granted(granting, 2, company=granting.siret(2), **whole | {"legal_form": "sole_trader"})
    granted(granting, 3, company=granting.siret(3), legal_name="Forme inconnue")
    granted(granting, 4, **whole)
    granted(granting, 5, income="15 000", company=granting.siret(5), **whole)
    id, content = made(granting)
    text = content.decode()
    assert scdl.check_file(text) == []
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["idBeneficiaire"], row["montant"], row["objet"]) == (
        granting.siret(1),
        "23000.50",
        "Aide à Asso (fictive)",
    )
    assert (row["dateConvention"], row["datesPeriodeVersement"]) == ("2020-05-12", "2020-05-12")
    assert (row["nomAttribuant"], row["notificationUE"], row["pourcentageSubvention"]) == (
        "Ville (fictive)",
        "non",
        "1.00",
    )
    [view] = granting.read(exports.page, granting.staff["supervisor"], SLUG).exports
    assert view.told == {
        "left_out": {"except": 2, "no_number": 1},
        "slips": [["PA-2020-0004", "idBeneficiaire", "no_number"]],
    }
    with pytest.raises(NotFound):
        granting.read(exports.published, SLUG)
    granting.act(exports.publish, granting.staff["supervisor"], SLUG, id)
    assert b"".join(granting.read(exports.published, SLUG).content) == content
    granting.clock.now += exports.KEPT
    Worker(granting.desk.office, kinds=["export_over"]).run_all()
    again, _ = made(granting)
    granting.act(exports.publish, granting.staff["supervisor"], SLUG, again)
    assert [one.state for one in granting.read(exports.page, granting.staff["supervisor"], SLUG).exports] == [
        "done",
        "erased",
    ]


def test_a_payment_that_came_back_is_in_no_period_of_payment(granting):
    granted(granting, 1, company=granting.siret(1), legal_name="Asso (fictive)", legal_form="association")
    chain = (
        (15, amounts.record_paid, "batch"),
        (18, amounts.record_returned, "bank"),
        (20, amounts.record_paid, "batch"),
        (22, amounts.record_returned, "repayment"),  # the beneficiary's own: the payment was made
    )

    def pay(work):
        [dossier] = work.session.scalars(select(Dossier))
        for day, record, why in chain:
            dossier.revision += 1
            at = datetime(2020, 5, day, 10, tzinfo=UTC)
            record(work.session, dossier, 2_300_050, amounts.Link("Sacha (fictif)", why, at, "EUR"))

    granting.act(pay)
    [row] = csv.DictReader(io.StringIO(made(granting)[1].decode()))
    assert row["datesPeriodeVersement"] == "2020-05-20"


def test_who_may_not_export_makes_no_open_data(granting):
    with pytest.raises(NotFound):
        granting.act(exports.ask, granting.staff["accountant"], SLUG, Asked(OPEN_DATA, "csv"))
