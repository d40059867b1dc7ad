"""Answers given beforehand, by a link or an earlier dossier: never lost in silence, never anybody else's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Dossier
from dossiers.services import applications, casework, prefilling, publication
from dossiers.services.refusals import NotFound, Refused
from engine.language import load_scheme

FIXTURES = Path(__file__).parents[2] / "fixtures"
SLUG, IBAN = "small-grant", "FR7630006000011234567890189"
GIVEN = {
    "person": {"first_name": "Ada", "last_name": "Fictive"},
    "income": 12000,
    "siret": "732 829 320 00074",
}
RENEWS = (
    "eligibility:\n",
    "prefill: {from: small-grant, fields: {person: person, income: income, siret: siret, iban: iban}}\neligibility:\n",
)
OFTEN = (
    """        once:
          per: scheme
          otherwise: {fr: "Une demande existe déjà pour cet établissement.", en: "There is an application for this establishment already."}
""",
    "",
)


def link(site, given, slug=SLUG, days=1):
    until = site.clock.now + timedelta(days=days)
    return prefilling.sealed(site.desk.office.vault, slug, given, until)


def begun(site, viewer=None, **beforehand):
    """An application begun with answers given beforehand, as its applicant sees it."""
    started = site.act(
        applications.start,
        viewer or access.anonymous(),
        SLUG,
        email="ada@fictif.example",
        language="fr",
        **beforehand,
    )
    [id] = site.rows(select(Dossier.id).where(Dossier.public_id == started.public_id))
    own = Viewer("applicant", dossiers=frozenset({id}), language="fr")
    return own, site.read(applications.form, own, started.public_id)


def test_a_link_fills_the_draft_in_and_every_page_is_still_to_be_checked(site):
    _, view = begun(site, link=link(site, GIVEN))
    assert view.reading.answers["income"] == "12000.00"
    assert view.reading.answers["siret"] == "73282932000074"
    assert view.journey.first_incomplete == "you"
    assert {id: (one.same, one.begun_from) for id, one in view.filled.items()} == dict.fromkeys(
        ("person", "income", "siret"), (True, "link")
    )


def test_nobody_reads_the_answers_in_a_link(site):
    assert "Fictive" not in link(site, GIVEN)


@pytest.mark.parametrize("spoil", [lambda token: token[:-4] + "AAAA", lambda token: "x", lambda token: "é"])
def test_a_link_that_was_altered_is_refused(site, spoil):
    with pytest.raises(Refused) as refused:
        begun(site, link=spoil(link(site, GIVEN)))
    assert refused.value.code == "link_spoilt"


def test_a_link_of_another_scheme_or_of_yesterday_is_refused(site):
    with pytest.raises(Refused):
        begun(site, link=link(site, GIVEN, slug="other"))
    old = link(site, GIVEN)
    site.clock.pass_by(days=1)
    with pytest.raises(Refused):
        begun(site, link=old)
    assert not site.read(prefilling.is_good, SLUG, old)


def test_what_is_wrong_is_kept_as_given_and_told_beside_its_field(site):
    _, view = begun(site, link=link(site, {**GIVEN, "siret": "123"}))
    assert view.reading.answers["siret"] == "123"
    assert {one.path[0] for one in view.outdated} == {"siret"}
    own, view = begun(site, link=link(site, {**GIVEN, "siret": "123"}))
    you = {"person__first_name": "Ada", "person__last_name": "Fictive", "income": "12000"}
    site.save(own, view.public_id, "you", asked={"person", "income"}, **you)
    assert site.read(applications.form, own, view.public_id).journey.first_incomplete == "children"


def test_what_can_t_be_taken_is_told_to_who_gives_it(site):
    scheme = site.read(publication.current, SLUG).scheme
    given = {"sirett": "1", "lease": ["bail.pdf"], "siret": "123", "children": 12, "income": "beaucoup"}
    taken = prefilling.take(scheme, given, site.clock.now, site.desk.office.organisation)
    assert taken.refused["sirett"] == "unknown_field"
    assert taken.refused["lease"] == "never_given"
    assert taken.refused["children"] == taken.refused["income"] == "unreadable"
    assert {one.path for one in taken.problems} == {("siret",)}


def test_rows_are_taken_without_their_documents_and_each_thing_left_is_told(site):
    scheme = load_scheme(FIXTURES / "children.yaml")
    lou = {
        "first_name": "Lou",
        "born": "2015-02-30",
        "proof": ["ordonnance.pdf"],
        "costs": [{"amount": 5, "for": "x"}],
    }
    taken = prefilling.take(scheme, {"children": [lou]}, site.clock.now, site.desk.office.organisation)
    assert taken.answers["children"] == [
        {"first_name": "Lou", "born": "2015-02-30", "costs": [{"amount": "5.00"}]}
    ]
    assert taken.refused == {"children.proof": "never_given", "children.costs.for": "unknown_field"}
    told = {one.path: one.code for one in taken.problems}
    assert told["children", 0, "born"] == "no_such_date"


def test_what_is_wrong_is_told_in_the_words_of_its_kind(site):
    scheme = site.read(publication.current, SLUG).scheme
    given = {"iban": "FR76", "siret": "732 829 320"}
    taken = prefilling.take(scheme, given, site.clock.now, site.desk.office.organisation)
    assert "malformed" not in {one.code for one in taken.problems}
    assert {one.path[0] for one in taken.problems} == {"iban", "siret"}


def test_a_link_too_long_is_refused_where_it_is_made(site):
    import random

    noise = "".join(random.Random(1).choices("abcdefghijklmnop", k=20_000))
    with pytest.raises(prefilling.LinkTooLong):
        link(site, {"person": {"first_name": noise}})


# -- renewal ------------------------------------------------------------------------------------------------


@pytest.fixture
def yearly(site, small):
    """The grant, which may be begun from an earlier one of itself."""
    site.act(publication.publish, small(RENEWS, OFTEN), "Sylvie (fictive)")
    return site


def test_one_starts_again_from_one_s_own_dossier_and_the_office_sees_what_changed(yearly):
    viewer, earlier = yearly.filed()
    scheme = yearly.read(publication.current, SLUG).scheme
    [one] = yearly.read(prefilling.renewable, viewer, scheme)
    assert one.public_id == earlier and one.reference.startswith("PA-2020-")
    own, view = begun(yearly, viewer, renews=earlier)
    assert view.reading.answers["iban"] == IBAN  # sensitive there, sensitive here
    assert "resident" not in view.reading.answers  # not among the fields taken over
    yearly.fill(own, view.public_id, income="15 000,00")
    yearly.act(applications.submit, own, view.public_id)
    shown = yearly.act(casework.dossier, yearly.staff["instructor"], view.public_id)
    sources = {one.field.id: one.source for page in shown.pages for one in page.answers if one.source}
    assert (sources["income"].same, sources["siret"].same) == (False, True)
    assert "12000" in str(sources["income"].printed["fr"])
    assert sources["income"].begun_from == one.reference
    assert "iban" not in sources  # hidden from instructors, in the earlier dossier too


def test_nobody_starts_again_from_somebody_else_s_dossier(yearly):
    _, earlier = yearly.filed()
    stranger = Viewer("applicant", email="bob@fictif.example", language="fr")
    scheme = yearly.read(publication.current, SLUG).scheme
    assert yearly.read(prefilling.renewable, stranger, scheme) == ()
    with pytest.raises(NotFound):
        begun(yearly, stranger, renews=earlier)


def test_a_scheme_that_names_no_earlier_one_takes_nothing_over(site):
    viewer, earlier = site.filed()
    with pytest.raises(NotFound):
        begun(site, viewer, renews=earlier)
