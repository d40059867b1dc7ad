"""What became of mails and letters, in words on the dossier: handed over, refused, come back; numbered; opened."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Document, Job, JournalEntry, Mail
from dossiers.outside.bounces import Bounced
from dossiers.services import bounces, decisions, publication
from dossiers.worker import Worker
from engine.language import Bundle
from tests.admin.conftest import bundle


def work(bureau) -> None:
    worker = Worker(bureau.desk.office)
    while worker.run_once():
        pass


@pytest.fixture
def dossier(bureau):
    """A dossier whose receipt has left; its address."""
    found = bureau.path(bureau.filed(phone="06 12 34 56 78"))
    work(bureau)
    return found


def rows(bureau, query):
    with bureau.desk.office.database.reading() as session:
        return list(session.scalars(query))


def test_mail_that_came_back_is_shown_with_the_telephone_beside(bureau, dossier):
    assert "Remis au serveur de messagerie" in bureau.as_("instructor").get(dossier).text
    [message_id] = rows(bureau, select(Mail.message_id))
    back = Bounced(message_id, "a1@fictif.example", "5.1.1 User unknown")
    assert [bureau.desk.act(bounces.note, back) for _ in range(2)] == [True, False]
    assert bureau.desk.act(bounces.note, Bounced("<other@x>", "", "")) is False
    told = bureau.as_("instructor").get(dossier).text.replace("\u00a0", " ")
    assert "Les courriels à a1@fictif.example n’arrivent pas." in told
    assert "5.1.1 User unknown" in told and "06 12 34 56 78" in told
    assert rows(bureau, select(JournalEntry.action).where(JournalEntry.action == "bounced")) == ["bounced"]


def test_hotline_notes_that_a_mail_came_back_and_sends_it_again_once(bureau, dossier):
    hotline = bureau.as_("hotline")
    [address] = re.findall(rf'action="({dossier}/courriels/\d+)/revenu"', hotline.get(dossier).html)
    assert hotline.post(f"{address}/revenu", why="Boîte pleine, dit-elle.").status == 303
    assert "Boîte pleine, dit-elle." in hotline.get(dossier).text
    assert bureau.as_("accountant").post(f"{address}/revenu").status == 403
    bureau.clock.pass_by(minutes=5)
    for _ in range(2):
        assert hotline.post(address).status == 303
    again = rows(bureau, select(Job.key).where(Job.key.startswith("again:")))
    traced = rows(bureau, select(JournalEntry.action).where(JournalEntry.action == "resend"))
    assert (len(again), traced) == (1, ["resend"])
    work(bureau)
    assert "n’arrivent pas" not in hotline.get(dossier).text


def test_letters_are_numbered_without_a_gap_and_the_opening_of_the_decision_is_kept(bureau):
    files = {**bundle().files}
    files["scheme.yaml"] = files["scheme.yaml"].replace(
        "privacy: {drafts", 'letters: {number: "C-{year}-{number:03}"}\nprivacy: {drafts'
    )
    bureau.desk.act(publication.publish, Bundle(files).with_library(), "Sylvie (fictive)")
    granted = []
    for number in (1, 2):
        found = bureau.path(bureau.filed(number))
        bureau.as_("instructor").post(f"{found}/actions/take")
        for item in ("proof",):
            bureau.as_("instructor").post(f"{found}/liste/{item}", done="1")
        assert bureau.as_("supervisor").post(f"{found}/actions/accept").status == 303
        granted.append(found)
    work(bureau)
    assert rows(
        bureau, select(Document.number).where(Document.origin == "letter").order_by(Document.number)
    ) == [
        "C-2020-001",
        "C-2020-002",
    ]
    page = bureau.as_("instructor").get(granted[0])
    assert "C-2020-00" in page.text
    assert "Décision ouverte par la personne qui demande pas encore" in page.text
    bureau.clock.pass_by(minutes=20)
    applicant, public_id = Viewer("applicant", email="a1@fictif.example"), granted[0].rsplit("/", 1)[1]
    for _ in range(2):
        bureau.desk.act(decisions.note_read, applicant, public_id)
    told = bureau.as_("instructor").get(granted[0]).text.replace("\u00a0", " ")
    assert "Décision ouverte par la personne qui demande 12 mai 2020 à 12 h 20" in told
    assert rows(bureau, select(JournalEntry.action).where(JournalEntry.action == "decision_read")) == [
        "decision_read"
    ]
