"""What acts put in line leaves the building: mails, receipts, links; once, and not when it makes no sense any more."""

import email
from datetime import timedelta
from email import policy

import pytest
from sqlalchemy import select

from dossiers import jobs
from dossiers.database import DeadlineRow, Document, Job, Link, Mail
from dossiers.effects import RUNNERS, GiveUp, delivery
from dossiers.outside.post import PostError, Undeliverable
from dossiers.services import links, tracking
from dossiers.worker import Worker


def states(site):
    return {job.key.partition(":")[0]: (job.done_at is not None, job.error) for job in site.jobs()}


def test_deposit_is_acknowledged_by_mail_and_receipt(site, worker, outbox):
    site.filed()
    worker.run_all()
    [(to, subject, text, attached)] = outbox()
    assert (to, subject) == ("ada@fictif.example", "Votre demande PA-2020-0001")
    assert text == "Bonjour.\n\n-- \nOffice (fictif)\n"
    assert attached == ()
    [paper] = site.rows(select(Document))
    assert (paper.origin, paper.media_type, paper.scan) == ("receipt", "application/pdf", "clean")
    assert site.desk.office.store.get(paper.store_key).startswith(b"%PDF")
    assert site.rows(select(Mail.state)) == ["sent"]


def test_mail_says_that_a_machine_wrote_it(site, worker, office):
    site.filed()
    worker.run_all()
    [path] = office.settings.outbox.iterdir()
    found = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    [message_id] = site.rows(select(Mail.message_id))
    assert found["Message-ID"] == message_id
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["From"] == '"Office (fictif)" <no-reply@office.example>'
    assert found["Reply-To"] == "aide@office.example"
    assert found["Content-Language"] == "fr"
    assert found["Date"].datetime == office.clock()
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]


def test_everything_run_twice_happens_once(site, worker, outbox, office):
    """The worker dies after each effect and before it is acknowledged: the next one does it all again."""
    site.filed()
    for job in site.jobs():
        if job.run_at <= office.clock():
            held = jobs.Claimed(job.id, job.kind, job.key, job.dossier_id, job.options, 1, 0, job.planned_at)
            RUNNERS[job.kind](held, office)
    worker.run_all()
    assert len(outbox()) == 1
    assert len(site.rows(select(Document))) == 1
    assert site.rows(select(Mail.state)) == ["sent"]


def test_link_of_a_draft_is_mailed_after_ten_minutes(site, worker, outbox):
    _, public_id = site.begin()
    worker.run_all()
    assert outbox() == []
    site.clock.pass_by(minutes=10)
    worker.run_all()
    [(to, _, text, _)] = outbox()
    token = text.partition("https://office.example/lien/")[2].split()[0]
    opened = site.act(links.open_link, token)
    assert to == "ada@fictif.example"
    assert opened.public_id == public_id


def test_filed_draft_needs_no_link(site, worker, outbox):
    site.filed()
    site.clock.pass_by(minutes=10)
    worker.run_all()
    assert [subject for _, subject, _, _ in outbox()] == ["Votre demande PA-2020-0001"]
    assert site.rows(select(Link)) == []


def test_our_own_outbox_never_shows_a_link(site, worker, outbox):
    site.begin()
    site.act(links.mail_link, "ada@fictif.example", "fr")
    worker.run_all()
    [(_, _, text, _)] = outbox()
    token = text.partition("https://office.example/lien/")[2].split()[0]
    [kept] = site.rows(select(Mail.text))
    assert len(token) == 64
    assert token not in kept
    assert "https://office.example/lien/•••" in kept


def test_link_expires(site, worker, outbox):
    site.begin()
    site.act(links.mail_link, "ada@fictif.example", "fr")
    worker.run_all()
    token = outbox()[0][2].partition("https://office.example/lien/")[2].split()[0]
    site.clock.pass_by(days=7)
    with pytest.raises(Exception, match="link_expired"):
        site.act(links.open_link, token)


def test_message_is_told_and_never_quoted(site, worker, outbox):
    viewer, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.act(tracking.reply, viewer, public_id, body="Une confidence fictive.")
    worker.run_all()
    [text] = [text for to, _, text, _ in outbox() if to == "instructor@office.example"]
    assert "Une confidence fictive." not in text
    assert f"https://office.example/bureau/small-grant/{public_id}" in text


