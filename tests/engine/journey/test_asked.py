"""What is asked follows from the answers alone, and what is hidden is absent to every rule."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.asked import read_answers
from engine.organisation import Organisation

HOME = """\
form:
  home:
    title: {fr: Logement, en: Housing}
    fields:
      housed: {type: yes_no, label: {fr: "Êtes-vous logé ?", en: "Housed?"}}
      owner: {when: housed, type: yes_no, label: {fr: "Propriétaire ?", en: "Owner?"}}
      lease: {when: not(owner), type: file, label: {fr: Bail, en: Lease}}
      rent: {when: not(owner), type: money, label: {fr: Loyer, en: Rent}}
  works:
    title: {fr: Travaux, en: Works}
    when: owner
    fields:
      cost: {type: money, label: {fr: Coût, en: Cost}}
"""
LEASE = [{"id": "d1", "name": "bail.pdf", "size": 10, "media_type": "application/pdf"}]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, {"housed"}),
        ({"housed": False}, {"housed"}),
        ({"housed": True}, {"housed", "owner"}),
        ({"housed": True, "owner": False}, {"housed", "owner", "lease", "rent"}),
        ({"housed": True, "owner": True}, {"housed", "owner", "cost"}),
        ({"housed": False, "owner": True, "cost": "10.00"}, {"housed"}),
        ({"housed": "yes", "owner": True}, {"housed"}),
    ],
)
def test_chains_of_hidden_fields_fall_together(scheme_of, reading_of, answers, asked):
    reading = reading_of(scheme_of(HOME), answers)
    assert reading.asked == asked
    assert {field.id for page in reading.pages for field in page.fields} == asked
    assert all(reading.values[name] is None for name in {"owner", "lease", "rent", "cost"} - asked)


def test_hidden_answers_stay_in_the_draft_but_are_not_kept(scheme_of, reading_of):
    """A document sent, then made pointless: DS acceptance case 1."""
    scheme = scheme_of(HOME)
    tenant = {"housed": True, "owner": False, "lease": LEASE, "rent": "500.00"}
    assert reading_of(scheme, tenant).kept() == tenant
    away = {**tenant, "housed": False}
    assert reading_of(scheme, away).kept() == {"housed": False}
    assert reading_of(scheme, away).values["rent"] is None
    assert reading_of(scheme, {**away, "housed": True}).kept() == tenant


def test_kept_answers_hold_nothing_unknown(scheme_of, reading_of):
    kept = reading_of(scheme_of(HOME), {"housed": False, "renamed": "x", "owner": None}).kept()
    assert kept == {"housed": False}


BACKWARDS = """\
form:
  first:
    title: {fr: Un, en: One}
    fields:
      early: {when: late = "a", type: text, label: {fr: Tôt, en: Early}}
  second:
    title: {fr: Deux, en: Two}
    fields:
      late: {type: text, label: {fr: Tard, en: Late}}
"""


def test_a_condition_may_read_a_later_page(scheme_of, reading_of):
    scheme = scheme_of(BACKWARDS)
    assert reading_of(scheme, {"late": "a"}).asked == {"early", "late"}
    assert [page.page.id for page in reading_of(scheme, {}).pages] == ["second"]


ROWS = """\
form:
  costs:
    title: {fr: Dépenses, en: Costs}
    fields:
      detailed: {type: yes_no, label: {fr: "Détail ?", en: "Detail?"}}
      bills:
        when: detailed
        type: repeat
        label: {fr: Factures, en: Bills}
        row: {fr: "{what}", en: "{what}"}
        fields:
          what: {type: text, label: {fr: Objet, en: What}}
          price: {type: money, label: {fr: Montant, en: Price}}
          eligible_part: {when: price > 100, type: money, label: {fr: Part éligible, en: Eligible part}}
          first: {when: row.number = 1, type: text, optional: true, label: {fr: Premier, en: First}}
        totals:
          spent: {sum: price, label: {fr: Total, en: Total}}
          retained: {sum: eligible_part, where: price < 1000, label: {fr: Retenu, en: Counted}}
"""


@pytest.mark.parametrize(
    ("answers", "spent", "retained"),
    [
        ({"detailed": True}, None, None),
        ({"detailed": True, "bills": []}, Decimal(0), Decimal(0)),
        ({"detailed": False}, Decimal(0), Decimal(0)),
        ({"detailed": True, "bills": [{"price": "0.10"}, {"price": "0.20"}]}, Decimal("0.30"), Decimal(0)),
        ({"detailed": True, "bills": [{"price": "10.00"}, {"what": "x"}]}, None, Decimal(0)),
        (
            {
                "detailed": True,
                "bills": [{"price": "200.00", "eligible_part": "50.00"}, {"price": "2000.00"}],
            },
            Decimal("2200.00"),
            Decimal("50.00"),
        ),
        ({"detailed": True, "bills": [{"price": "200.00"}]}, Decimal("200.00"), None),
        (
            {"detailed": True, "bills": [{"price": "50.00", "eligible_part": "9.00"}]},
            Decimal("50.00"),
            Decimal(0),
        ),
        ({"detailed": False, "bills": [{"price": "10.00"}]}, Decimal(0), Decimal(0)),
    ],
)
def test_totals_are_exact_or_unknown(scheme_of, reading_of, answers, spent, retained):
    values = reading_of(scheme_of(ROWS), answers).values
    assert (values["spent"], values["retained"]) == (spent, retained)


def test_each_row_asks_by_its_own_answers(scheme_of, reading_of):
    answers = {"detailed": True, "bills": [{"price": "200.00"}, {"price": "50.00", "eligible_part": "9.00"}]}
    reading = reading_of(scheme_of(ROWS), answers)
    rows = reading.rows("bills")
    assert [[field.id for field in row.fields] for row in rows] == [
        ["what", "price", "eligible_part", "first"],
        ["what", "price"],
    ]
    assert rows[1].values["eligible_part"] is None
    assert rows[1].values["detailed"] is True
    assert reading.kept()["bills"] == [{"price": "200.00"}, {"price": "50.00"}]
    assert reading_of(scheme_of(ROWS), {**answers, "detailed": False}).rows("bills") == ()


FIGURES = """\
parameters:
  income_ceiling:
    by: persons
    type: money
    values:
      - {from: 2020-05-05, rows: {1: 19074, 2: 27896, 3: 33547, 4: 39192, 5: 44860}, each_more: 5651}
      - {from: 2020-06-01, rows: {1: 20000}}
  flat:
    type: money
    values: [{from: 2020-05-05, is: 1000}, {from: 2020-06-01, is: 1200}]
