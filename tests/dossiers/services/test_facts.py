"""What is known besides the answers: looked up between two transactions, kept with its source, asked again later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from dossiers import jobs
from dossiers.access import Viewer
from dossiers.changes.anonymisation import anonymise
from dossiers.database import Dossier, FactRow, Job, JournalEntry, VerdictRow
from dossiers.effects import RUNNERS, Done, Retry
from dossiers.outside.connectors import Connectors
from dossiers.services import applications, casework, looking_up, publication, received
from dossiers.services.desk import Desk
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.views import Saved
from engine.language import Bundle
from guichet.stubs import InProcess, Stubs

SIRET = "73282932000074"
CAFE = {
    "name": "CAFÉ FICTIF",
    "street": "1 RUE FICTIVE",
    "postcode": "74000",
    "commune": "ANNECY",
    "naf": "56.30Z",
}
FACTS = """\
facts:
  company: {connector: recherche-entreprises, with: siret}
  earlier: {dossiers: any_scheme, match: siret, within: 3 years, sum: granted, label: {fr: "Aides reçues", en: "Grants received"}}
eligibility:
  open_still:
    require: company.active
    otherwise: {fr: "L'établissement est fermé.", en: "The establishment is closed."}
  under_de_minimis:
    require: earlier.sum < 2000
    otherwise: {fr: "Trop d'aides.", en: "Too many grants."}
"""
FIELDS = """\
      legal_name: {type: text, label: {fr: "Dénomination", en: "Name"}, filled_by: company.name}
      iban:"""


ONCE_AND_LATE = (
    (
        """        once:
          per: scheme
          otherwise: {fr: "Une demande existe déjà pour cet établissement.", en: "There is an application for this establishment already."}
