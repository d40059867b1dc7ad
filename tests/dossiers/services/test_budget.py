"""The money there is: who gets the last of it, who waits, and figures that are always the sum of the dossiers."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from authoring.difference import Side
from dossiers.access import anonymous
from dossiers.changes import envelopes
from dossiers.database import AmountStep, Dossier, EnvelopeHold, EnvelopeRow, SchemeVersion
from dossiers.services import applications, casework, differences, ledger, publication, tracking
from dossiers.services.refusals import Refused
from dossiers.worker import Worker
from engine.language import Bundle, examine
from renderers.words.differences import overdrawn_sentence
from tests.dossiers.services.conftest import IBAN
from tests.fixtures.databases import NOON

HEATING = "heating-grant"
EXAMPLE = Path(__file__).parents[3] / "examples" / HEATING

BUDGET = """award:
  currency: EUR
  amount: 500
  budget: {envelope: 1000, reserve_on: accepted, when_exhausted: {do: queue}, when_available: {do: promote}}
"""
OLD = (
    'award: {currency: EUR, amount: {decide: [income], hit: first, rows: [["< 2000", 1500], ["-", 1000]]}}\n'
)
STATES = '    accepted: {label: {fr: "Acceptée", en: "Accepted"}, decision: granted}\n'
QUEUED = STATES + '    queued: {label: {fr: "Liste d\'attente", en: "Waiting list"}}\n'
ACTIONS = '    pay: {label: {fr: "Payer", en: "Pay"}, from: accepted, to: paid, by: accountant}\n'
WAYS = (
    ACTIONS
    + """    queue: {label: {fr: "Mettre en attente", en: "Put in line"}, from: in_review, to: queued, by: system}
    promote: {label: {fr: "Sortir de la liste", en: "Take out of the list"}, from: queued, to: in_review, by: system}
    take_back: {label: {fr: "Revenir sur la décision", en: "Take back"}, from: accepted, to: refused, by: supervisor}
