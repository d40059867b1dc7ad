"""Drafts of one applicant: led back to, listed, erased."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Document, Dossier, Draft
from dossiers.services import applications, beginning, discarding, owned, publication, visitors
from dossiers.services.refusals import NotFound, Refused

ADA = "ada@fictif.example"
SEVERAL = ("languages: [fr, en]", "languages: [fr, en]\nseveral: true")


def begin(site, viewer=None, email=ADA, once=""):
    return site.act(
        applications.start, viewer or access.anonymous(), "small-grant", email=email, language="fr", once=once
    )


def test_who_begins_again_is_led_to_the_draft_begun_before(site):
    first = begin(site)
    viewer = site.read(visitors.recognise, first.session.token, "fr")
    again = begin(site, viewer)
    assert again.public_id == first.public_id
    neighbour = begin(site, viewer, "bo@fictif.example")
    assert neighbour.public_id != first.public_id, "for somebody else, from the same browser"


def test_button_pressed_twice_begins_one_draft_that_both_answers_may_open(either_site):
    site = either_site
    first, again = (begin(site, once="secret of the page") for _ in range(2))
    assert again.public_id == first.public_id
    for started in (first, again):
        viewer = site.read(visitors.recognise, started.session.token, "fr")
        assert site.read(applications.form, viewer, started.public_id).email == ADA
    assert begin(site, email="bo@fictif.example", once="secret of the page").public_id != first.public_id
    assert begin(site, once="another page").public_id != first.public_id


def test_page_left_open_begins_another_draft_later(site):
    first = begin(site, once="secret of the page")
    site.clock.pass_by(minutes=6)
    assert begin(site, once="secret of the page").public_id != first.public_id


def test_a_stranger_is_told_of_no_draft(site):
    first = begin(site)
    assert begin(site).public_id != first.public_id
    assert site.read(beginning.drafts_of, access.anonymous(), "small-grant") == ()


def test_scheme_that_allows_several_begins_another(site, bundle_of):
    site.act(publication.publish, bundle_of(SEVERAL), "Sylvie (fictive)")
    first = begin(site)
    viewer = site.read(visitors.recognise, first.session.token, "fr")
    second = begin(site, viewer)
    assert second.public_id != first.public_id
    viewer = site.read(visitors.recognise, first.session.token, "fr")
    found = site.read(beginning.drafts_of, viewer, "small-grant")
    assert [one.public_id for one in found] == [second.public_id, first.public_id]


def test_drafts_are_listed_with_how_far_they_are_and_how_long_they_are_kept(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", person__first_name="Ada", person__last_name="F", income="12 000")
    [row] = site.read(owned.mine, viewer)
    assert (row.draft, row.done, row.total, row.saved_at) == (True, 1, 3, site.clock.now)
    assert row.expires_on == date(2020, 8, 10)


def test_draft_is_erased_by_its_applicant_alone_and_the_others_stay(site):
    viewer, public_id = site.begin()
    _, other = site.begin()
    stranger, _ = site.begin("eve@fictif.example")
    with pytest.raises(NotFound):
        site.act(discarding.discard, stranger, public_id)
    site.act(discarding.discard, viewer, public_id)
    with pytest.raises(NotFound):
        site.read(applications.form, viewer, public_id)
    assert len(site.rows(select(Draft.dossier_id))) == 2
    assert site.rows(select(Document.id)) == []
    [purged] = site.rows(select(Dossier.purged_at).where(Dossier.public_id == public_id))
    assert purged == site.clock.now
    assert other


def test_what_is_filed_is_not_erased_so(site):
    viewer, public_id = site.filed()
    with pytest.raises(Refused, match="not_editable"):
        site.act(discarding.discard, viewer, public_id)
    assert isinstance(viewer, Viewer)
