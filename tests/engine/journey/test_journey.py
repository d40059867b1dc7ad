"""The way through the form: nobody skips ahead, and an early refusal ends it until the answer changes."""

from __future__ import annotations

import pytest

from engine.journey import walk

SIX = """\
form:
""" + "".join(
    f"  p{number}:\n    title: {{fr: Page {number}, en: Page {number}}}\n"
    f"    fields:\n      f{number}: {{type: text, label: {{fr: F{number}, en: F{number}}}}}\n"
    for number in range(1, 7)
)


def status(journey):
    return {step.page.id: step.status for step in journey.steps}


def visitable(journey):
    return [id for id in journey.ids if journey.may_visit(id)]


def test_a_deep_link_leads_to_the_first_incomplete_page(scheme_of, reading_of):
    """DEFRA acceptance case 1: two pages of six answered."""
    journey = walk(reading_of(scheme_of(SIX), {"f1": "a", "f2": "b"}), {"p1", "p2"})
    assert journey.first_incomplete == "p3"
    assert visitable(journey) == ["p1", "p2", "p3"]
    assert not journey.may_visit("p5")
    assert not journey.may_visit("nowhere")
    assert not journey.complete
    assert status(journey) == {
        "p1": "done",
        "p2": "done",
        "p3": "todo",
        "p4": "later",
        "p5": "later",
        "p6": "later",
    }


def test_an_empty_draft_begins_at_the_first_page(scheme_of, reading_of):
    journey = walk(reading_of(scheme_of(SIX), {}), ())
    assert (journey.first_incomplete, visitable(journey), journey.complete) == ("p1", ["p1"], False)


def test_a_page_counts_once_it_was_saved(scheme_of, reading_of):
    """Answers given by another way (prefilled, an older version) still have to be seen."""
    answers = {f"f{number}": "x" for number in range(1, 7)}
    assert walk(reading_of(scheme_of(SIX), answers), {"p1", "p3"}).first_incomplete == "p2"
    journey = walk(reading_of(scheme_of(SIX), answers), {f"p{number}" for number in range(1, 7)})
    assert (journey.complete, journey.first_incomplete) == (True, None)
    assert visitable(journey) == list(journey.ids)


def test_pages_know_their_neighbours(scheme_of, reading_of):
    journey = walk(reading_of(scheme_of(SIX), {}), ())
    assert (journey.before("p1"), journey.after("p1")) == (None, "p2")
    assert (journey.before("p6"), journey.after("p6")) == ("p5", None)
    assert (journey.before("nowhere"), journey.after("nowhere")) == (None, None)


FLIP = """\
form:
  means:
    title: {fr: Ressources, en: Means}
    fields:
      income: {type: money, label: {fr: Revenu, en: Income}}
  high:
    title: {fr: Hauts revenus, en: High income}
    when: income > 40000
    fields:
      reason: {type: text, label: {fr: Motif, en: Reason}}
  home:
    title: {fr: Logement, en: Housing}
    fields:
      housed: {type: yes_no, label: {fr: "Logé ?", en: "Housed?"}}
      rent: {when: housed, type: money, label: {fr: Loyer, en: Rent}}
eligibility:
  with_reason: {require: reason = null or reason != "non", otherwise: {fr: Non., en: No.}}
"""
ALL = {"means", "home", "high"}


def test_a_flip_asks_exactly_what_is_new(scheme_of, reading_of):
    """DEFRA acceptance case 3: 12 000 to 45 000 and back, and again."""
    scheme = scheme_of(FLIP)
    low = {"income": "12000.00", "housed": False}
    assert walk(reading_of(scheme, low), {"means", "home"}).complete
    high = walk(reading_of(scheme, {**low, "income": "45000.00"}), {"means", "home"})
    assert (high.first_incomplete, high.ids) == ("high", ("means", "high", "home"))
    assert status(high) == {"means": "done", "high": "todo", "home": "done"}
    told = {**low, "income": "45000.00", "reason": "Une reprise"}
    assert walk(reading_of(scheme, told), ALL).complete
    back = reading_of(scheme, {**told, "income": "100.00"})
    assert walk(back, ALL).complete
    assert (back.kept(), back.values["reason"]) == ({"income": "100.00", "housed": False}, None)
    assert walk(reading_of(scheme, told), ALL).complete


