"""Played applicants go through the real forms of a rehearsal, behave as people do, and never touch another site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random

import filetype
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from werkzeug.serving import make_server

from authoring.samples import Sample
from dossiers.database import Dossier
from dossiers.services import publication
from dossiers.worker import Worker
from guichet.__main__ import main
from guichet.headers import rehearsal_mark
from guichet.rehearsal import documents, habits, troupe
from guichet.rehearsal.applicant import Applicant, End
from guichet.rehearsal.browser import Browser, NotARehearsal
from guichet.rehearsal.habits import Habits
from guichet.rehearsal.mailbox import Mailbox
from guichet.rehearsal.tally import Tally
from guichet.rehearsal.troupe import Programme, Stage
from tests.guichet.rehearsal.conftest import SLUG
from tests.portal.conftest import IBAN, SIRET

ANSWERS = {
    "person": {"first_name": "Ada", "last_name": "Fictive"},
    "income": "12000.00",
    "children": [{"first_name": "Léa", "age": 7}, {"first_name": "Tom", "age": 3}],
    "siret": SIRET,
    "iban": IBAN,
    "resident": True,
}


@contextmanager
def at_an_address(site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def stage(pair, origin: str) -> Stage:
    site, office = pair.rehearsal, pair.rehearsal.desk.office
    return Stage(
        origin=origin,
        mark=rehearsal_mark(office.vault),
        scheme=site.desk.read(publication.current, SLUG).scheme,
        organisation=office.organisation,
        now=office.clock(),
        mailbox=Mailbox(office.settings.outbox, pause=lambda _: site.work()),
    )


def applicant(found: Stage, ways: Habits, **other: object) -> Applicant:
    return Applicant(
        scheme=found.scheme,
        sample=Sample({**ANSWERS, **other}, date(2020, 5, 12)),
        email="demandeur@fictif.example",
        habits=ways,
        random=Random(1),
        visiting=lambda: Browser(found.origin, found.mark),
        mailbox=found.mailbox,
    )


def filed(pair) -> int:
    with pair.rehearsal.desk.office.database.reading() as session:
        return session.scalar(select(func.count()).where(Dossier.filed_at.is_not(None)))


def begun(site) -> int:
    with site.desk.office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Dossier))


def test_applicant_files_through_every_page_with_the_rows_of_its_table(pair):
    with at_an_address(pair.rehearsal) as origin:
        visit = applicant(stage(pair, origin), Habits()).apply()
    assert (visit.end, visit.said) == (End.FILED, "")
    assert filed(pair) == 1
    assert "POST /demandes/…/children" in dict(visit.timings)


def test_applicant_who_slips_is_told_and_corrects(pair):
    with at_an_address(pair.rehearsal) as origin:
        visit = applicant(stage(pair, origin), Habits(slips=True)).apply()
    assert (visit.end, visit.corrected) == (End.FILED, True)


def test_applicant_who_leaves_half_way_leaves_a_draft(pair):
    with at_an_address(pair.rehearsal) as origin:
        visit = applicant(stage(pair, origin), Habits(leaves_after=1)).apply()
    assert visit.end == End.LEFT
    assert (begun(pair.rehearsal), filed(pair)) == (1, 0)


def test_applicant_comes_back_by_the_mailed_link_in_another_browser(pair):
    with at_an_address(pair.rehearsal) as origin:
        visit = applicant(stage(pair, origin), Habits(comes_back_after=2)).apply()
    assert (visit.end, visit.came_back, visit.said) == (End.FILED, True, "")
    assert "POST /lien/…" in dict(visit.timings)
    assert begun(pair.rehearsal) == 1


def test_applicant_who_may_not_have_the_aid_is_told_early(pair):
    with at_an_address(pair.rehearsal) as origin:
        visit = applicant(stage(pair, origin), Habits(), resident=False).apply()
    assert (visit.end, visit.said) == (End.REFUSED, "")
    assert filed(pair) == 0


def test_problem_met_is_told_with_the_page_and_its_words(pair):
    with at_an_address(pair.rehearsal) as origin:
        visit = applicant(stage(pair, origin), Habits(), iban="FR00").apply()
    assert visit.end == End.PROBLEM
    assert "IBAN" in visit.said


def test_troupe_of_one_seed_is_counted_as_the_database_counts_it(pair):
    tally, programme = Tally(), Programme(count=16, every=0.0, seed=4)
    with at_an_address(pair.rehearsal) as origin:
        troupe.play(stage(pair, origin), programme, told=tally.add, stop=threading.Event())
    assert tally.begun == begun(pair.rehearsal) == 16
    assert tally.ends[End.FILED] == filed(pair) > 0
    assert tally.ends[End.REFUSED] > 0
    assert not tally.problems
    assert next(tally.pages()).slowest >= next(tally.pages()).median > 0


def test_same_seed_brings_the_same_people(pair):
    found = stage(pair, "http://127.0.0.1:1")

    def people(seed: int) -> list[tuple[object, ...]]:
        drawn = troupe.applicants(found, Programme(6, 0.0, seed))
        return [(one.email, one.sample, one.habits) for one in drawn]

    assert people(7) == people(7)
    assert people(7) != people(8)


def test_habits_are_those_of_people_and_leave_room_for_the_form():
    drawn = [habits.draw(Random(seed), 3) for seed in range(500)]
    assert {one.leaves_after for one in drawn} == {one.comes_back_after for one in drawn} == {None, 1, 2}
    assert 0 < sum(one.slips for one in drawn) < 250


def test_nothing_is_played_on_a_real_site(pair):
    real = pair.opened(pair.data)
    before = begun(real)
    with at_an_address(real) as origin:
        found = stage(pair, origin)
        with pytest.raises(NotARehearsal):
            troupe.require_rehearsal(found)
        with pytest.raises(NotARehearsal):
            troupe.play(found, Programme(3, 0.0, 1), told=lambda _: None, stop=threading.Event())
        told = CliRunner().invoke(
            main, ["rehearse", "play", SLUG, "--count", "2", "--data", str(pair.data), "--address", origin]
        )
    assert told.exit_code == 1 and "is not this rehearsal" in told.output
    assert begun(real) == before
    real.desk.office.database.close()


def test_site_without_a_rehearsal_has_no_play(tmp_path):
    told = CliRunner().invoke(main, ["rehearse", "play", SLUG, "--data", str(tmp_path)])
    assert told.exit_code == 1 and "has no rehearsal" in told.output


def test_link_that_leads_away_is_not_followed(pair):
    browser = Browser("http://127.0.0.1:1", "mark")
    with pytest.raises(NotARehearsal, match="leads away"):
        browser.get("https://aides.example/")


def test_command_plays_at_a_rate_and_sums_up(pair):
    worker = Worker(pair.rehearsal.desk.office)
    worker.start()
    with at_an_address(pair.rehearsal) as origin:
        options = ["--rate", "100/second", "--count", "5", "--seed", "2", "--address", origin]
        told = CliRunner().invoke(main, ["rehearse", "play", SLUG, *options, "--data", str(pair.data)])
    worker.stop()
    assert told.exit_code == 0, told.output
    assert told.output.count("5 came in ") == 1 and "(seed 2):" in told.output
    assert "0 met a problem." in told.output
    assert f"GET /aides/{SLUG}" in told.output
    assert begun(pair.rehearsal) == 5


@pytest.mark.parametrize("rate", ["10", "ten/minute", "0/minute", "10/day"])
def test_rate_that_says_nothing_is_refused_with_examples(rate):
    told = CliRunner().invoke(main, ["rehearse", "play", SLUG, "--rate", rate])
    assert told.exit_code == 2 and "10/minute" in told.output


def test_documents_are_what_their_names_say():
    for ending, content in documents.MADE.items():
        assert filetype.guess(content).extension == ending