"""
)
CHANGES = (
    (OLD, BUDGET),
    (STATES, QUEUED),
    (ACTIONS, WAYS),
    ("states: [in_review, on_hold]", "states: [in_review, on_hold, queued]"),
    (
        "from: [submitted, in_review, on_hold], to: withdrawn",
        "from: [submitted, in_review, on_hold, queued, accepted], to: withdrawn",
    ),
)


def publish(site, small, *more):
    site.act(publication.publish, small(*CHANGES, *more), "Sylvie (fictive)")
    return site


@pytest.fixture
def grant(site, small):
    """The small grant at 500 € each, with an envelope of 1 000 € and a waiting list."""
    return publish(site, small)


def heating():
    """The example of a heating grant, in May 2020 and with less in its envelope than a grant."""
    files = dict(Bundle.read(EXAMPLE).files)
    yaml = files["scheme.yaml"].replace("add: 4000000", "add: 1000").replace("add: 1000000", "add: 500")
    return Bundle({**files, "scheme.yaml": yaml.replace("from: 2026-0", "from: 2020-0")})


def examined(site, number):
    viewer, public_id = site.filed(f"p{number}@fictif.example", siret=site.siret(number))
    site.fire("instructor", public_id, "take")
    site.act(casework.check, site.staff["instructor"], public_id, "proof", done=True)
    site.clock.pass_by(minutes=1)
    return viewer, public_id


def figures(site):
    query = select(EnvelopeRow.reserved_cents, EnvelopeRow.committed_cents, EnvelopeRow.paid_cents)
    return [tuple(row) for row in site.rows(query)]


def work(site):
    Worker(site.desk.office, kinds=["promote"]).run_all()


def test_who_comes_when_nothing_is_left_goes_to_the_waiting_list_and_out_of_it_in_order(grant):
    people = [examined(grant, number) for number in range(4)]
    done = [grant.fire("supervisor", public_id, "accept") for _, public_id in people]
    assert [(one.action, one.exhausted, one.target) for one in done] == [
        ("accept", False, "accepted"),
        ("accept", False, "accepted"),
        ("queue", True, "queued"),
        ("queue", True, "queued"),
    ]
    assert figures(grant) == [(0, 100_000, 0)]
    work(grant)
    assert [grant.state(id) for _, id in people[2:]] == ["queued", "queued"]
    grant.fire("supervisor", people[0][1], "take_back")
    work(grant)
    assert [grant.state(id) for _, id in people[2:]] == ["in_review", "queued"]
    assert figures(grant) == [(50_000, 50_000, 0)]  # set apart for the first of the list
    late = examined(grant, 9)[1]
    assert grant.fire("supervisor", late, "accept").action == "queue"
    grant.act(casework.check, grant.staff["instructor"], people[2][1], "proof", done=True)
    assert grant.fire("supervisor", people[2][1], "accept").action == "accept"
    grant.fire("accountant", people[2][1], "pay")
    assert figures(grant) == [(0, 100_000, 50_000)]
    assert grant.read(ledger.recount, "small-grant") == ()


def test_who_waits_for_money_was_granted_nothing(site):
    """The example asks the database for little on the way to its grant: nothing of what there was no money for stays."""
    site.act(publication.publish, heating(), "Sylvie (fictive)")
    started = site.act(applications.start, anonymous(), HEATING, email="a@fictif.example", language="fr")
    public_id = started.public_id
    form = {"person-first_name": ["Ada"], "person-last_name": ["Fictive"], "price": ["4000"], "iban": [IBAN]}
    site.act(applications.save_page, site.applicant_of(public_id), public_id, "you", form=form)
    site.act(applications.submit, site.applicant_of(public_id), public_id)
    Worker(site.desk.office, kinds=["receipt"]).run_all()
    for role, action in (("instructor", "take"), ("supervisor", "accept")):
        viewer = replace(site.staff[role], roles={HEATING: frozenset({role})})
        done = site.act(casework.fire, viewer, public_id, action)
    assert (done.action, done.exhausted) == ("queue", True)
    assert site.rows(select(AmountStep.kind).order_by(AmountStep.id)) == ["computed"]
    assert site.rows(select(EnvelopeHold.stage)) == ["waiting"]


def test_the_recount_tells_of_money_granted_to_who_waits(grant):
    people = [examined(grant, number)[1] for number in range(3)]
    for id in people:
        grant.fire("supervisor", id, "accept")
    assert grant.read(ledger.recount, "small-grant") == ()
    with grant.desk.office.database.writing() as session:
        [waiting] = session.scalars(select(EnvelopeHold.dossier_id).where(EnvelopeHold.stage == "waiting"))
        step = {"kind": "granted", "cents": 50_000, "currency": "EUR", "at": grant.clock.now}
        session.add(AmountStep(dossier_id=waiting, by="Test", why="", key="by-mistake", **step))
    [told] = grant.read(ledger.recount, "small-grant")
    assert (told.what, told.kept, told.counted) == ("committed", Decimal(0), Decimal(500))


def test_money_voted_later_goes_to_who_waits(grant, small):
    people = [examined(grant, number)[1] for number in range(3)]
    for id in people:
        grant.fire("supervisor", id, "accept")
    votes = "{whole: {voted: [{from: 2020-05-01, add: 1000}, {from: 2020-05-20, add: 500}]}}"
    publish(grant, small, ("envelope: 1000", f"envelopes: {votes}"))
    work(grant)
    assert grant.state(people[2]) == "queued"
    grant.clock.pass_by(days=9)
    work(grant)
    assert grant.state(people[2]) == "in_review"


def test_envelope_that_dossiers_wait_for_keeps_its_name(grant, small):
    for number in range(3):
        grant.fire("supervisor", examined(grant, number)[1], "accept")
    renamed = ("envelope: 1000", "envelopes: {year: {voted: [{from: 2020-05-01, add: 9000}]}}")
    with pytest.raises(Refused, match="envelope_gone") as refused:
        publish(grant, small, renamed)
    assert refused.value.params == {"envelopes": "whole (1)", "number": 1}
    publish(
        grant, small, ("envelope: 1000", "envelope: 700")
    )  # less than is committed: nobody loses, nobody is taken
    work(grant)
    assert figures(grant) == [(0, 100_000, 0)] and grant.read(ledger.recount, "small-grant") == ()


def test_who_withdraws_gives_back(grant):
    viewer, public_id = examined(grant, 1)
    grant.fire("supervisor", public_id, "accept")
    grant.act(tracking.act, viewer, public_id, "withdraw")
    assert (figures(grant), grant.read(ledger.recount, "small-grant")) == ([(0, 0, 0)], ())


def test_scheme_may_refuse_instead_of_making_wait(site, small):
    closed = 'when_exhausted: {close: {fr: "L\'enveloppe est épuisée.", en: "Nothing is left."}}'
    changes = (
        ("when_exhausted: {do: queue}, when_available: {do: promote}", closed),
        ("reserve_on: accepted", "reserve_on: submitted"),
        ("envelope: 1000", "envelope: 700"),
    )
    publish(site, small, *changes)
    site.filed()
    with pytest.raises(Refused) as refused:
        site.filed("b@fictif.example", siret=site.siret(5))
    assert (refused.value.code, refused.value.params["text"].plain("fr")) == (
        "exhausted",
        "L'enveloppe est épuisée.",
    )
    assert (figures(site), site.read(ledger.recount, "small-grant")) == ([(50_000, 0, 0)], ())


def test_each_territory_has_its_envelope_and_all_must_have_room(site, small):
    votes = '{whole: {voted: 1000}, sort: {by: "if resident then \\"in\\" else \\"out\\"", voted: {in: 500, out: 400}}}'
    publish(site, small, ("envelope: 1000", f"envelopes: {votes}"))
    first, second = (examined(site, number)[1] for number in (1, 2))
    assert site.fire("supervisor", first, "accept").action == "accept"
    assert site.fire("supervisor", second, "accept").action == "queue"
    held = select(EnvelopeRow.name, EnvelopeHold.stage).join(EnvelopeRow).order_by(EnvelopeHold.id)
    assert [tuple(row) for row in site.rows(held)] == [
        ("whole", "committed"),
        ("sort", "committed"),
        ("whole", "released"),
        ("sort", "waiting"),
    ]


ACTS = ("accept", "take_back", "pay", "withdraw", "promote", "ask")


@pytest.mark.parametrize("seed", [3, 14])
def test_whatever_happens_figures_are_the_sum_of_the_dossiers(grant, seed):
    chance, people = random.Random(seed), [examined(grant, number) for number in range(4)]
    for _ in range(25):
        viewer, public_id = chance.choice(people)
        _try(grant, viewer, public_id, chance.choice(ACTS))
        assert grant.read(ledger.recount, "small-grant") == ()
        _, [whole] = grant.read(ledger.overview, "small-grant")
        assert 0 <= whole.available <= whole.voted


def _try(grant, viewer, public_id, act):
    """Do an act, if the workflow lets one."""
    try:
        if act == "withdraw":
            grant.act(tracking.act, viewer, public_id, act)
        elif act == "promote":
            work(grant)
        elif act == "ask":
            grant.ask(public_id, "iban")
        else:
            grant.fire("accountant" if act == "pay" else "supervisor", public_id, act)
    except Refused:
        pass


@pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_two_hundred_who_want_the_last_euros_get_what_there_is(either_site, small):
    """Two hundred dossiers take from one envelope at once, eight at a time: as many get their 5 € as there are."""
    publish(either_site, small)
    versions = select(SchemeVersion.scheme_id, SchemeVersion.id).order_by(SchemeVersion.id.desc())
    scheme_id, version_id = either_site.rows(versions)[0]
    row = {
        "scheme_id": scheme_id,
        "version_id": version_id,
        "state": "in_review",
        "email": "",
        "language": "fr",
    }
    row |= {"created_at": NOON, "state_since": NOON, "revision": 0}
    database = either_site.desk.office.database
    with database.writing() as session:
        session.execute(insert(Dossier), [{**row, "public_id": f"dossier-{number}"} for number in range(200)])
    ids = either_site.rows(select(Dossier.id).order_by(Dossier.id))
    won = []

    def decide(id):
        def take(work):
            dossier = work.session.get(Dossier, id, with_for_update=True)
            claim = envelopes.Claim("committed", 500, NOON)
            return envelopes.take(work.session, dossier, [envelopes.Place("whole", "", 12_300)], claim)

        return lambda: won.append(not either_site.act(take).short)

    def eighth(number):
        return lambda: [decide(id)() for id in ids[number::8]]

    assert either_site.at_once(*(eighth(number) for number in range(8))) == [[None] * 25] * 8
    assert (won.count(True), figures(either_site)) == (24, [(0, 12_000, 0)])


@pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_of_two_agents_who_want_the_last_500_euros_one_gets_it(either_site, small):
    publish(either_site, small, ("envelope: 1000", "envelope: 500"))
    people = [examined(either_site, number)[1] for number in range(2)]
    calls = [lambda id=id: either_site.fire("supervisor", id, "accept") for id in people]
    done = either_site.at_once(*calls)
    assert sorted(one.action for one in done) == ["accept", "queue"], done
    assert figures(either_site) == [(0, 50_000, 0)]
    assert either_site.read(ledger.recount, "small-grant") == ()


def test_text_that_votes_less_than_dossiers_hold_is_told_with_its_figures(grant, small):
    for number in range(2):
        grant.fire("supervisor", examined(grant, number)[1], "accept")

    def told(sum_voted):
        found = examine(small(*CHANGES, ("envelope: 1000", f"envelope: {sum_voted}")))
        difference = grant.read(differences.with_text, Side(found.scheme, found.source))
        return [overdrawn_sentence(one, "en", difference.currency) for one in difference.overdrawn]

    assert told(1000) == []
    assert told(700) == [
        "Warning: €700 is voted into the envelope “The whole scheme”, and dossiers hold €1,000 of it already (set apart: €0, "
        "committed: €1,000). That is €300 too much: nothing is taken from them, and nobody else is served until there "
        "is enough."
    ]
