"""The office's own affairs: accounts and sign-in, versions, lists and searches, mails, and the desk itself."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import OperationalError

from dossiers.access import Viewer
from dossiers.database import Account, Dossier, Job, JournalEntry, Mail, SchemeVersion, SessionRow
from dossiers.services import (
    accounts,
    applications,
    audit,
    casework,
    inbox,
    outbox,
    passwords,
    publication,
    receipts,
    submission,
    visitors,
)
from dossiers.services.desk import ATTEMPTS, preceded_by
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.wanted import Wanted

SLUG = "small-grant"
PASSWORD = "un mot de passe fictif"
EMAIL = "anne@office.example"
ADMINISTRATOR = Viewer("staff", account_id=1, name="Sylvie (fictive)", administrator=True)


def add(site, **more):
    given = {
        "email": EMAIL,
        "name": "Anne (fictive)",
        "password": PASSWORD,
        "roles": {SLUG: ["instructor"]},
        **more,
    }
    return site.act(accounts.add, **given)


def test_who_signs_in_serves_the_schemes_of_their_roles(site):
    add(site)
    signed = site.act(accounts.sign_in, " Anne@Office.example", PASSWORD, language="en")
    assert (signed.account.name, signed.account.roles) == ("Anne (fictive)", {SLUG: ("instructor",)})
    viewer = site.read(visitors.recognise, signed.session.token, "en")
    assert (viewer.kind, viewer.roles, viewer.administrator) == (
        "staff",
        {SLUG: frozenset({"instructor"})},
        False,
    )
    [served] = site.read(inbox.home, viewer)
    assert (served.slug, served.roles, served.total) == (SLUG, ("instructor",), 0)
    site.act(accounts.sign_out, viewer, signed.session.token)
    assert site.read(visitors.recognise, signed.session.token, "en").kind == "anonymous"


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "another password"), ("nobody@office.example", PASSWORD), ("", "")]
)
def test_a_wrong_password_tells_nothing(site, email, password):
    add(site)
    with pytest.raises(Refused) as refusal:
        site.act(accounts.sign_in, email, password)
    assert (refusal.value.code, dict(refusal.value.params)) == ("wrong_credentials", {})
    assert site.rows(select(SessionRow)) == []


def test_password_is_hashed_at_a_price_nobody_can_pay_a_million_times(slow_hasher, monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", slow_hasher)
    kept = passwords.hash_password(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.is_right(kept, PASSWORD) and not passwords.is_right(kept, PASSWORD + " ")


def test_passwords_cannot_be_tried_for_long(either_site, monkeypatch):
    site = either_site
    monkeypatch.setattr(
        passwords, "is_right", lambda kept, password: password == PASSWORD and kept is not None
    )
    add(site)
    for _ in range(accounts.ATTEMPTS):
        with pytest.raises(Refused, match="wrong_credentials"):
            site.act(accounts.sign_in, EMAIL, "guess")
    with pytest.raises(Refused, match="throttled"):
        site.act(accounts.sign_in, EMAIL.upper(), PASSWORD)
    site.clock.pass_by(minutes=16)
    site.act(accounts.sign_in, EMAIL, PASSWORD)


def test_a_closed_account_is_out_at_once(site):
    account = add(site)
    signed = site.act(accounts.sign_in, EMAIL, PASSWORD)
    site.act(accounts.disable, ADMINISTRATOR, account.public_id)
    assert site.read(visitors.recognise, signed.session.token, "fr").kind == "anonymous"
    with pytest.raises(Refused, match="wrong_credentials"):
        site.act(accounts.sign_in, EMAIL, PASSWORD)


def test_the_last_administrator_stays(site):
    account = add(site, administrator=True, roles={})
    with pytest.raises(Refused, match="last_administrator"):
        site.act(accounts.disable_by_email, EMAIL)
    add(site, email="jean@office.example", administrator=True)
    site.act(accounts.disable_by_email, EMAIL)
    [closed] = [one for one in site.read(accounts.every) if one.public_id == account.public_id]
    assert closed.disabled_at == site.clock.now


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"password": "short"}, "weak_password"),
        ({"email": "nope"}, "not_an_email"),
        ({"email": "instructor@office.example"}, "email_taken"),
        ({"roles": {SLUG: ["king"]}}, "unknown_role"),
    ],
)
def test_an_account_that_may_not_be_is_refused(site, given, code):
    with pytest.raises(Refused, match=code):
        add(site, **given)


def test_accounts_are_administrators_business(site):
    for call in (
        lambda: add(site, by=site.staff["supervisor"]),
        lambda: site.read(accounts.every, site.staff["supervisor"]),
    ):
        with pytest.raises(NotFound):
            call()
    with pytest.raises(NotFound):
        site.read(outbox.mails, site.staff["supervisor"])


def test_roles_are_replaced_and_journalled(site):
    account = add(site)
    view = site.act(accounts.grant, ADMINISTRATOR, account.public_id, {SLUG: ["supervisor", "accountant"]})
    assert view.roles == {SLUG: ("accountant", "supervisor")}
    actions = site.rows(
        select(JournalEntry.action).where(JournalEntry.stream == f"account:{account.public_id}")
    )
    assert actions == ["account_added", "roles_granted"]


def test_publishing_retires_the_version_before(site, bundle_of):
    view = site.act(publication.publish, bundle_of(("Petite aide", "Toute petite aide")), "Sylvie (fictive)")
    assert (view.number, view.current, view.open) == (2, True, "open")
    assert [(one.number, one.current) for one in site.read(publication.versions, SLUG)] == [
        (2, True),
        (1, False),
    ]
    assert site.read(publication.current, SLUG).scheme.title.plain("fr") == "Toute petite aide"
    assert [card.slug for card in site.read(publication.open_schemes)] == [SLUG]


def test_the_same_text_is_not_published_twice(site, bundle_of):
    with pytest.raises(Refused, match="already_published"):
        site.act(publication.publish, bundle_of(), "Sylvie (fictive)")


def test_publishing_at_once_leaves_one_version_in_force(either_site, bundle_of):
    site = either_site
    texts = [bundle_of(("Petite aide", f"Petite aide {number}")) for number in range(3)]
    site.at_once(
        *[lambda text=text: site.act(publication.publish, text, "Sylvie (fictive)") for text in texts]
    )
    assert len(site.rows(select(SchemeVersion.id).where(SchemeVersion.retired_at.is_(None)))) == 1
    assert sorted(site.rows(select(SchemeVersion.number))) == [1, 2, 3, 4]


def test_a_closed_scheme_opens_again_when_published(site, bundle_of):
    site.act(publication.close, SLUG, "Sylvie (fictive)")
    assert site.read(publication.current, SLUG).open == "closed"
    with pytest.raises(Refused, match="not_open"):
        site.begin()
    site.act(publication.publish, bundle_of(), "Sylvie (fictive)")
    assert site.read(publication.current, SLUG).open == "open"
    with pytest.raises(NotFound):
        site.act(publication.close, "no-such", "Sylvie (fictive)")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Ada Fictive", "Bob Inventé"}),
        ("PA-2020-0001", {"Ada Fictive"}),
        ("inventé", {"Bob Inventé"}),
        ("INVENTE bob", {"Bob Inventé"}),
        ("bob@fictif.example", {"Bob Inventé"}),
        ("732 829 320 00074", {"Ada Fictive"}),
        ("12000", set()),  # an income is hidden from the hotline: no search may find it
        ("FR7630006000011234567890189", set()),
        ("nobody", set()),
    ],
)
def test_a_search_finds_names_references_and_numbers(either_site, query, found):
    site = either_site
    site.filed()
    viewer, public_id = site.begin("bob@fictif.example")
    site.fill(viewer, public_id, siret=site.siret(2))
    site.save(
        viewer, public_id, "you", person__first_name="Bob", person__last_name="Inventé", asked=["person"]
    )
    site.act(applications.submit, viewer, public_id)
    view = site.read(inbox.overview, site.staff["hotline"], SLUG, Wanted(query=query))
    assert {row.applicant for row in view.rows} == found
    assert view.total == len(found)


def test_the_inbox_counts_by_state_and_filters(either_site):
    site = either_site
    site.begin("draft@fictif.example")
    first = site.filed("a@fictif.example", siret=site.siret(1))[1]
    site.clock.pass_by(hours=1)
    second = site.filed("b@fictif.example", siret=site.siret(2))[1]
    site.clock.pass_by(hours=1)
    site.fire("instructor", first, "take")
    viewer = site.staff["instructor"]
    view = site.read(inbox.overview, viewer, SLUG)
    assert {state: count for state, count in view.counts.items() if count} == {"submitted": 1, "in_review": 1}
    assert next(iter(view.counts)) == "submitted"
    assert [row.public_id for row in view.rows] == [second, first]
    submitted = site.read(inbox.overview, viewer, SLUG, Wanted(state="submitted")).rows
    assert [row.public_id for row in submitted] == [second]
    [mine] = site.read(inbox.overview, viewer, SLUG, Wanted(mine=True)).rows
    assert (mine.public_id, mine.mine, mine.assigned_to) == (first, True, "instructor (fictif)")
    [served] = site.read(inbox.home, viewer)
    assert (served.total, served.open_count, served.mine, served.overdue) == (2, 2, 1, 0)
    assert served.expected == 2


def test_the_inbox_of_another_scheme_is_not_found(site):
    with pytest.raises(NotFound):
        site.read(
            inbox.overview, Viewer("staff", account_id=9, roles={"other": frozenset({"instructor"})}), SLUG
        )
    assert site.read(inbox.home, Viewer("staff", account_id=9)) == ()


def sent(site, public_id):
    """The acknowledgement as the worker leaves it."""
    [job] = site.jobs("mail")
    row = {"job_id": job.id, "message_id": "<1@office.example>", "to": job.options["to"], "subject": "Reçu"}
    with site.desk.office.database.writing() as session:
        session.execute(insert(Mail).values(**row, text="Bonjour.", at=site.clock.now, state="sent"))
    return site.rows(select(Mail.id))[0]


def test_administrators_read_the_outbox(site):
    _, public_id = site.filed()
    id = sent(site, public_id)
    with site.desk.office.database.writing() as session:
        session.execute(
            update(Job).where(Job.kind == "receipt").values(failed_at=site.clock.now, error="no font")
        )
    view = site.read(outbox.mails, ADMINISTRATOR)
    [row] = view.rows
    assert (row.to, row.subject, row.state, row.reference) == (
        "ada@fictif.example",
        "Reçu",
        "sent",
        "PA-2020-0001",
    )
    assert [(job.kind, job.error) for job in view.failed_jobs] == [("receipt", "no font")]
    assert site.read(outbox.mail, ADMINISTRATOR, id).text == "Bonjour."


def test_a_mail_is_sent_again_to_the_applicant(either_site):
    site = either_site
    _, public_id = site.filed()
    id = sent(site, public_id)
    for _ in range(2):  # pressed twice
        site.act(casework.resend, site.staff["hotline"], public_id, id)
    first, again = site.jobs("mail")
    assert (again.options["text"], again.options["to"]) == (first.options["text"], "ada@fictif.example")
    with pytest.raises(Refused, match="not_allowed"):
        site.act(casework.resend, site.staff["instructor"], public_id, id)
    _, other = site.filed("bob@fictif.example", siret=site.siret(2))
    with pytest.raises(NotFound):
        site.act(casework.resend, site.staff["hotline"], other, id)


def test_a_receipt_prints_its_own_filing_without_secrets(site):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "siret")
    site.save(viewer, public_id, "payment", siret=site.siret(3), asked=["siret"])
    site.act(submission.submit, viewer, public_id)
    [id] = site.rows(select(Dossier.id))
    first, last = (site.read(receipts.pdf_view, id, number) for number in (1, None))
    assert (first.receipt.number, first.reading.answers["siret"]) == (1, "73282932000074")
    assert (last.receipt.number, last.reading.answers["siret"]) == (2, site.siret(3))
    assert first.hidden == {"iban"}


def test_an_altered_decision_is_found(site):
    _, public_id = site.accepted()
    assert site.read(audit.verify).whole
    with site.desk.office.database.writing() as session:
        session.execute(
            update(JournalEntry).where(JournalEntry.action == "accept").values(actor_name="Quelqu'un d'autre")
        )
    found = site.read(audit.verify)
    assert not found.whole
    assert str(found) == f"The journal doesn't hold: dossier:{public_id}, entry 4: altered."


class Locked(Exception):
    """What SQLite says when another process writes."""

    def __str__(self):
        return "database is locked"


def test_an_act_is_tried_again_after_a_rival(site, monkeypatch):
    monkeypatch.setattr("dossiers.services.desk.FIRST_PAUSE", 0)
    tries = []

    def service(work):
        tries.append(work.now)
        if len(tries) < 3:
            raise OperationalError("UPDATE", {}, Locked())
        return "done"

    assert site.act(service) == "done"
    assert len(tries) == 3


def test_an_act_is_not_tried_for_ever(site, monkeypatch):
    monkeypatch.setattr("dossiers.services.desk.FIRST_PAUSE", 0)
    tries = []

    def service(work):
        tries.append(1)
        raise OperationalError("UPDATE", {}, Locked())

    with pytest.raises(OperationalError):
        site.act(service)
    assert len(tries) == ATTEMPTS


def test_an_act_refused_writes_nothing_and_is_undone(site):
    undone = []

    @preceded_by(lambda office, now: "prepared", undo=lambda office, prepared: undone.append(prepared))
    def service(work):
        work.session.execute(update(Account).values(name="Personne"))
        raise Refused("empty")

    with pytest.raises(Refused, match="empty"):
        site.act(service)
    assert undone == ["prepared"]
    assert "Personne" not in site.rows(select(Account.name))


def test_the_worker_is_woken_after_the_commit(site):
    site.desk.office.wake.clear()
    site.filed()
    assert site.desk.office.wake.is_set()
