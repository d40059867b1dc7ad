"""Following a dossier: plain words, what is expected, the decision with its reasons; and the ways back to it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Link, Party, SessionRow
from dossiers.services import applications, links, owned, tracking, visitors
from dossiers.services.refusals import NotFound, Refused
from dossiers.sessions import digest


def test_an_applicant_reads_public_words_only(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    view = site.read(tracking.dossier, viewer, public_id)
    assert (view.reference, view.status.id) == ("PA-2020-0001", "examined")
    assert [(step.status.id, step.standing) for step in view.steps] == [
        ("received", "done"),
        ("examined", "now"),
        ("decided", "later"),
        ("closed", "later"),
    ]
    assert [entry.kind for entry in view.timeline] == ["filed", "status"]
    told = repr((view.status.label, view.timeline, view.steps, view.expected, view.decision))
    assert "in_review" not in told.replace("states=('in_review', 'on_hold')", "")
    assert (view.decision, view.expected) == (None, None)
    assert [action.id for action in view.actions] == ["withdraw"]


def test_a_draft_is_expected_to_be_finished(site):
    viewer, public_id = site.begin()
    view = site.read(tracking.dossier, viewer, public_id)
    assert (view.reference, view.status, view.expected.kind, str(view.expected.until)) == (
        None,
        None,
        "finish",
        "2020-08-10",
    )


def test_a_correction_says_what_is_expected_and_why(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "phone", "siret")
    expected = site.read(tracking.dossier, viewer, public_id).expected
    assert [field.id for field in expected.fields] == ["phone", "siret"]
    assert [getattr(part, "value", part) for part in expected.reason] == ["Le numéro est illisible."]
    assert (expected.kind, expected.action) == ("correct", "answer")
    assert [row.expected for row in site.read(owned.mine, viewer)] == [True]


def test_a_grant_tells_its_amount_and_payment(site):
    viewer, public_id = site.accepted()
    view = site.read(tracking.dossier, viewer, public_id)
    assert (view.decision.outcome, view.decision.amount, view.decision.currency) == (
        "granted",
        Decimal("1000.00"),
        "EUR",
    )
    assert view.paid_at is None
    site.clock.pass_by(days=3)
    site.fire("accountant", public_id, "pay")
    view = site.read(tracking.dossier, viewer, public_id)
    assert (view.paid_at, view.status.id, view.decision.outcome) == (site.clock.now, "closed", "granted")


def test_a_refusal_tells_remedies_never_the_comment(site):
    viewer, public_id = site.filed()
    site.fire("supervisor", public_id, "refuse", comment="Entre nous.")
    view = site.read(tracking.dossier, viewer, public_id)
    assert (view.decision.outcome, view.decision.amount, view.decision.remedies) == (
        "refused",
        None,
        "remedies",
    )
    assert "Entre nous" not in repr(view)


def test_a_withdrawal_is_no_decision(site):
    viewer, public_id = site.filed()
    view = site.act(tracking.act, viewer, public_id, "withdraw")
    assert (view.status.id, view.decision, view.actions) == ("closed", None, ())
    assert [entry.kind for entry in view.timeline] == ["filed", "withdrawn"]


def test_a_withdrawal_on_an_old_page_is_told_what_changed(site):
    viewer, public_id = site.filed()
    shown = site.read(tracking.dossier, viewer, public_id).revision
    site.fire("instructor", public_id, "take")
    with pytest.raises(Refused, match="changed") as refusal:
        site.act(tracking.act, viewer, public_id, "withdraw", revision=shown)
    assert refusal.value.params["action"] == "take"


@pytest.mark.parametrize("action", ["take", "accept", "pay", "expire", "no_such"])
def test_an_applicant_does_nothing_of_the_office(site, action):
    viewer, public_id = site.filed()
    with pytest.raises(Refused):
        site.act(tracking.act, viewer, public_id, action)
    assert site.state(public_id) == "submitted"


def test_mine_lists_my_dossiers_only(site):
    ada, _ = site.filed()
    site.begin("bob@fictif.example")
    assert [row.reference for row in site.read(owned.mine, ada)] == ["PA-2020-0001"]
    proven = Viewer("applicant", email="bob@fictif.example")
    assert [row.draft for row in site.read(owned.mine, proven)] == [True]
    assert site.read(owned.mine, access.anonymous()) == ()


def test_a_link_is_mailed_to_a_known_address_only(site):
    site.begin()
    assert site.act(links.mail_link, "Ada@fictif.example", "fr") is None
    assert site.act(links.mail_link, "nobody@fictif.example", "fr") is None
    assert [job.options["to"] for job in site.jobs("link")] == ["ada@fictif.example"]


def test_no_mailbox_is_flooded_with_links(site):
    site.begin()
    for _ in range(10):
        assert site.act(links.mail_link, "ada@fictif.example", "fr") is None
        site.clock.pass_by(seconds=1)
    assert len(site.jobs("link")) == 3
    site.clock.pass_by(minutes=16)
    site.act(links.mail_link, "ada@fictif.example", "fr")
    assert len(site.jobs("link")) == 4


def test_a_link_can_be_asked_for_from_the_draft(site):
    viewer, public_id = site.begin()
    site.act(links.mail_resume, viewer, public_id)
    [job] = site.jobs("link")
    assert (job.options["to"], job.options["dossier_id"]) == ("ada@fictif.example", job.dossier_id)
    stranger, _ = site.begin("eve@fictif.example")
    with pytest.raises(NotFound):
        site.act(links.mail_resume, stranger, public_id)


def link(site, token, email="ada@fictif.example", **more):
    """A link as the worker makes it."""
    row = {
        "token_hash": digest(token),
        "email": email,
        "purpose": "link",
        "expires_at": site.clock.now + timedelta(days=7),
        **more,
    }
    with site.desk.office.database.writing() as session:
        session.execute(insert(Link).values(row))


def test_an_opened_link_gives_back_all_dossiers_once(site):
    _, public_id = site.begin()
    link(site, "token-fictif")
    opened = site.act(links.open_link, "token-fictif")
    viewer = site.read(visitors.recognise, opened.session.token, "fr")
    assert (viewer.kind, viewer.email, opened.public_id) == ("applicant", "ada@fictif.example", None)
    assert site.read(applications.form, viewer, public_id).public_id == public_id
    assert site.rows(select(Party.verified_at)) == [site.clock.now]
    with pytest.raises(Refused, match="link_expired"):
        site.act(links.open_link, "token-fictif")


@pytest.mark.parametrize(("token", "days"), [("unknown", 0), ("token-fictif", 8)])
def test_a_link_unknown_or_old_opens_nothing(site, token, days):
    site.begin()
    link(site, "token-fictif")
    site.clock.pass_by(days=days)
    with pytest.raises(Refused, match="link_expired"):
        site.act(links.open_link, token)
    assert len(site.rows(select(SessionRow))) == 1


def test_a_link_opened_twice_at_once_opens_once(either_site):
    site = either_site
    site.begin()
    link(site, "token-fictif")
    results = site.at_once(*[lambda: site.act(links.open_link, "token-fictif")] * 4)
    assert len([result for result in results if isinstance(result, links.OpenedLink)]) == 1


def test_a_session_left_is_over(site):
    started = site.act(
        applications.start, access.anonymous(), "small-grant", email="ada@fictif.example", language="fr"
    )
    site.act(visitors.leave, started.session.token)
    assert site.read(visitors.recognise, started.session.token, "fr").kind == "anonymous"
