"""The clock of a rehearsal goes ahead by hand, from the page or the command line; leases don't follow; it can begin again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from dossiers import jobs
from dossiers.database import Dossier, Job, JournalEntry, Mail
from dossiers.services import rehearsing
from dossiers.services.audit import verify
from dossiers.services.refusals import Refused
from guichet.__main__ import main
from tests.guichet.rehearsal.test_apart import live_through

PAGE = "/bureau/repetition"


def count(site, model) -> int:
    with site.desk.office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def waiting_for_an_answer(site) -> str:
    """A dossier whose applicant is asked for a correction: fifteen working days, then it is closed."""
    public_id = site.filed(site.browser())
    site.fire("instructor", public_id, "take")
    form = {"fields_to_correct": ["income"], "reason": ["À compléter (fictif)."]}
    site.fire("instructor", public_id, "ask", form=form)
    return public_id


def state(site, public_id: str) -> str:
    with site.desk.office.database.reading() as session:
        return session.scalar(select(Dossier.state).where(Dossier.public_id == public_id))


def test_deadline_fires_once_the_page_has_let_its_days_go_by(pair):
    site = pair.rehearsal
    public_id = waiting_for_an_answer(site)
    admin = pair.staff("admin@office.example")
    page = admin.get(PAGE)
    days = site.desk.read(rehearsing.standing, None).coming[-1].days
    assert f'value="{days}"' in page.html
    site.work()
    assert state(site, public_id) == "on_hold"
    moved = admin.post(f"{PAGE}/jour", days="40")
    assert moved.status == 303
    site.work()
    assert state(site, public_id) == "expired"
    assert "avancé de 40 jours" in admin.get(PAGE).text, "the session doesn't age by forty days"


def test_command_line_moves_the_clock_of_a_site_that_is_at_work(pair):
    before = pair.rehearsal.desk.office.clock()
    result = CliRunner().invoke(main, ["rehearse", "move-on", "--days", "30", "--data", str(pair.data)])
    assert result.exit_code == 0, result.output
    passed = pair.rehearsal.desk.office.clock() - before
    assert timedelta(days=30) <= passed < timedelta(days=31)
    told = CliRunner().invoke(main, ["rehearse", "status", "--data", str(pair.data)]).output
    assert "(30 days were let go by)" in told


@pytest.mark.parametrize("days", ["0", "-3", "1001", "demain", ""])
def test_clock_never_goes_back_nor_too_far(pair, days):
    admin = pair.staff("admin@office.example")
    admin.get(PAGE)
    answer = admin.post(f"{PAGE}/jour", days=days)
    assert answer.status == 422
    assert "Indiquez un nombre de jours de 1 à 1000." in answer.text
    assert pair.rehearsal.desk.read(rehearsing.standing, None).days == 0


def test_lease_is_not_over_because_the_business_clock_moved(pair):
    site = pair.rehearsal
    site.filed(site.browser())
    office = site.desk.office
    with office.database.writing() as session:
        held = jobs.claim(session, office.clock())
    assert held is not None
    site.desk.act(rehearsing.move_on, None, 30)
    with office.database.writing() as session:
        others = []
        while (job := jobs.claim(session, office.clock())) is not None:
            others.append(job.id)
    assert others and held.id not in others


def test_only_administrators_lead_a_rehearsal(pair):
    ines = pair.staff("ines@office.example")
    assert ines.get(PAGE).status == 403
    real = pair.opened(pair.data)
    with pytest.raises(Refused):
        pair.rehearsal.desk.act(rehearsing.move_on, None, 0)
    real.desk.office.database.close()


def test_rehearsal_begins_again_from_its_page_with_its_people_and_schemes(pair):
    site = pair.rehearsal
    first_day = site.desk.office.clock().date()
    live_through(site)
    admin = pair.staff("admin@office.example")
    admin.get(PAGE)
    admin.post(f"{PAGE}/jour", days="12")
    site.work()
    assert count(site, Dossier) == 1 and count(site, Mail) > 0 and list((pair.folder / "outbox").iterdir())
    assert admin.post(f"{PAGE}/recommencer").status == 422
    assert count(site, Dossier) == 1, "nothing goes without the box"
    assert admin.post(f"{PAGE}/recommencer", sure="yes").status == 303
    site.work()
    assert (count(site, Dossier), count(site, Mail)) == (0, 0)
    assert [path for path in (pair.folder / "outbox").iterdir() if path.suffix == ".eml"] == []
    assert [path for path in (pair.folder / "files").rglob("*") if path.is_file()] == []
    assert site.desk.office.clock().date() == first_day
    assert "elle est vide" in admin.get(PAGE).text, "whoever begins again stays signed in"
    again = live_through(site)
    with site.desk.office.database.reading() as session:
        reference = session.scalar(select(Dossier.reference).where(Dossier.public_id == again))
        assert session.scalar(select(JournalEntry.id).where(JournalEntry.stream == "rehearsal")) is not None
        assert session.scalar(select(func.count()).where(Job.failed_at.is_not(None))) == 0
    site.work()
    assert reference.endswith("1")
    assert site.desk.read(verify).whole


def test_command_line_begins_again_and_closes(pair):
    live_through(pair.rehearsal)
    run = CliRunner().invoke
    data = ["--yes", "--data", str(pair.data)]
    assert "empty" in run(main, ["rehearse", "begin-again", *data]).output
    assert count(pair.rehearsal, Dossier) == 0
    pair.rehearsal.desk.office.database.close()
    assert run(main, ["rehearse", "close", *data]).exit_code == 0
    assert not pair.folder.exists()
    gone = run(main, ["rehearse", "status", "--data", str(pair.data)])
    assert gone.exit_code == 1 and "has no rehearsal" in gone.output