""",
        "",
    ),
    ("closes: 2020-12-31", "closes: 2030-12-31"),
)


@dataclass
class Seconds:
    """A clock that goes on a little each time it is looked at."""

    now: float = 0.0

    def __call__(self) -> float:
        self.now += 0.25
        return self.now


@pytest.fixture
def asking(site, small):
    """The site with a version whose rules know of companies and of earlier grants, and the sources it asks."""
    stubs = Stubs({SIRET: dict(CAFE)})
    site.seconds = Seconds()
    connectors = Connectors(InProcess(stubs), clock=site.seconds, sleep=lambda _: None)
    site.desk = Desk(replace(site.desk.office, connectors=connectors))
    site.act(publication.publish, with_facts(small), "Sylvie (fictive)")
    site.stubs = stubs
    return site


def with_facts(small, *replaced) -> Bundle:
    return small(("eligibility:\n", FACTS), ("      iban:", FIELDS), *replaced).with_library()


def answered(site, **controls):
    """Somebody on the last page, which was sent with these controls; the sources were asked as the screens do."""
    viewer, public_id = site.begin()
    you = {"person__first_name": "Ada", "person__last_name": "Fictive", "income": "12000"}
    site.save(viewer, public_id, "you", asked={"person", "income"}, **you)
    site.save(viewer, public_id, "children", asked=set())
    saved = site.save(viewer, public_id, "payment", **controls)
    looked = site.act(looking_up.look_up, viewer, public_id, saved.wanted) if saved.wanted else None
    return viewer, public_id, looked


def filed(site, siret=SIRET):
    viewer, public_id, looked = answered(site, siret=siret)
    name = {} if looked and looked.filled else {"legal_name": "Chez Ada"}
    form = {"siret": siret, "iban": "FR7630006000011234567890189", "resident": "yes", **name}
    asked = {"siret", "iban", "resident", *name}
    assert isinstance(site.save(viewer, public_id, "payment", asked=asked, **form), Saved)
    site.act(applications.submit, viewer, public_id)
    return viewer, public_id


def case(site, public_id, role="instructor"):
    return site.act(casework.dossier, site.staff[role], public_id)


def outcomes(site, public_id):
    return case(site, public_id).verdict.outcomes


def test_a_company_is_looked_up_where_its_number_is_answered_and_fills_in_what_is_blank(asking):
    _, _, looked = answered(asking, siret=SIRET)
    assert looked.filled == {"legal_name"}
    assert looked.view.reading.answers["legal_name"] == "CAFÉ FICTIF"
    filled = looked.view.filled["legal_name"]
    assert (filled.title.plain("fr"), filled.same, filled.at) == (
        "l'Annuaire des entreprises",
        True,
        asking.clock.now,
    )
    assert looked.view.reading.values["company"]["active"] is True


def test_what_the_applicant_typed_is_never_replaced_and_both_are_shown_to_the_office(asking):
    viewer, public_id, looked = answered(asking, siret=SIRET, legal_name="Chez Ada")
    assert looked.filled == frozenset()
    form = {
        "siret": SIRET,
        "legal_name": "Chez Ada",
        "iban": "FR7630006000011234567890189",
        "resident": "yes",
    }
    asking.save(viewer, public_id, "payment", **form)
    asking.act(applications.submit, viewer, public_id)
    answers = {one.field.id: one for page in case(asking, public_id).pages for one in page.answers}
    source = answers["legal_name"].source
    assert (answers["legal_name"].answer, source.same) == ("Chez Ada", False)
    assert "CAFÉ FICTIF" in str(source.printed["fr"])


def test_another_number_fills_in_again_what_came_from_the_first(asking):
    other = asking.siret(9)
    asking.stubs.companies[other] = {**CAFE, "name": "LIBRAIRIE FICTIVE"}
    viewer, public_id, _ = answered(asking, siret=SIRET)
    saved = asking.save(viewer, public_id, "payment", asked={"siret"}, siret=other)
    assert (
        saved.view.reading.values["company"]["active"] is None
    )  # what was said of the first is not said of this one
    looked = asking.act(looking_up.look_up, viewer, public_id, saved.wanted)
    assert looked.view.reading.answers["legal_name"] == "LIBRAIRIE FICTIVE"


def test_a_source_is_asked_once_about_the_same_answers(asking):
    viewer, public_id, _ = answered(asking, siret=SIRET)
    assert asking.save(viewer, public_id, "payment", asked={"siret"}, siret=SIRET).wanted == ()
    assert asking.rows(select(func.count()).select_from(FactRow)) == [1]


def test_a_number_nobody_knows_is_told_and_known_not_to_be_found(asking):
    _, _, looked = answered(asking, siret=asking.siret(3))
    assert (looked.missing, looked.filled) == ({"company"}, frozenset())
    assert looked.view.reading.values["company"] == {
        **dict.fromkeys(looked.view.reading.values["company"]),
        "found": False,
    }


def test_facts_are_kept_sealed(asking):
    answered(asking, siret=SIRET)
    [sealed] = asking.rows(select(FactRow.sealed))
    assert b"FICTIF" not in sealed and SIRET.encode() not in sealed


def test_a_source_that_is_down_stops_nobody_and_its_rule_is_not_established(asking):
    asking.stubs.companies[SIRET]["answers"] = "unavailable"
    _, public_id = filed(asking)
    assert asking.state(public_id) == "submitted"
    shown = case(asking, public_id)
    assert (shown.verdict.eligible, shown.verdict.outcomes["open_still"]) == (None, None)
    [company, _] = shown.facts
    assert company.status == "unverified"
    assert [job.key for job in asking.jobs("look_up")] == [f"look_up:{public_id}:1"]


def test_a_silent_source_is_asked_again_after_the_deposit_and_the_rules_follow(asking):
    asking.stubs.companies[SIRET]["answers"] = "unavailable"
    _, public_id = filed(asking)
    assert isinstance(look_up_again(asking), Retry)
    asking.stubs.companies[SIRET].pop("answers")
    asking.seconds.now += 60  # it is left alone for a while after several failures
    assert isinstance(look_up_again(asking), Done)
    shown = case(asking, public_id)
    assert (shown.verdict.eligible, shown.facts[0].status) == (True, "found")
    assert asking.rows(select(func.count()).select_from(VerdictRow)) == [2]
    [entry] = asking.rows(select(JournalEntry).where(JournalEntry.action == "verified"))
    assert entry.payload == {"facts": {"company": "found"}}


def look_up_again(site):
    """What the worker does with the job in line."""
    office = site.desk.office
    with office.database.writing() as session:
        claimed = jobs.claim(session, site.clock.now, timedelta(0), ["look_up"])
    return RUNNERS["look_up"](claimed, office)


def test_a_closed_establishment_is_refused_at_the_deposit_with_the_source_told(asking):
    asking.stubs.companies[SIRET]["closed"] = "2019-11-30"
    with pytest.raises(Refused) as refused:
        filed(asking)
    [rule] = refused.value.params["rules"]
    assert rule.id == "open_still"
    assert rule.reasons[0].used[0].label("fr") == ("Établissement en activité (l'Annuaire des entreprises)")


def test_a_site_that_allows_no_source_asks_none(site, small):
    site.act(publication.publish, with_facts(small), "Sylvie (fictive)")
    viewer, public_id, looked = answered(site, siret=SIRET)
    assert looked is None
    assert site.read(applications.form, viewer, public_id).look_ups == frozenset()
    assert site.jobs("look_up") == []


def test_a_correction_of_the_number_is_looked_up_like_any_answer(asking):
    viewer, public_id = filed(asking)
    asking.fire("instructor", public_id, "take")
    asking.ask(public_id, "siret")
    other = asking.siret(4)
    asking.stubs.companies[other] = {**CAFE, "closed": "2020-01-31"}
    saved = asking.save(viewer, public_id, "payment", asked={"siret"}, siret=other)
    looked = asking.act(looking_up.look_up, viewer, public_id, saved.wanted)
    assert looked.filled == frozenset()  # the name was not asked about again
    assert looked.view.reading.values["company"]["active"] is False


def test_anonymising_forgets_what_was_learnt(asking):
    _, public_id = filed(asking)
    with asking.desk.office.database.writing() as session:
        [dossier] = session.scalars(select(Dossier).where(Dossier.public_id == public_id))
        for job in session.scalars(select(Job)):
            job.done_at = asking.clock.now
        anonymise(session, dossier, asking.clock.now)
    assert asking.rows(select(FactRow)) == []


def test_a_simulation_judges_by_the_facts_that_were_kept(asking):
    filed(asking)
    [one] = asking.read(lambda work: [found for _, found in received.received(work, "small-grant")])
    assert one.facts["company"].values["name"] == "CAFÉ FICTIF"
    assert one.facts["earlier"].values == {"count": 0, "sum": "0.00", "dossiers": []}


# -- earlier dossiers ---------------------------------------------------------------------------------------


def granted(site, siret=SIRET):
    """One grant of 1000 € for an establishment, as of now."""
    _, public_id = filed(site, siret)
    site.fire("instructor", public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    site.fire("supervisor", public_id, "accept")
    return public_id


@pytest.fixture
def several(asking, small):
    """The same grant, which an establishment may have several times."""
    asking.act(publication.publish, with_facts(small, *ONCE_AND_LATE), "Sylvie (fictive)")
    return asking


def test_earlier_grants_of_the_same_answer_are_added_up_without_this_dossier(several):
    other = several.siret(8)
    several.stubs.companies[other] = dict(CAFE)
    granted(several)
    granted(several, other)
    _, public_id = filed(several)
    [_, earlier] = case(several, public_id).facts
    assert {part.id: part.printed["fr"].value for part in earlier.parts} == {"count": "1", "sum": "1000.00"}


def test_the_same_day_three_years_ago_counts_and_the_day_before_does_not(several):
    several.clock.now = datetime.fromisoformat("2021-03-14T22:59:00+00:00")  # 14 March in Paris
    granted(several)
    several.clock.now = datetime.fromisoformat("2024-03-14T12:00:00+00:00")
    _, on_the_edge = filed(several)
    assert sum_of(several, on_the_edge) == Decimal(1000)
    several.clock.now = datetime.fromisoformat("2024-03-15T12:00:00+00:00")
    assert sum_of(several, on_the_edge) == Decimal(0)


def sum_of(site, public_id):
    [_, earlier] = case(site, public_id).facts
    return Decimal(next(part.printed["fr"].value for part in earlier.parts if part.id == "sum"))


def test_what_was_granted_since_the_deposit_counts_at_the_decision(several, small):
    guard = ("if: eligible and checklist.done", "if: earlier.sum < 1000")
    several.act(publication.publish, with_facts(small, *ONCE_AND_LATE, guard), "Sylvie (fictive)")
    _, first = filed(several)
    _, second = filed(several)
    for public_id in (first, second):
        several.fire("instructor", public_id, "take")
        several.act(casework.check, several.staff["instructor"], public_id, "proof", done=True)
    several.fire("supervisor", first, "accept")
    with pytest.raises(Refused):
        several.fire("supervisor", second, "accept")


def test_what_counted_at_the_deposit_and_at_the_decision_is_kept(several):
    public_id = granted(several)
    rows = several.rows(select(FactRow.name).order_by(FactRow.id))
    assert rows == ["company", "earlier", "earlier"]
    assert public_id


def test_a_wrong_viewer_finds_no_application_to_look_up(asking):
    _, public_id, _ = answered(asking, siret=SIRET)
    with pytest.raises(NotFound):
        asking.act(looking_up.look_up, Viewer("applicant", language="fr"), public_id, ())
