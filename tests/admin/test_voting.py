"""The commission at its screens: an agenda, a ballot, the count, and who steps aside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Account, Dossier
from dossiers.services import accounts, applications, casework, publication
from engine.language import Bundle

SLUG = "commission-grant"
# the accounts of the small grant, with other parts here
PARTS = {
    "instructor": "instructor",
    "hotline": "member",
    "accountant": "president",
    "supervisor": "secretary",
}


@pytest.fixture
def before_commission(bureau):
    """A dossier put before the commission of the example; its address."""
    bureau.desk.act(
        publication.publish,
        Bundle.read(Path(__file__).parents[2] / "examples" / "commission-grant"),
        "Sylvie (fictive)",
    )
    with bureau.desk.office.database.reading() as session:
        ids = {row.email.partition("@")[0]: row.public_id for row in session.scalars(select(Account))}
        numbers = {row.email.partition("@")[0]: row.id for row in session.scalars(select(Account))}
    for who, role in PARTS.items():
        bureau.desk.act(accounts.grant, None, ids[who], {SLUG: [role], "small-grant": [who]})
    bureau.ids = ids
    started = bureau.desk.act(
        applications.start, access.anonymous(), SLUG, email="a@b.example", language="fr"
    )
    with bureau.desk.office.database.reading() as session:
        [id] = session.scalars(select(Dossier.id).where(Dossier.public_id == started.public_id))
    viewer = Viewer("applicant", dossiers=frozenset({id}), language="fr")
    form = {"siret": ["73282932000074"], "name": ["Fête (fictive)"], "requested": ["5000"]}
    form |= {"held_on-day": ["1"], "held_on-month": ["8"], "held_on-year": ["2020"]}
    bureau.desk.act(applications.save_page, viewer, started.public_id, "event", form=form)
    bureau.desk.act(applications.submit, viewer, started.public_id)
    clerk = Viewer(
        "staff", account_id=numbers["instructor"], name="c", roles={SLUG: frozenset({"instructor"})}
    )
    for action in ("take", "present"):
        bureau.desk.act(casework.fire, clerk, started.public_id, action)
    return f"/bureau/{SLUG}/{started.public_id}"


def test_members_vote_and_the_secretary_closes(bureau, before_commission):
    dossier, member = before_commission, bureau.as_("hotline")
    agenda = member.get(f"/bureau/{SLUG}/votes")
    assert "À donner" in agenda.text and f'href="{dossier}#vote-opinion"' in agenda.html
    assert "Votes en cours" in member.get(f"/bureau/{SLUG}/").text
    slip = member.post(f"{dossier}/votes/opinion", seen=dossier, option_="favourable", proposed="9000,00")
    assert slip.status == 422 and 'value="9000,00"' in slip.html
    assert re.search(r'value="favourable"[^>]* checked', slip.html)
    assert member.post(f"{dossier}/votes/opinion", seen=dossier, proposed="1").status == 409
    done = member.post(f"{dossier}/votes/opinion", seen=dossier, option_="favourable", proposed="3000")
    assert done.status == 303
    page = member.get(dossier).text
    assert "Changer mon bulletin" in page and "a voté" in page and "1 bulletin pour l'instant" in page
    assert bureau.as_("supervisor").post(f"{dossier}/votes/opinion/cloture", seen=dossier).status == 303
    after = bureau.as_("hotline", "en").get(dossier).text
    assert "The quorum was not reached" in after and "In favour" in after
    assert "Vote closed: Opinion of the commission" in after


def test_a_member_has_another_one_vote_and_the_count_says_so(bureau, before_commission):
    dossier, member, president = before_commission, bureau.as_("hotline"), bureau.as_("accountant")
    page = member.get(dossier)
    assert "Je ne pourrai pas voter" in page.text and "majorité requise" in page.text
    to = bureau.ids["accountant"]
    assert member.post(f"{dossier}/votes/opinion/procuration", seen=dossier, to_=to).status == 303
    assert "Accountant (fictif) vote pour vous, par procuration" in member.get(dossier).text
    held = president.get(dossier)
    assert "celui de Hotline (fictif), par procuration à donner" in held.text
    refused = president.post(f"{dossier}/votes/opinion/procuration", seen=dossier, to_=bureau.ids["hotline"])
    assert refused.status == 409 and "Vous votez pour d’autres" in refused.text
    of = bureau.ids["hotline"]
    slip = president.post(
        f"{dossier}/votes/opinion", seen=dossier, option_="favourable", of_=of, proposed="x"
    )
    assert slip.status == 422 and re.search(rf'value="{of}" checked', slip.html)
    sent = {"option_": "favourable", "of_": of, "proposed": "3000"}
    assert president.post(f"{dossier}/votes/opinion", seen=dossier, **sent).status == 303
    secretary = bureau.as_("supervisor")
    assert "Noter une procuration" in secretary.get(dossier).text
    assert secretary.post(f"{dossier}/votes/opinion/cloture", seen=dossier).status == 303
    after = bureau.as_("hotline", "en").get(dossier).text
    assert "Hotline (fictif) – by proxy, Accountant (fictif), In favour" in after
    assert "Hotline (fictif) has Accountant (fictif) vote: Opinion of the commission" in after


def test_lists_pages_and_figures_tell_the_whole_and_its_parts(bureau, before_commission):
    head = Viewer("staff", account_id=1, name="r", roles={SLUG: frozenset({"supervisor"})})
    public_id = before_commission.rpartition("/")[2]
    bureau.desk.act(casework.fire, head, public_id, "bring_back", comment="À revoir.")
    clerk = bureau.as_("instructor")
    whole = clerk.get(f"/bureau/{SLUG}/?etat=in_review")
    for pill in ("En instruction 1", "En instruction – Vérification 0", "En instruction – Examen au fond 1"):
        assert pill in whole.text
    assert before_commission in whole.html
    assert before_commission not in clerk.get(f"/bureau/{SLUG}/?etat=checking").html
    page = clerk.get(before_commission).text
    assert "En instruction – Examen au fond" in page and "Présenter à la commission" in page


def test_who_steps_aside_is_led_away_and_finds_nothing(bureau, before_commission):
    dossier, member = before_commission, bureau.as_("hotline")
    assert member.post(f"{dossier}/votes/opinion/deport", seen=dossier).headers["Location"].endswith("/votes")
    assert member.get(dossier).status == 404
    assert "Aucun vote en cours" in member.get(f"/bureau/{SLUG}/votes").text
    assert bureau.as_("instructor").get(f"/bureau/{SLUG}/votes").status == 404
    assert bureau.as_("instructor").post(f"{dossier}/votes/opinion", seen=dossier).status == 409


def test_administrators_write_down_the_interests_of_a_member(bureau, before_commission):
    address = f"/bureau/comptes/{bureau.ids['hotline']}"
    admin = bureau.as_("admin")
    assert "Intérêts déclarés" in admin.get(address).text
    long = admin.post(f"{address}/interets", seen=address, interests="x" * 201)
    assert long.status == 422 and "x" * 201 in long.html
    assert admin.post(f"{address}/interets", seen=address, interests="73282932000074").status == 303
    assert "73282932000074" in admin.get(address).html
    assert bureau.as_("hotline").get(before_commission).status == 404