def test_a_field_newly_asked_makes_its_page_incomplete(scheme_of, reading_of):
    journey = walk(reading_of(scheme_of(FLIP), {"income": "1.00", "housed": True}), {"means", "home"})
    assert (journey.first_incomplete, status(journey)["home"]) == ("home", "todo")


STOP = """\
form:
  place:
    title: {fr: Lieu, en: Place}
    fields:
      resident: {type: yes_no, label: {fr: "Résidez-vous ici ?", en: "Resident?"}}
      commune: {type: text, optional: true, label: {fr: Commune, en: Commune}}
  people:
    title: {fr: Foyer, en: Household}
    fields:
      household: {type: integer, label: {fr: Personnes, en: People}}
  money:
    title: {fr: Ressources, en: Means}
    fields:
      income: {type: money, label: {fr: Revenu, en: Income}}
eligibility:
  resident:
    require: resident
    otherwise: {fr: "L'aide est réservée aux résidents.", en: "Residents only."}
    law: {fr: "Règlement, article 2", en: "Regulation, article 2"}
    stop: early
  not_alone: {require: resident and household > 1, otherwise: {fr: À plusieurs., en: Two or more.}, stop: early}
  commune_known: {require: commune = "Annecy", otherwise: {fr: Annecy seulement., en: Annecy only.}, stop: early}
  modest: {require: income < 1000, otherwise: {fr: Trop., en: Too much.}}
"""


@pytest.mark.parametrize(
    ("answers", "seen", "stopped", "after", "visit"),
    [
        ({}, (), None, None, ["place"]),
        ({"resident": False}, (), None, None, ["place"]),
        ({"resident": False}, ("place",), "resident", "place", ["place"]),
        ({"resident": True}, ("place",), "commune_known", "place", ["place"]),
        ({"resident": True, "commune": "Annecy"}, ("place",), None, None, ["place", "people"]),
        (
            {"resident": True, "commune": "Annecy", "household": 1},
            ("place", "people"),
            "not_alone",
            "people",
            ["place", "people"],
        ),
        (
            {"resident": True, "commune": "Annecy", "household": 2, "income": "5000.00"},
            ("place", "people", "money"),
            None,
            None,
            ["place", "people", "money"],
        ),
    ],
)
def test_an_early_refusal_ends_the_journey(scheme_of, reading_of, answers, seen, stopped, after, visit):
    """DEFRA acceptance case 2: no way onward, by any page, while the answer stands."""
    journey = walk(reading_of(scheme_of(STOP), answers), seen)
    assert (journey.stopped.id if journey.stopped else None, journey.stopped_after) == (stopped, after)
    assert visitable(journey) == visit
    assert journey.stopped is None or not journey.complete


def test_changing_the_answer_reopens_the_way(scheme_of, reading_of):
    scheme = scheme_of(STOP)
    answers = {"resident": True, "commune": "Annecy", "household": 2, "income": "5.00"}
    seen = {"place", "people", "money"}
    refused = reading_of(scheme, {**answers, "resident": False})
    journey = walk(refused, seen)
    assert status(journey) == {"place": "done", "people": "later", "money": "later"}
    assert (journey.first_incomplete, journey.stopped_after) == (None, "place")
    assert refused.kept()["household"] == 2
    assert walk(reading_of(scheme, answers), seen).complete


def test_the_refusal_says_why_and_by_what_law(scheme_of, reading_of):
    stopped = walk(reading_of(scheme_of(STOP), {"resident": False}), {"place"}).stopped
    assert stopped.phrases == {"fr": ("L'aide est réservée aux résidents.",), "en": ("Residents only.",)}
    assert stopped.law == {"fr": "Règlement, article 2", "en": "Regulation, article 2"}


def test_a_form_that_asks_nothing_is_never_complete(scheme_of, reading_of):
    hidden = "form:\n  one:\n    title: {fr: Un, en: One}\n    when: 1 = 2\n    fields:\n      x: {type: text, label: {fr: X, en: X}}\n"
    journey = walk(reading_of(scheme_of(hidden), {}), ())
    assert (journey.steps, journey.complete, journey.first_incomplete) == ((), False, None)
