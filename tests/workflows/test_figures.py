"""What figures count: sums kept up are sums counted afresh, whatever happened in between."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.figures import NEVER, Counted, added, cells, grouped

DAYS = st.integers(0, 400).map(lambda days: date(2020, 1, 1) + timedelta(days=days))
WORDS = st.sampled_from(("", "a", "b"))
COUNTED = st.builds(
    Counted,
    state=WORDS,
    since=DAYS,
    going_on=st.booleans(),
    filed=DAYS,
    holder=WORDS,
    decided=st.none() | DAYS,
    outcome=WORDS,
    decider=WORDS,
    reasons=st.lists(WORDS, max_size=2).map(tuple),
    money=st.lists(
        st.tuples(st.sampled_from(("requested", "granted", "paid")), DAYS, st.integers(-500, 500)), max_size=3
    ).map(tuple),
    groups=st.sets(st.sampled_from(("north", "south")), max_size=2).map(lambda found: tuple(sorted(found))),
    territory=WORDS,
    charts=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    due=st.integers(0, 3),
    owed=st.integers(0, 3),
)
CHANGES = st.lists(st.tuples(st.integers(0, 3), COUNTED), max_size=12)


@settings(max_examples=25, deadline=None)
@given(CHANGES)
def test_sums_kept_up_change_by_change_are_those_of_the_last_standing(changes):
    kept, standing = {}, {}
    for dossier, now in changes:
        if dossier in standing:
            added(kept, cells(standing[dossier]), -1)
        added(kept, cells(now))
        standing[dossier] = now
    afresh = {}
    for now in standing.values():
        added(afresh, cells(now))
    assert {cell: sums for cell, sums in kept.items() if any(sums)} == {
        cell: sums for cell, sums in afresh.items() if any(sums)
    }


@settings(max_examples=25, deadline=None)
@given(COUNTED)
def test_what_is_counted_is_kept_as_json_and_read_back(one):
    assert Counted.from_json(json.loads(json.dumps(one.to_json()))) == one


def test_dossier_is_counted_on_its_day_and_in_its_month_and_its_money_when_it_moved():
    one = Counted(
        "paid",
        date(2020, 6, 3),
        False,
        date(2020, 5, 12),
        decided=date(2020, 5, 20),
        outcome="granted",
        money=(("granted", date(2020, 5, 20), 50_000), ("paid", date(2020, 6, 3), 50_000)),
        groups=("south", "north"),
        territory="74",
    )
    found = {(cell.kind, cell.grain, cell.day, cell.key): sums for cell, sums in cells(one).items()}
    assert found[("stock", "now", NEVER, "")] == (1, 0)
    assert (
        found[("filed", "day", date(2020, 5, 12), "")]
        == found[("filed", "month", date(2020, 5, 1), "")]
        == (1, 0)
    )
    assert found[("took", "day", date(2020, 5, 20), "8")] == (1, 0)
    assert found[("paid", "month", date(2020, 6, 1), "")] == (1, 50_000)
    assert {cell.groups for cell in cells(one)} == {"|north|south|"}


def test_a_group_is_found_between_two_bars():
    assert (grouped(()), grouped(("south",))) == ("", "|south|")
