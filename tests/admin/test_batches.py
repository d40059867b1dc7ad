"""Batches through the pages: chosen in the list, confirmed once, watched and stopped without any script."""

from __future__ import annotations

import re

import pytest

from dossiers.worker import Worker
from tests.admin.conftest import SLUG

LIST = f"/bureau/{SLUG}/"
LOTS = f"/bureau/{SLUG}/lots"
ASK = f"{LOTS}/nouveau"


@pytest.fixture
def three(bureau):
    """Three dossiers filed."""
    return [bureau.filed(number) for number in range(1, 4)]


def work(bureau) -> None:
    Worker(bureau.desk.office, kinds=["campaign"]).run_all()


def test_whole_list_is_taken_in_two_clicks_and_followed_dossier_by_dossier(bureau, three):
    agent = bureau.as_("instructor")
    page = agent.get(f"{LIST}?etat=submitted")
    assert page.html.count('name="_d"') == 3 and "Sur toute la liste (3)" in page.text
    asked = agent.get(f"{ASK}?_asked=etat%3Dsubmitted&_action=take&_sur=liste")
    assert "« Prendre en charge » sur 3 dossiers" in asked.text.replace("\u00a0", " ")
    assert "Commencer : 3 dossiers" in asked.text.replace("\u00a0", " ")
    form = dict(re.findall(r'name="(_\w+)" value="([^"]*)"', asked.html))
    begun = agent.client.post(LOTS, data={**form, "csrf_token": token(asked)})
    assert begun.status_code == 303
    where = begun.headers["Location"]
    running = agent.get(where)
    assert "0 sur 3 examinés" in running.text and "Arrêter ici" in running.text
    work(bureau)
    over = agent.get(f"{where}?etat=faits")
    assert over.text.count("En instruction") == 3 and "Arrêter ici" not in over.text
    assert "progress.js" in running.html and "progress.js" not in over.html
    assert "Terminé" in agent.get(LOTS).text


def test_three_refused_by_a_batch_are_not_told_as_none_refused(bureau, three):
    head = bureau.as_("supervisor")
    form = {"_action": "refuse", "_sur": "liste", "_asked": "", "_expected": "3"}
    where = head.post(LOTS, comment_="Hors délai.", **form).headers["Location"]
    work(bureau)
    told = head.get(f"{where}?etat=faits").text
    assert "Faits 3 Empêchés par une règle 0" in told and told.count("Refusée") == 3
    assert "Refusés 0" not in told


def test_those_who_cannot_have_it_are_counted_with_their_reason(bureau, three):
    agent = bureau.as_("instructor")
    agent.post(f"{bureau.path(three[0])}/actions/take")
    told = agent.get(f"{ASK}?_action=take&_sur=liste").text.replace("\u00a0", " ")
    assert "peuvent l'être maintenant 2 ne le peuvent pas et resteront en l'état 1" in told
    assert "1 – Ce n’est pas possible dans l’état actuel du dossier." in told
    ticked = agent.get(f"{ASK}?_action=take&_sur=coches&_d={three[0]}")
    assert "Aucun de ces dossiers" in ticked.text


def test_menu_offers_only_what_a_dossier_of_the_list_may_have_done(bureau, three):
    agent, head = bureau.as_("instructor"), bureau.as_("supervisor")
    agent.post(f"{bureau.path(three[0])}/actions/take")
    assert offered(agent.get(f"{LIST}?etat=submitted")) == ["take"]
    assert "take" not in offered(agent.get(f"{LIST}?etat=in_review"))
    assert {"take", "ask"} <= set(offered(agent.get(LIST)))
    head.post(f"{bureau.path(three[0])}/actions/refuse", comment_="Hors délai.")
    refused = agent.get(f"{LIST}?etat=refused")
    assert not offered(refused) and 'name="_d"' not in refused.html and "Lots en cours" in refused.text


def test_page_before_the_act_names_the_dossiers_and_why_one_cannot_have_it(bureau, three):
    agent = bureau.as_("instructor")
    agent.post(f"{bureau.path(three[0])}/actions/take")
    ticked = "".join(f"&_d={one}" for one in three[:2])
    told = agent.get(f"{ASK}?_action=take&_sur=coches{ticked}")
    stays, may = told.html.split('<details class="named" open>')[1:]
    assert bureau.path(three[0]) in stays and "pas possible dans l’état actuel" in stays
    assert bureau.path(three[1]) in may and bureau.path(three[0]) not in may
    assert bureau.path(three[2]) not in told.html


def test_nothing_ticked_leads_back_to_the_list(bureau, three):
    agent = bureau.as_("instructor")
    answer = agent.get(f"{ASK}?_action=take&_sur=coches&_asked=etat%3Dsubmitted")
    assert (answer.status, answer.headers["Location"]) == (303, f"{LIST}?etat=submitted")
    assert "Cochez au moins un dossier" in agent.get(LIST).text


def test_slips_come_back_with_what_was_typed(bureau, three):
    supervisor = bureau.as_("supervisor")
    form = {"_action": "refuse", "_sur": "liste", "_asked": "", "_expected": "3"}
    answer = supervisor.post(LOTS, comment_=" ", **form)
    assert answer.status == 422 and "Écrivez un commentaire" in answer.text
    agent = bureau.as_("instructor")
    for one in three:
        agent.post(f"{bureau.path(one)}/actions/take")
    slip = agent.post(LOTS, **{**form, "_action": "ask", "reason": "Le numéro est illisible."})
    assert slip.status == 422 and "Le numéro est illisible." in slip.html and 'id="problems"' in slip.html
    changed = supervisor.post(LOTS, **{**form, "_expected": "7"}, comment_="Doublon.")
    assert changed.status == 422 and "ont changé" in changed.text


def test_batch_is_stopped_by_a_button_and_hidden_from_who_may_not_do_its_action(bureau, three):
    agent = bureau.as_("instructor")
    form = {"_action": "take", "_sur": "liste", "_asked": ""}
    assert agent.post(LOTS, **form).status == 303
    [where] = re.findall(rf'href="({LOTS}/[\w-]{{22}})"', agent.get(LOTS).html)
    for role, status in (("supervisor", 404), ("hotline", 404), ("admin", 404), ("idle", 404)):
        assert bureau.as_(role).get(where).status == status, role
        assert bureau.as_(role).post(f"{where}/arreter", seen="/bureau/").status == status, role
    assert agent.post(f"{where}/arreter").status == 303
    work(bureau)
    told = agent.get(f"{where}?etat=laisses").text
    assert told.count("Tout a été arrêté avant son tour.") == 3
    assert "En instruction" not in told


def test_who_may_do_nothing_is_offered_no_batch(bureau, three):
    assert 'name="_d"' not in bureau.as_("hotline").get(LIST).html
    assert bureau.as_("hotline").get(f"{ASK}?_action=take&_sur=liste").status == 404


def offered(page) -> list[str]:
    [menu] = re.findall(r'<select[^>]*name="_action".*?</select>', page.html, re.S) or [""]
    return re.findall(r'<option value="([^"]+)"', menu)


def token(page) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page.html)[1]
