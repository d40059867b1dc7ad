"""What rules know of other dossiers: found by a keyed digest, counted anew until the decision, told to nobody it isn't for."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from dossiers.database import FactRow, Trait, VerdictRow
from dossiers.services import applications, casework, publication, tracking
from dossiers.services.refusals import Refused
from renderers.masks import MASK
from renderers.words import phrase
from tests.dossiers.services.conftest import IBAN, opened_copy, republished

OTHER_IBAN = "FR1420041010050500013M02606"
ONCE = """        once:
          per: scheme
          otherwise: {fr: "Une demande existe déjà pour cet établissement.", en: "There is an application for this establishment already."}
"""
PERSON = 'person: {type: person, label: {fr: "Votre identité", en: "Your name"}}'
GROUP = """  group:
    title: {fr: "Groupe", en: "Group"}
    fields:
      group:
        type: repeat
        optional: true
        at_most: 9
        label: {fr: "Entreprises du groupe", en: "Companies of the group"}
        row: "{siren}"
        fields:
          siren: {type: siren, label: {fr: "SIREN", en: "SIREN"}}
  payment:
"""
FACTS = """facts:
  minimis: {dossiers: any_scheme, match: [siret, group.siren], same: company, within: 3 years, sum: granted, label: {fr: "Aides reçues", en: "Aid received"}}
  account: {dossiers: small-grant, match: iban, where: dossier.state != "withdrawn"}
  previous: {dossiers: [small-grant], match: person, latest: [granted, decided_on, state]}
eligibility:
  under_ceiling:
    require: minimis.sum + 1000 <= 2000
    otherwise: {fr: "Plafond dépassé ({minimis.sum}).", en: "Over the ceiling ({minimis.sum})."}
  one_account:
    require: account.count <= 1
    severity: warn
    otherwise: {fr: "Compte déjà connu.", en: "The account is known."}
