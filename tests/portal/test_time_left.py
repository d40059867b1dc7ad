"""Time left is said: until the scheme closes, and while the session lasts."""

from __future__ import annotations

import json
import re

import pytest


def left_on(page) -> int:
    found = re.search(r'data-left="([0-9]+)"', page.html)
    return int(found[1]) if found else 0


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2020-05-14", "Il reste 2 jours pour déposer cette demande : jusqu'au 14 mai 2020 inclus."),
        ("2020-05-13", "Il reste 1 jour pour déposer cette demande"),
        ("2020-05-12", "C'est aujourd'hui le dernier jour pour déposer cette demande."),
    ],
)
def test_near_end_of_a_scheme_is_said_on_the_pages_of_a_draft(site, ada, day, said):
    site.publish(("closes: 2020-12-31", f"closes: {day}"))
    base = site.begun(ada)
    for page in (ada.get(base), ada.get(base + "you")):
        assert said in page.text
        assert "effacé après le 10 août 2020" in page.text


def test_closed_scheme_says_that_its_drafts_can_not_be_filed(site, ada):
    site.publish(("closes: 2020-12-31", "closes: 2020-05-12"))
    base = site.begun(ada)
    site.clock.pass_by(hours=13)
    site.link_for("ada@fictif.example", "jeton-fictif")
    ada.get("/lien/jeton-fictif")
    ada.post("/lien/jeton-fictif")
    assert "closes depuis le 12 mai 2020 : ce brouillon ne peut plus être déposé" in ada.get(base).text


def test_far_end_says_nothing(site, ada):
    base = site.begun(ada)
    assert "dernier jour" not in ada.get(base + "you").text
    assert "Il reste" not in ada.get(base).text


def test_page_says_how_long_the_session_lasts_and_its_script_when_it_ends(site, ada):
    base = site.begun(ada)
    page = ada.get(base + "you")
    assert "Votre session dure 2 heures" in page.text
    assert left_on(page) == 7200
    site.clock.pass_by(minutes=4)
    assert left_on(ada.get(base + "you")) == 7200 - 240
    assert left_on(site.browser().get("/")) == 0


def test_session_is_extended_again_and_again_up_to_twice_its_life(site, ada):
    base = site.begun(ada)
    ada.get(base + "you")
    extended = 0
    for _ in range(13):
        site.clock.pass_by(minutes=115)
        answer = ada.post("/session/prolonger")
        if answer.status != 200:
            break
        extended += json.loads(answer.html)["left"] > 300
    assert extended >= 10, "at least ten times"
    assert ada.get(base + "you").status == 303, "but not for ever"