def test_deadline_is_fired_once(site, worker, outbox):
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    site.ask(public_id, "iban")
    worker.run_all()
    before = len(outbox())
    due = max(
        site.rows(select(DeadlineRow.due_at).where(DeadlineRow.kind == "do", DeadlineRow.done_at.is_(None)))
    )
    site.clock.now = due + timedelta(seconds=1)
    worker.run_all()
    assert site.state(public_id) == "expired"
    after = len(outbox())
    assert after > before
    worker.run_all()
    assert len(outbox()) == after


def test_failing_deadline_stops_no_other(site, office):
    def fail(job, office):
        raise RuntimeError("nothing works today")

    first, second = (
        site.filed("a@fictif.example", siret=site.siret(1))[1],
        site.filed("b@fictif.example", siret=site.siret(2))[1],
    )
    assert first != second
    site.clock.pass_by(days=400)
    Worker(office, runners={"deadline": fail}).run_all()
    due = site.jobs("deadline")
    assert len(due) >= 2
    assert {job.error for job in due} == {"RuntimeError: nothing works today"}


class Away:
    """A post that is away, or refuses for good."""

    exactly_once = False

    def __init__(self, *errors):
        self.errors, self.sent = list(errors), []

    def send(self, parcel):
        if self.errors and (error := self.errors.pop(0)) is not None:
            raise error
        self.sent.append(parcel)


def with_post(office, post):
    object.__setattr__(office, "post", post)
    return post


def test_mail_waits_for_a_post_that_is_away(site, worker, office):
    post = with_post(office, Away(PostError("the server is away")))
    site.filed()
    worker.run_all()
    assert site.rows(select(Mail.state)) == ["waiting"]
    assert states(site)["mail"] == (False, "the server is away")
    site.clock.pass_by(minutes=1)
    worker.run_all()
    assert site.rows(select(Mail.state)) == ["sent"]
    assert [parcel.to for parcel in post.sent] == ["ada@fictif.example"]


def test_mail_refused_for_good_is_left_to_people(site, worker, office):
    with_post(office, Away(Undeliverable("550 no such user")))
    site.filed()
    worker.run_all()
    assert site.rows(select(Mail.state)) == ["failed"]
    assert site.rows(select(Job.error).where(Job.failed_at.is_not(None))) == ["550 no such user"]


def test_mail_that_may_have_left_twice_says_so(site, worker, office):
    class Death(BaseException):
        """The machine dies in the middle of the sending."""

    post = with_post(office, Away(Death()))
    site.filed()
    with pytest.raises(Death):
        worker.run_all()
    for job in site.jobs():
        with office.database.writing() as session:
            session.get(Job, job.id).lease_until = None
    worker.run_all()
    assert site.rows(select(Mail.state)) == ["repeated"]
    assert len(post.sent) == 1


def test_unknown_kind_of_job_is_left_to_people(site, office, worker):
    with office.database.writing() as session:
        jobs.add(session, "fax", key="fax:1", run_at=office.clock())
    worker.run_all()
    [job] = site.jobs("fax")
    assert (job.failed_at, job.error) == (office.clock(), "nobody here knows how to do 'fax'")


@pytest.mark.parametrize("to", ["", "ada@fictif.example"])
def test_mail_without_address_is_given_up(site, office, to):
    claimed = jobs.Claimed(0, "mail", "k", None, {}, 1, 0, office.clock())
    written = delivery.Written("Objet", "texte", "<p>texte</p>")
    head = delivery.Letterhead(to, "fr")
    if to:
        assert delivery.message(claimed, office, written, head)["To"] == to
    else:
        assert delivery.deliver(claimed, office, written, head) == GiveUp("there is no address to write to")


@pytest.mark.parametrize(
    ("subject", "to"),
    [("Deux\nlignes\r\nBcc: x@y.example", "ada@fictif.example"), ("Été œuvre 🎉", "élodie@fictif.example")],
)
def test_hostile_subject_adds_no_header(office, subject, to):
    claimed = jobs.Claimed(0, "mail", "k", None, {}, 1, 0, office.clock())
    head = delivery.Letterhead(to, "fr")
    content = delivery.message(claimed, office, delivery.Written(subject, "t", "<p>t</p>"), head).as_bytes()
    found = email.message_from_bytes(content, policy=policy.default)
    assert found["Bcc"] is None
    assert found["Subject"] == " ".join(subject.split())
    assert found["To"] == to
