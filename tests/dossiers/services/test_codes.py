"""A draft opened on another device by its code and its applicant's e-mail address."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers import access
from dossiers.database import CodeTry, Draft, Link, SessionRow
from dossiers.services import applications, codes, links, visitors
from dossiers.services.refusals import NotFound, Refused
from dossiers.worker import Worker

ADA = "ada@fictif.example"


def try_code(site, code, email=ADA, address="192.0.2.7"):
    return site.act(codes.open_draft, access.anonymous(), code, email, address, "fr")


def code_of(site, viewer, public_id):
    return site.read(applications.form, viewer, public_id).code


def test_code_and_address_open_this_draft_alone(site):
    viewer, public_id = site.begin()
    _, other = site.begin()
    code = code_of(site, viewer, public_id)
    opened = try_code(site, code.lower().replace("-", " "), "  Ada@Fictif.Example ")
    assert opened.public_id == public_id
    elsewhere = site.read(visitors.recognise, opened.session.token, "fr")
    assert site.read(applications.form, elsewhere, public_id).email == ADA
    with pytest.raises(NotFound):
        site.read(applications.form, elsewhere, other)


def test_code_can_not_be_guessed_and_is_not_kept(site):
    viewer, public_id = site.begin()
    code = code_of(site, viewer, public_id)
    assert len(code.replace("-", "")) == 12
    assert code not in str(site.rows(select(Draft.code)))
    other, second = site.begin("bo@fictif.example")
    assert code_of(site, other, second) != code


def test_wrong_pairs_and_unknown_codes_are_answered_alike_and_leave_the_same_trace(site):
    viewer, public_id = site.begin()
    assert try_code(site, code_of(site, viewer, public_id), "eve@fictif.example") is None
    assert try_code(site, "0000-0000-0000", "eve@fictif.example") is None
    assert site.rows(select(CodeTry.count)) == [1, 1]
    assert len(site.rows(select(SessionRow))) == 2 - 1


def test_twenty_wrong_tries_lock_a_code_and_its_applicant_is_told_how_to_unlock_it(site):
    viewer, public_id = site.begin()
    code = code_of(site, viewer, public_id)
    for _ in range(codes.TRIES):
        assert try_code(site, code, "eve@fictif.example") is None
    assert try_code(site, code) is None, "the right pair opens nothing any more"
    worker = Worker(site.desk.office)
    while worker.run_once():
        pass
    mails = [path.read_text() for path in site.desk.office.settings.outbox.rglob("*.eml")]
    assert sum("est_bloqu" in mail or "bloqu" in mail for mail in mails) == 1
    [link] = site.rows(select(Link))
    assert link.email == ADA
    token = site.desk.office.vault.blind_index(f"token:{site.jobs('link')[0].key}")
    site.act(links.open_link, token)
    assert try_code(site, code).public_id == public_id


def test_code_opens_nothing_once_filed_or_erased(site):
    viewer, public_id = site.begin()
    code = code_of(site, viewer, public_id)
    site.fill(viewer, public_id)
    site.act(applications.submit, viewer, public_id)
    assert try_code(site, code) is None


def test_tries_from_one_place_are_throttled_whatever_the_code(site):
    for number in range(codes.FROM_ONE_ADDRESS):
        try_code(site, f"{number:012}", f"a{number}@fictif.example")
    with pytest.raises(Refused, match="throttled"):
        try_code(site, "0000-0000-0000", "b@fictif.example")


def test_tries_at_the_same_moment_are_all_counted(either_site):
    site = either_site
    site.at_once(*(lambda: try_code(site, "0000-0000-0000", "e@fictif.example") for _ in range(6)))
    assert site.rows(select(CodeTry.count)) == [6]