form:
  one:
    title: {fr: Un, en: One}
    fields:
      household: {type: integer, label: {fr: Foyer, en: Household}}
      commune: {type: choice, list: communes, label: {fr: Commune, en: Commune}}
eligibility:
  under: {require: income_ceiling(household) > 0, otherwise: {fr: Non., en: No.}}
  mountain: {require: communes(commune).mountain = "yes", otherwise: {fr: Non., en: No.}}
"""
COMMUNES = "code,label,mountain\n74010,Annecy,no\n74056,Chamonix-Mont-Blanc,yes\n"


@pytest.mark.parametrize(
    ("day", "persons", "ceiling"),
    [
        (date(2020, 5, 5), Decimal(1), Decimal(19074)),
        (date(2020, 5, 31), Decimal(5), Decimal(44860)),
        (date(2020, 5, 31), Decimal(6), Decimal(50511)),
        (date(2020, 5, 31), Decimal(8), Decimal(61813)),
        (date(2020, 5, 31), Decimal(0), None),
        (date(2020, 5, 31), Decimal("5.5"), None),
        (date(2020, 5, 31), None, None),
        (date(2020, 5, 31), "six", None),
        (date(2020, 6, 1), Decimal(1), Decimal(20000)),
        (date(2020, 6, 1), Decimal(2), None),
        (date(2020, 5, 4), Decimal(1), None),
    ],
)
def test_the_ceiling_in_force_on_the_day_applies(scheme_of, reading_of, day, persons, ceiling):
    values = reading_of(scheme_of(FIGURES, communes=COMMUNES), {}, day).values
    assert values["income_ceiling"](persons) == ceiling


def test_the_day_of_deposit_beats_today(scheme_of, reading_of):
    scheme = scheme_of(FIGURES, communes=COMMUNES)
    assert reading_of(scheme, {}, date(2020, 7, 1)).values["flat"] == Decimal(1200)
    assert reading_of(scheme, {}, date(2020, 7, 1), deposited_on=date(2020, 5, 31)).values["flat"] == Decimal(
        1000
    )
    assert reading_of(scheme, {}, date(2020, 4, 1)).values["flat"] is None


def test_the_day_is_that_of_the_organisation(scheme_of):
    """At 23:30 in Paris on 31 May it is already June in Mayotte."""
    scheme = scheme_of(FIGURES, communes=COMMUNES)
    now = datetime(2020, 5, 31, 21, 30, tzinfo=UTC)
    flats = [
        read_answers(
            scheme, {}, now=now, organisation=Organisation(name="Essai", zone=ZoneInfo(zone))
        ).values["flat"]
        for zone in ("Europe/Paris", "Indian/Mayotte")
    ]
    assert flats == [Decimal(1000), Decimal(1200)]


def test_a_list_is_called_like_a_parameter(scheme_of, reading_of):
    reading = reading_of(scheme_of(FIGURES, communes=COMMUNES), {"commune": "74056"})
    assert reading.values["communes"]("74056")["mountain"] == "yes"
    assert reading.values["communes"]("99999") is None
    assert reading.values["communes"](None) is None
    assert reading.values["commune"] == "74056"


def test_what_the_caller_knows_is_added(scheme_of, reading_of):
    scheme = scheme_of(HOME)
    assert reading_of(scheme, {}).values["dossier"]["deposited_on"] == date(2020, 5, 12)
    dossier = {"state": "submitted", "deposited_on": date(2020, 5, 6)}
    values = reading_of(scheme, {}, extra={"dossier": dossier, "more": 1}).values
    assert values["dossier"]["state"] == "submitted"
    assert values["dossier"]["deposited_on"] == date(2020, 5, 6)
    assert values["more"] == 1


@pytest.mark.parametrize("wrong", ["x", 3, [], {}, [1], [{"price": []}], [None], "2020-05-05", 1.5])
def test_answers_of_another_shape_are_unknown(scheme_of, reading_of, wrong):
    """A draft begun under another version is read, never trusted."""
    reading = reading_of(scheme_of(ROWS), {"detailed": True, "bills": wrong})
    assert reading.values["spent"] in (None, Decimal(0))
    reading.kept()
    reading.rows("bills")
