"""What is typed is kept while it is typed; what another tab answered meanwhile is never overwritten without a word."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.database import Draft
from dossiers.services import applications
from dossiers.services.applications import Source
from dossiers.services.draft_views import Autosaved
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.views import Rejected, Saved

NAME = {"person__first_name": "Ada", "person__last_name": "Fictive"}


def type_in(
    site, viewer, public_id, page="you", *, revision=1, tab="one", sure=None, **controls
) -> Autosaved:
    """The script of a page sends what was typed in some fields."""
    form = {name.replace("__", "-"): [value] for name, value in controls.items()}
    asked = {name.partition("__")[0] for name in controls}
    source = Source(revision, tab, sure or {})
    return site.act(applications.autosave, viewer, public_id, page, form=form, asked=asked, source=source)


def form_of(site, viewer, public_id):
    return site.read(applications.form, viewer, public_id)


def test_what_can_be_read_becomes_the_answer_and_nothing_is_demanded(site):
    viewer, public_id = site.begin()
    kept = type_in(site, viewer, public_id, income="12 000")
    assert (kept.conflicts, kept.revision, kept.at) == ((), 2, site.clock.now)
    view = form_of(site, viewer, public_id)
    assert view.reading.answers == {"income": "12000.00"}
    assert view.journey.first_incomplete == "you"


def test_what_can_not_be_read_comes_back_as_typed_and_sealed(site):
    viewer, public_id = site.begin()
    type_in(site, viewer, public_id, income="douze mil")
    view = form_of(site, viewer, public_id)
    assert view.typed == {"income": {"income": ["douze mil"]}}
    assert "income" not in view.reading.answers
    [sealed] = site.rows(select(Draft.typed))
    assert b"douze" not in sealed


def test_page_with_something_unread_is_to_be_done_again(site):
    viewer, public_id = site.begin()
    site.fill(viewer, public_id)
    assert form_of(site, viewer, public_id).journey.complete
    revision = form_of(site, viewer, public_id).draft_revision
    type_in(site, viewer, public_id, revision=revision, income="12 000 ou")
    assert form_of(site, viewer, public_id).journey.first_incomplete == "you"
    with pytest.raises(Refused, match="incomplete"):
        site.act(applications.submit, viewer, public_id)
    type_in(site, viewer, public_id, revision=revision, income="13 000")
    view = form_of(site, viewer, public_id)
    assert view.journey.complete and view.typed == {}


def test_sent_twice_is_kept_once(site):
    viewer, public_id = site.begin()
    first = type_in(site, viewer, public_id, income="12 000")
    again = type_in(site, viewer, public_id, income="12 000")
    assert again.revision == first.revision


def test_newer_answer_of_another_tab_stands_and_both_are_told(site):
    viewer, public_id = site.begin()
    type_in(site, viewer, public_id, tab="one", income="12 000", phone="0450000000")
    kept = type_in(site, viewer, public_id, tab="two", income="13 000")
    [conflict] = kept.conflicts
    assert (conflict.theirs.answer, conflict.mine.answer) == ("12000.00", "13000.00")
    assert form_of(site, viewer, public_id).reading.answers["income"] == "12000.00"
    kept = type_in(site, viewer, public_id, tab="two", sure={"income": conflict.revision}, income="13 000")
    assert kept.conflicts == ()
    assert form_of(site, viewer, public_id).reading.answers["income"] == "13000.00"


def test_who_saw_a_conflict_is_asked_again_when_it_moved_on(site):
    viewer, public_id = site.begin()
    type_in(site, viewer, public_id, tab="one", income="12 000")
    [conflict] = type_in(site, viewer, public_id, tab="two", income="13 000").conflicts
    type_in(site, viewer, public_id, tab="one", income="14 000")
    kept = type_in(site, viewer, public_id, tab="two", sure={"income": conflict.revision}, income="13 000")
    assert [one.theirs.answer for one in kept.conflicts] == ["14000.00"]


def test_a_tab_is_in_no_conflict_with_itself_nor_over_the_same_answer(site):
    viewer, public_id = site.begin()
    type_in(site, viewer, public_id, tab="one", income="12 000")
    assert type_in(site, viewer, public_id, tab="one", income="13 000").conflicts == ()
    assert type_in(site, viewer, public_id, tab="two", income="13 000,00").conflicts == ()


def test_page_sent_from_an_old_tab_keeps_the_rest_and_asks_about_what_differs(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", **NAME)
    sent = site.save(viewer, public_id, "you", income="13 000", phone="0450000000", source=Source(1), **NAME)
    assert isinstance(sent, Rejected)
    assert [one.field.id for one in sent.conflicts] == ["income"]
    assert sent.typed["income"] == ["13 000"]
    answers = form_of(site, viewer, public_id).reading.answers
    assert (answers["income"], answers["phone"]) == ("12000.00", "+33450000000")


def test_what_an_old_tab_left_blank_or_untouched_gives_way(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", phone="0450000000", **NAME)
    blank = site.save(viewer, public_id, "you", income="12 000", phone="", source=Source(1), **NAME)
    assert isinstance(blank, Saved)
    source = Source(1, "two", untouched=frozenset({"income"}))
    untouched = site.save(viewer, public_id, "you", income="9", phone="0450000000", source=source, **NAME)
    assert isinstance(untouched, Saved)
    answers = form_of(site, viewer, public_id).reading.answers
    assert (answers["income"], answers["phone"]) == ("12000.00", "+33450000000")


def test_rows_added_in_two_tabs_are_not_doubled(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", **NAME)
    page = (viewer, public_id, "children")
    revision = form_of(site, viewer, public_id).draft_revision
    for _ in range(2):  # pressed twice
        site.act(applications.add_row, *page, field="children", form={}, source=Source(revision))
    assert form_of(site, viewer, public_id).reading.answers["children"] == [{}]
    row = {"children-0": [""], "children-0-first_name": ["Zoé"], "children-0-age": ["4"]}
    sent = site.act(applications.save_page, *page, form=row, source=Source(revision, "two"))
    assert [one.field.id for one in sent.conflicts] == ["children"]


def test_page_not_come_to_yet_keeps_nothing(site):
    viewer, public_id = site.begin()
    with pytest.raises(Refused, match="incomplete"):
        type_in(site, viewer, public_id, "payment", siret="73282932000074")
    stranger, _ = site.begin("eve@fictif.example")
    with pytest.raises(NotFound):
        type_in(site, stranger, public_id, income="1")
    assert site.rows(select(Draft.answers)) == [{}, {}]


def test_two_tabs_at_the_same_moment_lose_nothing(either_site):
    site = either_site
    viewer, public_id = site.begin()
    kept = site.at_once(
        lambda: type_in(site, viewer, public_id, tab="one", income="9 000", phone="0450000000"),
        lambda: type_in(site, viewer, public_id, tab="two", income="8 000"),
    )
    conflicts = [conflict for one in kept for conflict in one.conflicts]
    assert [one.field.id for one in conflicts] == ["income"]
    assert form_of(site, viewer, public_id).reading.answers["phone"] == "+33450000000"
