"""A message to all of a list: counted before, once each, at most so many a minute, stopped at will, each result told."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from dossiers.database import CampaignRow, Job, JournalEntry, Message
from dossiers.effects import campaign as effect
from dossiers.worker import Worker

LIST = "/bureau/small-grant/envois"


def work(bureau) -> None:
    worker = Worker(bureau.desk.office)
    while worker.run_once():
        pass


def count(bureau, *where) -> int:
    with bureau.desk.office.database.reading() as session:
        return session.scalar(select(func.count()).where(*where))


def test_everybody_of_the_list_is_written_to_once_and_the_result_is_told(bureau):
    paths = [bureau.path(bureau.filed(number)) for number in (1, 2, 3)]
    bureau.as_("instructor").post(f"{paths[2]}/actions/take")
    asked = bureau.as_("hotline").get(f"{LIST}/nouveau?liste=etat%3Dsubmitted")
    assert "pour 2 dossiers" in asked.text
    done = bureau.as_("hotline").post(
        LIST, liste="etat=submitted", body="Nos bureaux ferment.", expected_="2"
    )
    assert done.status == 303, done.text
    work(bureau)
    work(bureau)
    assert count(bureau, Message.id.is_not(None)) == 2
    assert count(bureau, Job.key.startswith("new_message:")) == 2
    page = bureau.as_("hotline").get(done.headers["Location"])
    assert "Tout est parti" in page.text and page.text.count("Message écrit, annoncé par courriel") == 2
    assert "Nos bureaux ferment." in bureau.as_("instructor").get(paths[0]).text
    assert "Nos bureaux ferment." not in bureau.as_("instructor").get(paths[2]).text
    assert count(bureau, JournalEntry.action == "campaign_begun") == 1


def test_another_number_than_shown_and_an_empty_message_are_refused(bureau):
    bureau.filed()
    for form in ({"body": "Bonjour.", "expected_": "2"}, {"body": " ", "expected_": "1"}):
        assert bureau.as_("hotline").post(LIST, liste="etat=submitted", **form).status == 422
    assert count(bureau, CampaignRow.id.is_not(None)) == 0


def test_only_who_may_write_to_all_does(bureau):
    bureau.filed()
    assert bureau.as_("instructor").get(f"{LIST}/nouveau").status == 404
    assert bureau.as_("instructor").post(LIST, body="Bonjour.").status == 404
    assert "envois/nouveau" not in bureau.as_("instructor").get("/bureau/small-grant/").html
    assert "envois/nouveau" in bureau.as_("hotline").get("/bureau/small-grant/").html


def test_so_many_leave_in_a_minute_and_the_rest_can_be_stopped(bureau, monkeypatch):
    for number in (1, 2, 3):
        bureau.filed(number)
    monkeypatch.setattr(effect, "STEPS", 2)
    form = {"liste": "etat=submitted", "modele": "unreadable", "expected_": "3"}
    done = bureau.as_("hotline").post(LIST, **form)
    work(bureau)
    assert count(bureau, Message.id.is_not(None)) == 2
    assert bureau.as_("hotline").post(f"{done.headers['Location']}/arreter").status == 303
    bureau.clock.pass_by(minutes=2)
    work(bureau)
    assert count(bureau, Message.id.is_not(None)) == 2
    told = bureau.as_("hotline").get(done.headers["Location"]).text
    assert "Arrêté" in told and "Message non écrit 1" in told
    assert timedelta(minutes=1) == effect.campaigns.PAUSES["message"]
