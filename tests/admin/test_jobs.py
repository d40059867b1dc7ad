"""Stuck jobs: an administrator sees how many, what for, why in words, and has them tried again."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select, update

from dossiers.database import Job, Mail
from dossiers.effects import RUNNERS, Done
from dossiers.outside.post import PostError, Undeliverable
from dossiers.worker import Worker
from renderers.words.jobs import KINDS

JOBS = "/bureau/taches"
QUICK = {**RUNNERS, "receipt": lambda job, office: Done()}


class Broken:
    """A post that refuses whatever it is given, as long as it is told to."""

    exactly_once = True

    def __init__(self, post, error):
        self.post, self.error = post, error

    def send(self, parcel):
        if self.error is not None:
            raise self.error
        self.post.send(parcel)


@pytest.fixture
def post(bureau):
    """The site's post, which can be broken and mended."""
    found = Broken(bureau.desk.office.post, None)
    object.__setattr__(bureau.desk.office, "post", found)
    return found


def work(bureau) -> None:
    Worker(bureau.desk.office, runners=QUICK).run_all()


def test_mail_given_up_is_told_in_words_and_leaves_once_tried_again(bureau, post):
    post.error = Undeliverable("550 no such mailbox")
    bureau.filed()
    work(bureau)
    admin = bureau.as_("admin")
    page = admin.get(JOBS)
    assert "Un courriel au demandeur PA-2020-0001 Abandonnée" in page.text
    assert "Le serveur de courriel refuse" in page.text and "550 no such mailbox" in page.text
    assert "abandonnées 1" in page.text
    post.error = None
    [address] = re.findall(rf'action="({JOBS}/\d+/relancer)"', page.html)
    assert admin.post(address, seen=JOBS).status == 303
    work(bureau)
    assert "Rien n’est bloqué" in admin.get(JOBS).text or "Rien n'est bloqué" in admin.get(JOBS).text
    assert rows(bureau, select(Mail.state)) == ["sent"]
    assert admin.post(address, seen=JOBS).status == 303
    assert "n'est plus bloquée" in admin.get(JOBS).text


def test_all_given_up_are_tried_again_at_once(bureau, post):
    post.error = Undeliverable("550 no such mailbox")
    for number in range(1, 4):
        bureau.filed(number)
    work(bureau)
    admin = bureau.as_("admin")
    assert "Relancer les 3 abandonnées" in admin.get(JOBS).text
    post.error = None
    assert admin.post(f"{JOBS}/relancer", seen=JOBS).status == 303
    work(bureau)
    assert rows(bureau, select(Mail.state)) == ["sent"] * 3


def test_job_that_is_tried_again_later_can_be_tried_now(bureau, post):
    post.error = PostError("connection refused")
    bureau.filed()
    work(bureau)
    admin = bureau.as_("admin")
    page = admin.get(JOBS)
    assert "Nouvel essai le 12 mai 2020" in page.text and "en échec, à réessayer 1" in page.text
    post.error = None
    [address] = re.findall(rf'action="({JOBS}/\d+/relancer)"', page.html)
    admin.post(address, seen=JOBS)
    work(bureau)
    assert rows(bureau, select(Mail.state)) == ["sent"]


def test_what_no_worker_takes_up_is_late(bureau):
    bureau.filed()
    admin = bureau.as_("admin")
    assert "en retard, prises par personne 0" in admin.get(JOBS).text
    bureau.clock.pass_by(minutes=20)
    assert "Aucun programme de fond ne l'a prise" in admin.get(JOBS).text


def test_page_is_for_administrators_alone(bureau):
    with bureau.desk.office.database.writing() as session:
        session.execute(update(Job).values(failed_at=bureau.clock.now, error="x"))
    for role in ("instructor", "supervisor", "hotline"):
        assert bureau.as_(role).get(JOBS).status == 403
        assert bureau.as_(role).post(f"{JOBS}/relancer", seen="/bureau/").status == 403


def test_every_kind_of_job_has_its_words():
    assert set(KINDS) == set(RUNNERS)


def rows(bureau, query):
    with bureau.desk.office.database.reading() as session:
        return list(session.scalars(query))