"""
REPLACED = (
    (ONCE, ""),
    ("closes: 2020-12-31", "closes: 2030-12-31"),
    (PERSON, PERSON.replace("person,", "person, born: true,", 1)),
    ("  payment:\n", GROUP),
    ("eligibility:\n", FACTS),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, template, small, organisation):
    """The small grant, whose rules look at other dossiers."""
    return republished(tmp_path_factory.mktemp("earlier"), template, organisation, small(*REPLACED))


@pytest.fixture
def site(folder, template, tmp_path, organisation):
    yield from opened_copy(folder, template, tmp_path, organisation)


def filed(site, siret, *, group=(), iban=IBAN, born="1990"):
    """Somebody files for an establishment."""
    viewer, public_id = site.begin()
    you = {"person__first_name": "Ada", "person__last_name": "Fictive", "income": "12000"}
    you |= {"person__born__day": "1", "person__born__month": "2", "person__born__year": born}
    rows = {"group__rows": str(len(group)), **{f"group__{n}__siren": one for n, one in enumerate(group)}}
    payment = {"siret": siret, "iban": iban, "resident": "yes"}
    pages = {"you": (you, {"person", "income"}), "children": ({}, set()), "group": (rows, {"group"})}
    for page, (controls, asked) in (pages | {"payment": (payment, set(payment))}).items():
        saved = site.save(viewer, public_id, page, asked=asked, **controls)
        assert not getattr(saved, "problems", ()), saved.problems
    site.act(applications.submit, viewer, public_id)
    return public_id


def ready(site, siret, **more):
    """A dossier that waits for its decision alone."""
    public_id = filed(site, siret, **more)
    site.fire("instructor", public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    return public_id


def granted(site, siret, **more):
    public_id = ready(site, siret, **more)
    site.fire("supervisor", public_id, "accept")
    return public_id


def page(site, public_id, role="supervisor"):
    return site.act(casework.dossier, site.staff[role], public_id)


def said(site, public_id, name):
    [fact] = [one for one in page(site, public_id).facts if one.id == name]
    return {part.id: str(part.printed["fr"].value) for part in fact.parts}


def test_establishments_of_one_company_and_of_its_group_are_added_up(site):
    granted(site, site.siret(1))
    sister = ready(site, site.siret(2))
    assert said(site, sister, "minimis") == {"count": "1", "sum": "1000.00"}
    stranger = ready(site, "55208131766522", group=[site.siret(1)[:9]])
    assert said(site, stranger, "minimis") == {"count": "1", "sum": "1000.00"}
    alone = ready(site, "55208131766522")
    assert said(site, alone, "minimis") == {"count": "0", "sum": "0.00"}


def test_an_account_is_found_though_it_is_encrypted_and_what_was_withdrawn_does_not_count(site):
    gone = filed(site, site.siret(1))
    site.act(tracking.act, site.applicant_of(gone), gone, "withdraw")
    filed(site, site.siret(2))
    third = filed(site, site.siret(3))
    other = filed(site, site.siret(4), iban=OTHER_IBAN)
    assert said(site, third, "account") == {"count": "1"}
    assert said(site, other, "account") == {"count": "0"}
    digests = site.rows(select(Trait.digest))
    assert digests and not any(IBAN in one or site.siret(1)[:9] in one for one in digests)


def test_the_latest_dossier_of_the_same_person_is_told(site):
    granted(site, site.siret(1))
    later = filed(site, "55208131766522")
    found = said(site, later, "previous")
    assert found == {
        "count": "1",
        "latest_granted": "1000.00",
        "latest_decided_on": "2020-05-12",
        "latest_state": "accepted",
    }
    assert said(site, filed(site, "55208131766522", born="1991"), "previous") == {"count": "0"}


def test_aid_granted_on_30_january_2021_counts_until_30_january_2024_and_no_longer(site):
    site.clock.now = datetime.fromisoformat("2021-01-30T22:30:00+00:00")
    granted(site, site.siret(1))
    sums = []
    for day in (29, 30, 31):
        site.clock.now = datetime.fromisoformat(f"2024-01-{day}T10:00:00+00:00")
        sums.append(said(site, filed(site, site.siret(2)), "minimis")["sum"])
    assert sums == ["1000.00", "1000.00", "0.00"]


def test_a_rule_that_held_at_the_deposit_is_judged_again_at_the_decision(site):
    granted(site, site.siret(1))
    second, third = ready(site, site.siret(2)), ready(site, site.siret(3))
    site.fire("supervisor", second, "accept")
    view = page(site, third)
    assert (view.verdict.eligible, view.verdict.because) == (False, ("under_ceiling",))
    with pytest.raises(Refused):
        site.fire("supervisor", third, "accept")
    site.fire("supervisor", third, "refuse", comment="Plafond.")
    eligible = site.rows(select(VerdictRow.eligible).order_by(VerdictRow.id))
    assert eligible[-1] is False  # what the decision rests on is kept beside it


def test_once_decided_later_grants_change_nothing(site):
    first = granted(site, site.siret(1))
    granted(site, site.siret(2))
    view = page(site, first)
    assert view.verdict.eligible is True
    assert said(site, first, "minimis") == {"count": "0", "sum": "0.00"}
    assert [then.at for then in view.around.counted["minimis"].kept] == [site.clock.now] * 2
    site.fire("accountant", first, "pay")


def decide_at_once(site):
    """Two decisions at the same moment on one company, which has room for one of them."""
    granted(site, site.siret(1))
    rivals = [ready(site, site.siret(number)) for number in (2, 3)]
    results = site.at_once(*(lambda id=id: site.fire("supervisor", id, "accept") for id in rivals))
    assert sorted(isinstance(one, Refused) for one in results) == [False, True], results
    assert sorted(site.state(id) for id in rivals) == ["accepted", "in_review"]


def test_of_two_decisions_at_once_on_one_company_one_wins(site):
    decide_at_once(site)


@pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_of_two_decisions_at_once_on_one_company_one_wins_on_postgresql(either_site, small):
    either_site.act(publication.publish, small(*REPLACED), "Sylvie (fictive)")
    decide_at_once(either_site)


def test_who_looks_is_told_the_dossiers_counted_that_they_may_see(site):
    before = granted(site, site.siret(1))
    after = filed(site, site.siret(2))
    counted = page(site, after).around.counted["minimis"]
    assert ([one.public_id for one in counted.others], counted.unseen) == ([before], 0)


def test_the_applicant_is_told_the_reason_without_a_figure_of_anybody_s(site):
    granted(site, site.siret(1))
    granted(site, site.siret(2))
    with pytest.raises(Refused) as refused:
        filed(site, site.siret(3))
    [rule] = refused.value.params["rules"]
    assert phrase(rule.phrase("fr"), "fr") == f"Plafond dépassé ({MASK})."
    used = {one.path: one.printed["fr"].value for reason in rule.reasons for one in reason.used}
    assert used == {"minimis.sum": MASK}


def test_a_scheme_without_such_facts_keeps_none(site, small):
    site.act(publication.publish, small(), "Sylvie (fictive)")
    site.filed()
    assert site.rows(select(func.count()).select_from(FactRow)) == [0]
    assert site.rows(select(func.count()).select_from(Trait)) == [0]  # written later, with the receipt


def test_a_grant_under_a_scheme_without_such_facts_is_found_by_others_at_once(site, small):
    grant = "    at_once: {label: {fr: Accorder, en: Grant}, from: submitted, to: accepted, by: system, if: eligible}\n"
    site.act(
        publication.publish, small(("    take: {label", f"{grant}    take: {{label")), "Sylvie (fictive)"
    )
    site.filed()  # decided with the deposit: no worker has run
    assert site.rows(select(Trait.kind).where(Trait.kind == "siret")) == ["siret"]
