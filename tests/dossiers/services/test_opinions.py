"""An expert outside gives an opinion by a link: what is declared and chosen is shown, nothing else; once, until a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dossiers.changes import anonymisation
from dossiers.database import Dossier, JournalEntry, Mail, Opinion
from dossiers.effects import RUNNERS
from dossiers.services import asking_opinions, audit, casework, expertise, files, publication
from dossiers.services.opinion_views import Asked
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.uploads import Unkept, Upload
from dossiers.worker import Worker
from tests.fixtures.sent import PDF

ADDED = """workflow:
  opinions:
    means:
      label: {fr: "Avis social", en: "Social opinion"}
      in: in_review
      by: [instructor, supervisor]
      shows: [income, children, lease, iban]
"""
ASKED = {
    "name": "Maude (fictive)",
    "email": "maude@expert.example",
    "question": "Qu'en pensez-vous ?",
    "until": date(2020, 5, 26),
    "shows": ["income"],
}


@pytest.fixture
def case(site, small):
    """A dossier taken in hand, under a scheme that lets an opinion be asked for."""
    guard = ("if: eligible and checklist.done", "if: eligible and opinions.means.favourable = 1")
    site.act(publication.publish, small(("workflow:\n", ADDED), guard), "Sylvie (fictive)")
    _, public_id = site.filed()
    site.fire("instructor", public_id, "take")
    return public_id


def ask(site, public_id, who: str = "instructor", **other):
    site.act(asking_opinions.ask, site.staff[who], public_id, "means", Asked(**{**ASKED, **other}))
    row = site.rows(select(Opinion).order_by(Opinion.id.desc()))[0]
    return expertise.token_of(site.desk.office.vault, row)


def give(site, token, answer: str = "favourable", body: str = "Rien à redire.", sent=()):
    return site.act(expertise.give, token, answer=answer, body=body, files=sent)


def refused(site, service, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refusal:
        site.act(service, *args, **kwargs)
    return refusal.value.code


def mails(site) -> list[tuple[str, str]]:
    worker = Worker(site.desk.office, runners={"opinion_link": RUNNERS["opinion_link"]})
    while worker.run_once():
        pass
    return site.rows(select(Mail.to, Mail.subject).order_by(Mail.id))


def test_expert_reads_what_was_chosen_answers_and_corrects_until_the_last_day(site, case):
    token = ask(site, case)
    view = site.act(expertise.page, token)
    assert [one.id for one in view.fields] == ["income"]
    assert {"children", "person", "siret", "iban"} <= view.hidden
    assert give(site, token, "with_reservations") is True
    assert give(site, token, "favourable", "Tout est clair.") is True
    [shown] = site.act(casework.dossier, site.staff["instructor"], case).opinions.asked
    assert (shown.answer, shown.body, shown.is_over) == ("favourable", "Tout est clair.", False)
    site.clock.now += timedelta(days=15)
    assert refused(site, expertise.page, token) == "link_expired"
    told = site.rows(select(JournalEntry.action).where(JournalEntry.action.like("opinion%")))
    assert sorted(told) == ["opinion_asked", "opinion_corrected", "opinion_given", "opinion_opened"]
    assert site.read(audit.verify).whole


def test_nothing_is_shown_that_the_scheme_or_the_asker_may_not_show(site, case):
    offered = site.read(asking_opinions.asking, site.staff["instructor"], case, "means")
    assert [one.id for one in offered.showable] == [
        "income"
    ]  # no IBAN: hidden from the role; no rows: none given
    token = ask(site, case, shows=["iban", "person", "income"])
    assert [one.id for one in site.act(expertise.page, token).fields] == ["income"]


def test_words_about_a_hidden_answer_are_left_out(site, case):
    token = ask(site, case, who="supervisor", shows=["iban"])
    give(site, token, body="Le numéro est celui de Mme Fictive.")
    [told] = site.act(casework.dossier, site.staff["instructor"], case).opinions.asked
    assert (told.hidden, told.body, told.question, told.answer) == (True, "", "", "favourable")
    [told] = site.act(casework.dossier, site.staff["supervisor"], case).opinions.asked
    assert told.body


def test_guards_know_what_was_said_and_leaving_the_state_ends_the_link(site, case):
    token, other = ask(site, case), ask(site, case, email="noe@expert.example")
    assert refused(site, casework.fire, site.staff["supervisor"], case, "accept") == "guard"
    give(site, token)
    site.fire("supervisor", case, "accept")
    assert refused(site, expertise.page, token) == refused(site, expertise.page, other) == "link_expired"
    subjects = [subject for to, subject in mails(site) if to == "noe@expert.example"]
    assert len(subjects) == 1 and "n'est plus attendu" in subjects[0]


def test_slips_of_who_asks_are_told(site, case):
    slips = {
        "no_expert": {"name": " "},
        "not_an_email": {"email": "maude"},
        "empty": {"question": ""},
        "bad_last_day": {"until": date(2020, 5, 12)},
    }
    for code, slip in slips.items():
        asked = {**ASKED, **slip}
        assert (
            refused(site, asking_opinions.ask, site.staff["instructor"], case, "means", Asked(**asked))
            == code
        )


def test_one_is_awaited_of_one_person_and_may_be_called_off(site, case):
    token = ask(site, case)
    again = {**ASKED, "email": "MAUDE@expert.example"}
    assert (
        refused(site, asking_opinions.ask, site.staff["instructor"], case, "means", Asked(**again))
        == "already_awaited"
    )
    [row] = site.rows(select(Opinion.public_id))
    assert refused(site, asking_opinions.call_off, site.staff["hotline"], case, row) == "not_allowed"
    site.act(asking_opinions.call_off, site.staff["instructor"], case, row)
    assert refused(site, asking_opinions.call_off, site.staff["instructor"], case, row) == "opinion_over"
    assert refused(site, expertise.give, token, answer="favourable", body="x") == "link_expired"
    assert ask(site, case) != token


def test_only_who_may_ask_asks_and_only_where_it_is_asked_for(site, case):
    assert (
        refused(site, asking_opinions.ask, site.staff["hotline"], case, "means", Asked(**ASKED))
        == "not_allowed"
    )
    with pytest.raises(NotFound):
        site.act(asking_opinions.ask, site.staff["instructor"], case, "other", Asked(**ASKED))
    _, other = site.filed("bea@fictif.example", siret=site.siret(2))
    assert (
        refused(site, asking_opinions.ask, site.staff["instructor"], other, "means", Asked(**ASKED))
        == "no_opinion_here"
    )


def test_a_link_is_nobodys_guess(site, case):
    token = ask(site, case)
    [row] = site.rows(select(Opinion.public_id))
    for forged in (row, f"{row}.", f"{row}.{'0' * 64}", f"x{token}", token[:-1], "été.é"):
        assert refused(site, expertise.page, forged) == "link_expired"


def test_asked_by_mail_and_reminded_unless_it_came(site, case):
    ask(site, case)
    came = ask(site, case, email="noe@expert.example")
    give(site, came)
    assert [to for to, _ in mails(site)] == ["maude@expert.example", "noe@expert.example"]
    site.clock.now += timedelta(days=11)
    reminded = mails(site)[2:]
    assert reminded == [("maude@expert.example", reminded[0][1])] and "Rappel" in reminded[0][1]
    kept = site.rows(select(Mail.text))
    assert all("•••" in text for text in kept) and came not in "".join(kept)


def test_a_file_comes_with_the_opinion_and_the_applicant_does_not_open_it(site, case):
    token = ask(site, case)
    give(
        site,
        token,
        sent=(Upload("avis.pdf", PDF),),
    )
    [shown] = site.act(casework.dossier, site.staff["instructor"], case).opinions.asked
    [paper] = shown.documents
    assert site.act(expertise.open_file, token, paper.public_id).name == "avis.pdf"
    assert site.act(files.open_file, site.staff["instructor"], case, paper.public_id).name == "avis.pdf"
    with pytest.raises(NotFound):
        site.act(files.open_file, site.applicant_of(case), case, paper.public_id)
    with pytest.raises(Unkept):
        give(site, token, sent=(Upload("avis.exe", b"MZ\x00\x01"),))


def test_anonymising_forgets_who_was_asked_and_what_was_said(site, case):
    give(site, ask(site, case))
    with site.desk.office.database.writing() as session:
        anonymisation.anonymise(session, session.scalars(select(Dossier)).one(), site.clock.now)
    kept = site.rows(select(Opinion.name, Opinion.email, Opinion.question, Opinion.body, Opinion.answer))
    assert kept == [("", "", "", "", "favourable")]
