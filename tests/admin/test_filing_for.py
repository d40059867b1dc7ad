"""An agent types an application for somebody: marked so, theirs to open later, not read back by who typed it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import select

from dossiers.database import Dossier, Filing, Job, JournalEntry
from dossiers.services import publication
from engine.language import Bundle
from tests.admin.conftest import IBAN, SLUG, bundle, siret

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
BEGIN = f"/bureau/{SLUG}/deposer"
PAGES: dict[str, dict[str, Any]] = {
    "you": {"person-first_name": "Ada", "person-last_name": "Fictive", "income": "31 415"},
    "children": {"children-0": "row", "children-0-first_name": "Léa", "children-0-age": "7"},
    "payment": {"siret": siret(7), "iban": IBAN, "resident": "yes"},
}


@pytest.fixture
def hotline(bureau):
    """The helpdesk, who may file for somebody."""
    changed = bundle()
    yaml = str(changed.files["scheme.yaml"])
    yaml = yaml.replace(" resend]}", " resend, file_for]}")
    yaml = yaml.replace("not_by_who_did: take", "not_by_who_did: [take, submit]")
    yaml = yaml.replace("by: supervisor\n      not_by", "by: [supervisor, hotline]\n      not_by")
    assert "take, submit" in yaml and "supervisor, hotline" in yaml and "file_for" in yaml
    bureau.desk.act(publication.publish, Bundle({**changed.files, "scheme.yaml": yaml}), "Sylvie (fictive)")
    return bureau.as_("hotline")


def typed(person: Any, email: str = "") -> str:
    """Type a whole application and file it; its public id."""
    begun = person.post(BEGIN, seen=BEGIN, email=email, channel="phone")
    assert begun.status == 303, begun.text
    base = begun.headers["Location"]
    for page, answers in PAGES.items():
        token = TOKEN.search(person.get(base + page).html)
        assert token
        answer = person.client.post(base + page, data={**answers, "csrf_token": token[1]})
        assert answer.status_code == 303, answer.get_data(as_text=True)
    assert "Vous saisissez cette demande pour quelqu" in person.get(base + "verifier").text
    token = TOKEN.search(person.get(base + "verifier").html)
    assert token
    answer = person.client.post(base + "verifier", data={"csrf_token": token[1]})
    assert answer.headers["Location"].startswith(f"/bureau/{SLUG}/")
    return str(base).split("/")[2]


def test_who_types_for_somebody_without_an_address_is_promised_no_link(hotline):
    begun = hotline.post(BEGIN, seen=BEGIN, email="", channel="phone").headers["Location"]
    tasks = hotline.get(begun).text
    assert "aucun lien ne ramène ici" in tasks and "Recevoir le lien" not in tasks


def rows(bureau: Any, query: Any) -> list[Any]:
    with bureau.desk.office.database.reading() as session:
        return list(session.scalars(query))


def test_deposit_for_somebody_is_marked_so_everywhere(bureau, hotline):
    public_id = typed(hotline)
    [dossier] = rows(bureau, select(Dossier))
    assert (dossier.channel, dossier.email) == ("phone", "")
    [entry] = rows(bureau, select(JournalEntry).where(JournalEntry.action == "submit"))
    assert entry.payload["channel"] == "phone" and entry.actor_name == "Hotline (fictif)"
    assert rows(bureau, select(Filing.filed_by)) == ["applicant"]
    page = bureau.as_("instructor").get(bureau.path(public_id)).text
    assert "par téléphone" in page and "saisie par Hotline (fictif)" in page
    assert "Hotline (fictif), pour le demandeur" in page


def test_who_typed_it_reads_back_only_what_their_role_sees(bureau, hotline):
    public_id = typed(hotline)
    page = hotline.get(bureau.path(public_id))
    assert page.status == 200 and "31 415" not in page.text.replace("\u202f", " ") and IBAN not in page.html
    for address in (f"/demandes/{public_id}/", f"/suivi/{public_id}", f"/demandes/{public_id}/recu"):
        answer = hotline.client.get(address)
        assert answer.status_code in (302, 303, 404)
        assert b"31\xe2\x80\xaf415" not in answer.get_data()


def test_who_has_no_address_is_mailed_nothing_and_gets_the_link_once_there_is_one(bureau, hotline):
    public_id = typed(hotline)
    assert not [job for job in rows(bureau, select(Job)) if job.kind in ("mail", "link", "resume_link")]
    assert [job.kind for job in rows(bureau, select(Job).where(Job.kind == "receipt"))] == ["receipt"]
    address = f"{bureau.path(public_id)}/adresse"
    answer = hotline.post(address, seen=bureau.path(public_id), email="ada@fictif.example")
    assert answer.status == 303
    [job] = rows(bureau, select(Job).where(Job.kind == "link"))
    assert job.options["to"] == "ada@fictif.example"
    assert rows(bureau, select(Dossier.email)) == ["ada@fictif.example"]


def test_who_has_an_address_is_written_to(bureau, hotline):
    typed(hotline, email="ada@fictif.example")
    assert [job.options["to"] for job in rows(bureau, select(Job).where(Job.kind == "mail"))] == [
        "ada@fictif.example"
    ]


def test_who_typed_it_does_not_decide_it(bureau, hotline):
    public_id = typed(hotline)
    instructor, address = bureau.as_("instructor"), bureau.path(public_id)
    assert instructor.post(f"{address}/actions/take", seen=address).status == 303
    answer = hotline.post(f"{address}/actions/accept", seen=address)
    assert answer.status == 409 and "vous avez déjà fait" in answer.text


def test_channel_is_asked(hotline):
    assert hotline.post(BEGIN, seen=BEGIN, email="", channel="").status == 422


def test_only_a_role_that_may_files_for_somebody(bureau, hotline):
    assert bureau.as_("instructor").get(BEGIN).status == 404
    assert "Déposer pour quelqu" in hotline.get(f"/bureau/{SLUG}/").text
    assert "Déposer pour quelqu" not in bureau.as_("instructor").get(f"/bureau/{SLUG}/").text
