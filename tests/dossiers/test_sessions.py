"""Sessions end when unused and in any case; tokens are never kept; attempts are counted exactly."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from dossiers import access, sessions, throttle
from dossiers.database import Account, RoleGrant, SessionRow, Throttle


@pytest.fixture
def account_id(office):
    row = {"public_id": "p", "email": "anne@office.example", "name": "Anne (fictive)", "password_hash": "x"}
    row |= {"created_at": office.clock(), "administrator": True, "language": "fr"}
    with office.database.writing() as session:
        id = session.scalars(insert(Account).values(row).returning(Account.id)).one()
        for role in ("instructor", "supervisor"):
            session.execute(insert(RoleGrant).values(account_id=id, scheme_slug="grant", role=role))
    return id


def open_applicant(office, **about):
    with office.database.writing() as session:
        about = {"email": None, "dossiers": [], "language": "fr", "now": office.clock(), **about}
        return sessions.open_applicant(session, office, **about)


def open_staff(office, account_id):
    with office.database.writing() as session:
        return sessions.open_staff(session, office, account_id=account_id, language="fr", now=office.clock())


def find(office, token):
    with office.database.reading() as session:
        return sessions.find(session, office, token, office.clock())


def viewer(office, token):
    with office.database.reading() as session:
        return access.viewer(session, sessions.find(session, office, token, office.clock()), "en")


def test_token_is_never_kept(office):
    opened = open_applicant(office, email="ada@fictif.example")
    with office.database.reading() as session:
        row = session.scalars(select(SessionRow)).one()
        kept = [str(getattr(row, column.name)) for column in SessionRow.__table__.columns]
    assert not any(opened.token in text for text in kept)
    assert len(opened.token) == 43


@pytest.mark.parametrize("token", [None, "", "x", "0" * 43])
def test_unknown_token_is_nobody(office, token):
    open_applicant(office)
    assert find(office, token) is None
    assert viewer(office, token) == access.anonymous("en")


def test_applicant_sees_what_the_session_began(office):
    opened = open_applicant(office, email="ada@fictif.example", dossiers=[3, 1, 3])
    found = viewer(office, opened.token)
    assert (found.kind, found.email, found.dossiers) == ("applicant", "ada@fictif.example", frozenset({1, 3}))
    assert (found.csrf, found.language, found.roles) == (opened.csrf, "en", {})


def test_session_takes_one_dossier_more(office):
    opened = open_applicant(office, dossiers=[1])
    with office.database.writing() as session:
        assert sessions.admit(session, sessions.digest(opened.token), 2)
        assert not sessions.admit(session, "no such session", 2)
        assert not sessions.admit(session, None, 2)
    assert viewer(office, opened.token).dossiers == {1, 2}


def test_staff_have_the_roles_of_their_account(office, account_id):
    found = viewer(office, open_staff(office, account_id).token)
    assert (found.kind, found.account_id, found.name) == ("staff", account_id, "Anne (fictive)")
    assert found.roles == {"grant": {"instructor", "supervisor"}}
    assert found.administrator


def test_session_of_a_closed_account_is_nobody(office, account_id):
    opened = open_staff(office, account_id)
    with office.database.writing() as session:
        session.get(Account, account_id).disabled_at = office.clock()
    assert viewer(office, opened.token) == access.anonymous("en")


def test_unused_session_ends(office):
    opened = open_applicant(office)
    office.clock.pass_by(minutes=119)
    assert find(office, opened.token) is not None
    office.clock.pass_by(minutes=1)
    assert find(office, opened.token) is None


def test_session_in_use_ends_after_its_lifetime(office):
    opened = open_applicant(office)
    for _ in range(11):
        office.clock.pass_by(hours=1)
        with office.database.writing() as session:
            sessions.touch(session, opened.token, office.clock())
        assert find(office, opened.token) is not None
    office.clock.pass_by(hours=1)
    assert find(office, opened.token) is None


def test_session_wants_touching_every_five_minutes(office):
    opened = open_applicant(office)
    office.clock.pass_by(minutes=4, seconds=59)
    assert not find(office, opened.token).stale
    office.clock.pass_by(seconds=1)
    assert find(office, opened.token).stale
    with office.database.writing() as session:
        sessions.touch(session, opened.token, office.clock())
    assert not find(office, opened.token).stale


def test_closed_session_is_gone_and_others_stay(office, account_id):
    first, second, third = (
        open_staff(office, account_id),
        open_staff(office, account_id),
        open_applicant(office),
    )
    with office.database.writing() as session:
        sessions.close(session, first.token)
        sessions.close(session, "no such token")
    assert [find(office, one.token) is None for one in (first, second, third)] == [True, False, False]
    with office.database.writing() as session:
        sessions.close_all(session, account_id=account_id)
    assert [find(office, one.token) is None for one in (second, third)] == [True, False]


def test_sessions_that_are_over_are_forgotten(office):
    open_applicant(office)
    office.clock.pass_by(days=1)
    kept = open_applicant(office)
    with office.database.writing() as session:
        sessions.sweep(session, office.clock())
        rows = session.scalars(select(SessionRow.token_hash)).all()
    assert rows == [sessions.digest(kept.token)]


def test_attempts_beyond_the_limit_are_refused(office):
    tried = [throttle.allow(office, "sign_in:ada", limit=3, window=timedelta(minutes=15)) for _ in range(5)]
    assert tried == [True, True, True, False, False]
    assert throttle.allow(office, "sign_in:bob", limit=3, window=timedelta(minutes=15))


def test_new_window_allows_again(office):
    for _ in range(4):
        throttle.allow(office, "a", limit=3, window=timedelta(minutes=15))
    office.clock.pass_by(minutes=15)
    assert throttle.allow(office, "a", limit=3, window=timedelta(minutes=15))


def test_attempts_at_once_are_counted_exactly(office):
    allowed, ready = [], threading.Barrier(4)

    def run():
        ready.wait()
        allowed.extend(throttle.allow(office, "a", limit=10, window=timedelta(minutes=15)) for _ in range(10))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (allowed.count(True), allowed.count(False)) == (10, 30)


def test_counted_names_are_not_kept(office):
    throttle.allow(office, "sign_in:ada@fictif.example", limit=3, window=timedelta(minutes=15))
    with office.database.writing() as session:
        assert "ada@fictif.example" not in session.scalars(select(Throttle.key)).one()
        throttle.sweep(session, office.clock() + timedelta(days=2))
        assert session.scalars(select(Throttle.key)).all() == []
