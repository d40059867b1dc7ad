"""Accounts are managed on a page, by administrators only; passwords are known to their owners only."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from dossiers.database import Account, JournalEntry
from dossiers.worker import Worker
from tests.admin.conftest import PASSWORD, SLUG, TOKEN

NEW = {"name": "Nora (fictive)", "email": "Nora@fictif.example", "role": f"{SLUG}:hotline", "language": "fr"}
WORDS = "quatre mots jamais ensemble"


@pytest.fixture
def admin(bureau):
    return bureau.as_("admin")


def account_id(bureau, email: str) -> str:
    with bureau.desk.office.database.reading() as session:
        return session.scalars(select(Account.public_id).where(Account.email == email)).one()


def journalled(bureau, public_id: str) -> list[str]:
    query = select(JournalEntry.action).where(JournalEntry.stream == f"account:{public_id}")
    with bureau.desk.office.database.reading() as session:
        return list(session.scalars(query.order_by(JournalEntry.id)))


def mailed(bureau) -> list[str]:
    """The links to choose a password in the outbox folder, in the order of the mails."""
    worker = Worker(bureau.desk.office)
    while worker.run_once():
        pass
    folder = bureau.desk.office.settings.outbox
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.eml"))]
    links = (re.search(r"/bureau/mot-de-passe/[0-9a-f]+", text.replace("=\n", "")) for text in texts)
    return [link[0] for link in links if link]


def chosen(bureau, link: str, password: str = WORDS, again: str | None = None):
    person = bureau.visitor()
    form = {"password": password, "password_again": password if again is None else again}
    return person.post(link, seen=link, **form)


def signs_in(bureau, email: str, password: str) -> int:
    person = bureau.visitor()
    return person.post("/bureau/connexion", seen="/bureau/connexion", email=email, password=password).status


def test_somebody_invited_chooses_a_password_and_works(bureau, admin):
    made = admin.post("/bureau/comptes/nouveau", **NEW)
    assert made.status == 303
    assert signs_in(bureau, "nora@fictif.example", "none yet") == 422
    assert "Invitation envoyée" in admin.get(made.headers["Location"]).text
    [link] = mailed(bureau)
    answer = chosen(bureau, link)
    assert (answer.status, answer.headers["Location"]) == (303, "/bureau/connexion")
    assert signs_in(bureau, "nora@fictif.example", WORDS) == 303
    assert chosen(bureau, "/bureau/connexion", again="x").status in (404, 422)
    public_id = account_id(bureau, "nora@fictif.example")
    assert journalled(bureau, public_id)[:2] == ["account_added", "password_chosen"]
    assert f"{SLUG}:hotline" in re.findall(
        r'value="([^"]+)" checked', admin.get(f"/bureau/comptes/{public_id}").html
    )


def test_link_works_once(bureau, admin):
    admin.post("/bureau/comptes/nouveau", **NEW)
    [link] = mailed(bureau)
    token = TOKEN.search(bureau.visitor().get("/bureau/connexion").html)
    assert token
    assert chosen(bureau, link).status == 303
    gone = bureau.visitor().get(link)
    assert gone.status == 410
    assert "ne fonctionne plus" in gone.text


def test_link_is_too_old_after_two_days(bureau, admin):
    admin.post("/bureau/comptes/nouveau", **NEW)
    [link] = mailed(bureau)
    bureau.clock.pass_by(hours=49)
    assert bureau.visitor().get(link).status == 410


def test_link_to_a_password_opens_no_dossier(bureau, admin):
    admin.post("/bureau/comptes/nouveau", **NEW)
    [link] = mailed(bureau)
    person = bureau.visitor()
    assert person.post(link.replace("/bureau/mot-de-passe/", "/lien/"), seen="/lien").status == 410
    assert person.get(link).status == 200


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("court", None, "au moins 12 caractères"),
        (WORDS, "autre chose que cela", "Les deux mots de passe diffèrent"),
    ],
)
def test_weak_or_mistyped_password_is_told(bureau, admin, password, again, said):
    admin.post("/bureau/comptes/nouveau", **NEW)
    [link] = mailed(bureau)
    answer = chosen(bureau, link, password, again)
    assert answer.status == 422
    assert said in answer.text.replace("\u00a0", " ")


def test_new_password_ends_the_old_one_and_its_sessions(bureau, admin):
    public_id = account_id(bureau, "instructor@fictif.example")
    at_work = bureau.signs_in("instructor")
    assert admin.post(f"/bureau/comptes/{public_id}/lien").status == 303
    assert signs_in(bureau, "instructor@fictif.example", PASSWORD) == 303, "the old one holds until then"
    [link] = mailed(bureau)
    chosen(bureau, link)
    assert at_work.get("/bureau/").status == 303
    assert signs_in(bureau, "instructor@fictif.example", PASSWORD) == 422
    assert signs_in(bureau, "instructor@fictif.example", WORDS) == 303
    assert "password_link_sent" in journalled(bureau, public_id)


def test_mail_shown_to_administrators_hides_the_link(bureau, admin):
    admin.post("/bureau/comptes/nouveau", **NEW)
    [link] = mailed(bureau)
    token = link.rsplit("/", 1)[1]
    [address] = re.findall(r'href="(/bureau/courriels/\d+\.eml)"', admin.get("/bureau/courriels").html)
    assert token not in admin.get(address).html


def test_roles_are_changed_and_hold_at_once(bureau, admin):
    public_id = account_id(bureau, "idle@fictif.example")
    dossier = bureau.path(bureau.filed())
    assert bureau.as_("idle").get(dossier).status == 404
    answer = admin.post(f"/bureau/comptes/{public_id}", role=[f"{SLUG}:hotline", f"{SLUG}:accountant"])
    assert answer.status == 303
    assert bureau.as_("idle").get(dossier).status == 200
    admin.post(f"/bureau/comptes/{public_id}")
    assert bureau.as_("idle").get(dossier).status == 404
    assert journalled(bureau, public_id).count("roles_granted") == 2


def test_invented_role_is_refused(bureau, admin):
    public_id = account_id(bureau, "idle@fictif.example")
    assert admin.post(f"/bureau/comptes/{public_id}", role=f"{SLUG}:king").status == 422
    assert "roles_granted" not in journalled(bureau, public_id)


def test_account_is_closed_and_opened_again(bureau, admin):
    public_id = account_id(bureau, "hotline@fictif.example")
    at_work = bureau.signs_in("hotline")
    assert admin.post(f"/bureau/comptes/{public_id}/etat", open="0").status == 303
    assert at_work.get("/bureau/").status == 303
    assert signs_in(bureau, "hotline@fictif.example", PASSWORD) == 422
    assert admin.post(f"/bureau/comptes/{public_id}/lien").status == 422
    assert admin.post(f"/bureau/comptes/{public_id}/etat", open="1").status == 303
    assert signs_in(bureau, "hotline@fictif.example", PASSWORD) == 303
    assert journalled(bureau, public_id)[-3:] == ["account_disabled", "account_enabled", "signed_in"]


def test_last_administrator_stays(bureau, admin):
    public_id = account_id(bureau, "admin@fictif.example")
    for path, form in ((f"{public_id}/etat", {"open": "0"}), (public_id, {})):
        answer = admin.post(f"/bureau/comptes/{path}", **form)
        assert answer.status == 422
        assert "dernier compte" in answer.text
    assert admin.get("/bureau/comptes").status == 200


def test_invitation_with_slips_keeps_what_was_typed(bureau, admin):
    answer = admin.post("/bureau/comptes/nouveau", **{**NEW, "email": "instructor@fictif.example"})
    assert answer.status == 422
    assert 'value="Nora (fictive)"' in answer.html
    assert f'value="{SLUG}:hotline" checked' in answer.html


@pytest.mark.parametrize("role", ["instructor", "supervisor", "idle"])
def test_everybody_else_is_refused(bureau, role):
    public_id = account_id(bureau, "hotline@fictif.example")
    person = bureau.as_(role)
    for path in ("", "/nouveau", f"/{public_id}"):
        assert person.get(f"/bureau/comptes{path}").status == 403
    for path in ("/nouveau", f"/{public_id}", f"/{public_id}/etat", f"/{public_id}/lien"):
        assert person.post(f"/bureau/comptes{path}", **NEW).status == 403
    assert journalled(bureau, public_id) == ["account_added", "signed_in"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_are_whole_in_both_languages(bureau, language):
    public_id = account_id(bureau, "hotline@fictif.example")
    for path in ("", "/nouveau", f"/{public_id}"):
        assert (
            f'<html lang="{language}" dir="ltr">'
            in bureau.as_("admin", language).get(f"/bureau/comptes{path}").html
        )
