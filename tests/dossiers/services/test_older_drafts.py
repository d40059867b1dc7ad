"""A draft follows the version in force: its answers follow their fields, and nothing that was typed is lost."""

import pytest
from sqlalchemy import select

from dossiers.database import Draft, Filing
from dossiers.services import applications, publication
from dossiers.services.uploads import Upload
from dossiers.services.views import Saved
from engine.words import Printed
from tests.fixtures.sent import PDF

STATUS = """
      status:
        type: choice
        label: {fr: "Statut", en: "Status"}
        options: {micro: {fr: "Micro-entreprise", en: "Micro business"}, other: {fr: "Autre", en: "Other"}}
      tenant:"""
RENAMED = """
version: 2
migration:
  renamed: {income: revenue, lease: proof}
"""
INCOME = (
    ("income: {type: money", "revenue: {type: money"),
    ("when: income < 2000", "when: revenue < 2000"),
    ("require: income <= 50000", "require: revenue <= 50000"),
    ("({income}) dépasse", "({revenue}) dépasse"),
    ("({income}) is over", "({revenue}) is over"),
    ("decide: [income]", "decide: [revenue]"),
    ("      lease:\n", "      proof:\n"),
    ("privacy: {drafts: 90 days}", "privacy: {drafts: 90 days}" + RENAMED),
)


@pytest.fixture
def with_status(site, bundle_of):
    """A site whose form asks for a status."""
    site.act(publication.publish, bundle_of(("\n      tenant:", STATUS)), "Sylvie (fictive)")
    return site


def problems(view):
    return [(problem.path, problem.code, problem.params["answer"]["fr"]) for problem in view.outdated]


def said_micro(site):
    """An application begun by somebody who chose a status."""
    viewer, id = site.begin()
    typed = {
        "person__first_name": "Ada",
        "person__last_name": "Fictive",
        "income": "12 000",
        "status": "micro",
    }
    site.save(viewer, id, "you", **typed)
    return viewer, id


def test_what_was_typed_follows_a_field_that_bears_another_name(site, bundle_of):
    viewer, id = site.begin()
    site.save(
        viewer, id, "you", person__first_name="Ada", person__last_name="Fictive", income="1 500", tenant="yes"
    )
    site.act(
        applications.save_page,
        viewer,
        id,
        "you",
        form={},
        files={"lease": [Upload("bail.pdf", PDF)]},
        asked={"lease"},
    )
    site.act(publication.publish, bundle_of(*INCOME), "Sylvie (fictive)")
    view = site.read(applications.form, viewer, id)
    assert view.reading.answers["revenue"] == "1500.00"
    assert [one.name for one in view.documents["proof"]] == ["bail.pdf"]
    assert view.journey.first_incomplete == "children"
    site.save(viewer, id, "children", asked=set())
    site.save(
        viewer, id, "payment", siret="73282932000074", iban="FR7630006000011234567890189", resident="yes"
    )
    site.act(applications.submit, viewer, id)
    [answers] = site.rows(select(Filing.answers))
    assert (answers["revenue"], "income" in answers) == ("1500.00", False)
    assert [one["name"] for one in answers["proof"]] == ["bail.pdf"]


def test_option_taken_away_is_told_beside_the_field_and_stays_in_the_draft(with_status, bundle_of):
    site = with_status
    viewer, id = said_micro(site)
    fewer = STATUS.replace(
        'micro: {fr: "Micro-entreprise", en: "Micro business"}, ', 'small: {fr: "Petite", en: "Small"}, '
    )
    site.act(publication.publish, bundle_of(("\n      tenant:", fewer)), "Sylvie (fictive)")
    view = site.read(applications.form, viewer, id)
    assert problems(view) == [(("status",), "outdated", (Printed("Micro-entreprise", "choice"),))]
    assert view.journey.first_incomplete == "you"
    site.save(viewer, id, "you", asked={"income"}, income="13 000")
    assert site.rows(select(Draft.answers))[0]["status"] == "micro"
    assert len(site.read(applications.form, viewer, id).outdated) == 1
    saved = site.save(viewer, id, "you", asked={"status"}, status="small")
    assert isinstance(saved, Saved)
    assert site.read(applications.form, viewer, id).outdated == ()


def test_limit_that_is_lower_now_is_told_with_what_was_answered(site, bundle_of):
    viewer, id = site.begin()
    site.save(viewer, id, "you", person__first_name="Ada", person__last_name="Fictive", income="12 000")
    site.act(
        publication.publish, bundle_of(("income: {type: money,", "income: {type: money, max: 9000,")), "S."
    )
    assert problems(site.read(applications.form, viewer, id)) == [
        (("income",), "outdated", (Printed("12000.00", "money"),))
    ]


def test_kind_that_changed_is_told_with_what_was_answered(with_status, bundle_of):
    site = with_status
    viewer, id = said_micro(site)
    changed = '\n      status: {type: integer, label: {fr: "Statut", en: "Status"}}\n      tenant:'
    site.act(publication.publish, bundle_of(("\n      tenant:", changed)), "Sylvie (fictive)")
    assert problems(site.read(applications.form, viewer, id)) == [
        (("status",), "outdated", (Printed("Micro-entreprise", "choice"),))
    ]


def test_field_taken_away_and_brought_back_still_has_its_answer(with_status, bundle_of):
    site = with_status
    viewer, id = said_micro(site)
    site.act(publication.publish, bundle_of(), "Sylvie (fictive)")
    site.save(viewer, id, "you", asked={"income"}, income="13 000")
    site.act(publication.publish, bundle_of(("\n      tenant:", STATUS + " ")), "Sylvie (fictive)")
    assert site.read(applications.form, viewer, id).reading.answers["status"] == "micro"


def test_draft_goes_through_every_version_between(site, bundle_of):
    viewer, id = site.begin()
    site.save(viewer, id, "you", person__first_name="Ada", person__last_name="Fictive", income="12 000")
    site.act(publication.publish, bundle_of(*INCOME), "Sylvie (fictive)")
    again = [(old, new.replace("revenue", "means")) for old, new in INCOME[:-1]]
    third = "\nversion: 3\nmigration:\n  renamed: {revenue: means, lease: proof}\n".replace(
        ", lease: proof", ""
    )
    site.act(
        publication.publish,
        bundle_of(*again, ("privacy: {drafts: 90 days}", "privacy: {drafts: 90 days}" + third)),
        "Sylvie (fictive)",
    )
    assert site.read(applications.form, viewer, id).reading.answers["means"] == "12000.00"
