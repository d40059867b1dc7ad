"""The screens of who shares work out: the team, the next dossier, a dossier handed over; and who may not open them."""

from __future__ import annotations

import re

import pytest

from dossiers.services import publication
from engine.language import Bundle
from tests.admin.conftest import SLUG, bundle


@pytest.fixture
def team(bureau):
    """The site, with a scheme that has groups and lets instructors assign, the supervisor distribute."""
    files = dict(bundle().files)
    text = files["scheme.yaml"]
    for old, new in (
        (
            "may: [search, view, note, message]}\n  supervisor",
            "may: [search, view, note, message, assign]}\n  supervisor",
        ),
        (
            "may: [search, view, note, message]}\n  accountant",
            "may: [search, view, note, message, assign, distribute]}\n  accountant",
        ),
        (
            "form:\n  you:\n",
            "groups: {low: {label: {fr: Petits revenus, en: Low incomes}, where: income < 20000}}\nform:\n  you:\n",
        ),
    ):
        assert old in text, old
        text = text.replace(old, new)
    bureau.desk.act(publication.publish, Bundle({**files, "scheme.yaml": text}), "Sylvie (fictive)")
    return bureau


def test_the_next_dossier_is_one_button_and_an_empty_queue_says_so(bureau):
    dossier = bureau.filed()
    person = bureau.as_("instructor")
    assert "Prendre le dossier suivant" in person.get(f"/bureau/{SLUG}/").text
    taken = person.post(f"/bureau/{SLUG}/suivant")
    assert (taken.status, taken.headers["Location"]) == (303, bureau.path(dossier))
    assert "Ce dossier est maintenant le vôtre" in person.get(bureau.path(dossier)).text
    assert person.post(f"/bureau/{SLUG}/suivant").status == 303
    assert "Rien ne vous attend dans la file." in person.get(f"/bureau/{SLUG}/?pour=moi").text
    assert "Prendre le dossier suivant" not in bureau.as_("hotline").get(f"/bureau/{SLUG}/").text


def test_a_team_is_seen_grouped_and_dealt_again_by_who_may(team):
    dossier = team.path(team.filed())
    boss = team.as_("supervisor")
    page = boss.get(f"/bureau/{SLUG}/equipe")
    assert "Dossiers que personne n’a en main : 1" in page.text.replace("\u00a0", " ")
    found = re.search(r"Instructor \(fictif\).*?equipe/([^/\"]+)/absences\"", page.html, re.S)
    assert found
    account = found[1]
    days = {"first": "2020-05-13", "last": "2020-05-20"}
    assert boss.post(f"/bureau/{SLUG}/equipe/{account}/absences", **days).status == 303
    assert "du 13 mai 2020 au 20 mai 2020" in boss.get(f"/bureau/{SLUG}/equipe").text.replace("\u00a0", " ")
    boss.post(f"/bureau/{SLUG}/equipe/{account}/groupes", group="low")
    assert boss.get(f"/bureau/{SLUG}/equipe").text.count("Petits revenus") >= 2
    assert boss.post(f"/bureau/{SLUG}/equipe/repartition").status == 303
    assert "Dossiers répartis : 1" in boss.get(f"/bureau/{SLUG}/equipe").text.replace("\u00a0", " ")
    told = boss.get(f"/bureau/{SLUG}/?chez={account}").text
    assert "Instructor (fictif)" in told and "PA-2020-0001" in told
    assert "Petits revenus" in boss.get(dossier).text
    for role in ("instructor", "hotline", "accountant"):
        assert team.as_(role).get(f"/bureau/{SLUG}/equipe").status == 404
        assert team.as_(role).post(f"/bureau/{SLUG}/equipe/{account}/absences", **days).status == 404


def test_a_dossier_is_handed_over_from_its_page(team):
    dossier = team.path(team.filed())
    page = team.as_("instructor").get(dossier)
    [to] = re.findall(r'<option value="([^"]+)">Supervisor', page.html)
    team.as_("instructor").post(f"{dossier}/attribution", to=to, note="À toi de voir.")
    told = team.as_("supervisor").get(dossier).text
    assert "Pris en charge par moi" in told or "Les miennes." in told
    assert "Confié à Supervisor (fictif)" in told and "À toi de voir." in told
    team.as_("hotline").post(f"{dossier}/attribution", to="", note="")
    assert "Votre rôle" in team.as_("hotline").get(dossier).text
