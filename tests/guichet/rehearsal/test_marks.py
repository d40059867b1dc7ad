"""Whatever a rehearsal shows, prints or sends says in words that it is one, in both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from dossiers.database import Account, Document, Mail
from tests.guichet.rehearsal.conftest import SLUG
from tests.guichet.rehearsal.test_apart import live_through
from tests.portal.conftest import Browser, page_of
from tests.renderers.test_letters import words

MARK = {"fr": ("[Répétition]", "Ceci est un exercice"), "en": ("[Rehearsal]", "This is an exercise")}


def bare(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def visitors(pair, language: str) -> dict[str, Browser]:
    """Somebody unknown, an applicant with a draft, the staff."""
    unknown = Browser(pair.rehearsal.app.test_client())
    applicant = Browser(pair.rehearsal.app.test_client())
    for one in (unknown, applicant):
        one.client.set_cookie("guichet_rehearsal_language", language)
    return {
        "unknown": unknown,
        "applicant": applicant,
        "admin": pair.staff("admin@office.example", language),
        "staff": pair.staff("ines@office.example", language),
        "supervisor": pair.staff("sami@office.example", language),
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_every_route_says_so(pair, language):
    site = pair.rehearsal
    people = visitors(pair, language)
    filed = live_through(site, people["applicant"])
    draft = site.begun(people["applicant"], "bea@fictif.example").split("/")[2]
    with site.desk.office.database.reading() as session:
        known = {
            "mail_id": [session.scalar(select(Mail.id).limit(1))],
            "account_id": session.scalars(select(Account.public_id)).all()[:1],
            "document_id": session.scalars(select(Document.public_id)).all(),
        }
    urls = site.app.url_map.bind("localhost")
    reached, told = set(), set()
    for rule in site.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for public_id in (filed, draft) if "public_id" in rule.arguments else ("",):
            values = {
                name: {
                    "slug": SLUG,
                    "public_id": public_id,
                    "page_id": "you",
                    "action": "withdraw",
                    "token": "x",
                    "filename": "guichet.css",
                }.get(name, (known.get(name) or ["1"])[0])
                for name in rule.arguments
            }
            if rule.endpoint.startswith("admin.account"):
                values = dict.fromkeys(values, known["account_id"][0])
            address = urls.build(rule.endpoint, values)
            for browser in people.values():
                answer = browser.client.get(address, buffered=True)
                if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
                    page = page_of(answer)
                    title, sentence = MARK[language]
                    assert page.title.startswith(title), (address, page.title)
                    assert sentence in bare(page.html), address
                    told.add(rule.endpoint)
                    if page.status == 200:
                        reached.add(rule.endpoint)
    assert len(told) > 30 and len(reached) > 20, sorted(told - reached)
    assert {
        "portal.home",
        "portal.page",
        "portal.follow",
        "admin.home",
        "admin.rehearsal",
        "admin.mails",
    } <= reached


def test_page_that_refuses_says_so_too(pair):
    browser = Browser(pair.rehearsal.app.test_client())
    for answer in (browser.get("/nowhere"), browser.post("/lien", token="wrong", email="a@fictif.example")):
        assert answer.status in (400, 404)
        assert answer.title.startswith("[Répétition]") and "Ceci est un exercice" in answer.text


def test_every_paper_says_so_on_its_pages_and_in_its_title(pair):
    live_through(pair.rehearsal)
    office = pair.rehearsal.desk.office
    with office.database.reading() as session:
        papers = session.execute(
            select(Document.name, Document.origin, Document.store_key).where(
                Document.origin.in_(("receipt", "letter"))
            )
        ).all()
    assert {paper.origin for paper in papers} == {"receipt", "letter"}
    for paper in papers:
        told = words(office.store.get(paper.store_key))
        assert paper.name.startswith("[Répétition] ")
        assert told.startswith("Répétition : ceci est un exercice")
        assert "[Répétition] " in told


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("fr", "[Répétition] ", "Répétition : ceci est un exercice"),
        ("en", "[Rehearsal] ", "Rehearsal: this is an exercise"),
    ],
)
def test_every_mail_says_so_in_its_subject_and_its_text(pair, language, subject, sentence):
    site = pair.rehearsal
    browser = Browser(site.app.test_client())
    browser.client.set_cookie("guichet_rehearsal_language", language)
    base = site.begun(browser)
    browser.get(base + "you")
    browser.post(base + "you", then_="later")
    site.work()
    site.fill(browser, base)
    browser.get(base + "verifier")
    assert browser.post(base + "verifier").status == 303
    site.work()
    with site.desk.office.database.reading() as session:
        mails = session.execute(select(Mail.subject, Mail.text)).all()
    assert len(mails) >= 2
    for mail in mails:
        assert mail.subject.startswith(subject)
        assert mail.text.replace("\xa0", " ").startswith(sentence)
    parts = [path.read_bytes() for path in (pair.folder / "outbox").glob("*.eml")]
    assert all(content.count(b"<strong>") >= 1 for content in parts)


def test_real_site_says_nothing_of_a_rehearsal(pair):
    real = pair.opened(pair.data)
    page = real.browser().get("/")
    assert "Répétition" not in page.html and "Guichet-Rehearsal" not in page.headers
    real.desk.office.database.close()
