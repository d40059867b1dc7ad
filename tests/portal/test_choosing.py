"""Questions about options without any script: searching a long list, linked lists, something else in words, none of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossiers.services import publication
from engine.kinds import kind_of
from engine.language import Bundle, load_scheme
from portal import choosing as door
from portal.pace import Pace
from tests.fixtures.choosing import choosing

LONG = 35_000


@pytest.fixture
def form(site, ada):
    """An application to the scheme of choices, begun; where its pages stand."""

    def begun(**how):
        site.desk.act(publication.publish, choosing(**how), "Essai (fictif)")
        ada.get("/aides/choosing")
        return ada.post("/aides/choosing/commencer", email="ada@fictif.example").location

    return begun


def found(page, name="town"):
    """The options proposed for a question, each with its code."""
    return [one["value"] for one in page.all("input") if one.get("id", "").startswith(f"q-{name}-found-")]


def search(ada, base, text, code="", settled="", **more):
    ada.get(base + "place")
    return ada.post(base + "place", town=code, town__search=text, town__for=settled, **more)


def test_whole_label_is_taken_at_once(form, ada):
    base = form()
    assert search(ada, base, "COMMUNE 7 DU BOIS").location == base + "links"
    page = ada.get(base + "place")
    assert page.typed()["town"] == "90007"
    assert page.typed()["town-search"] == page.typed()["town-for"] == "Commune 7 du Bois"


def test_words_that_mean_several_are_asked_again_and_nothing_is_lost(form, ada):
    base = form()
    page = search(ada, base, "saint eloi")
    assert page.status == 422
    assert "Choisissez parmi les réponses trouvées" in page.text
    assert page.typed()["town-search"] == "saint eloi"
    assert found(page) == ["01001", "74002", "74003"]
    assert "Saint-Éloi Haute-Savoie" in page.text
    assert ada.post(base + "place", town__search="saint eloi", town__for="saint eloi").status == 422
    picked = ada.post(base + "place", town="74002", town__search="saint eloi", town__for="saint eloi")
    assert picked.location == base + "links"
    assert ada.get(base + "place").typed()["town"] == "74002"


def test_words_that_mean_nothing_are_told_beside_the_line(form, ada):
    page = search(ada, form(), "xyzzy")
    assert page.status == 422
    assert "rien ne correspond" in page.text
    assert page.typed()["town-search"] == "xyzzy"


def test_answer_typed_over_is_searched_anew(form, ada):
    base = form()
    search(ada, base, "Commune 7 du Bois")
    ada.get(base + "place")
    page = ada.post(base + "place", town="90007", town__search="saint", town__for="Commune 7 du Bois")
    assert page.status == 422
    assert ada.get(base + "place").typed()["town-search"] == "saint", "what was typed comes back as typed"
    emptied = ada.post(base + "place", town="90007", town__search="", town__for="Commune 7 du Bois")
    assert "Choisissez une réponse" in emptied.text


def test_several_are_searched_one_by_one(form, ada):
    base = form()
    search(ada, base, "74003", trades__search="commune 12 du bois")
    page = search(ada, base, "74003", trades=["90012"], trades__search="eloi neuf")
    assert page.status == 422
    assert found(page, "trades") == ["74003"]
    assert 'value="90012" checked' in page.html
    done = search(
        ada, base, "74003", trades=["90012", "74003"], trades__search="eloi neuf", trades__for="eloi neuf"
    )
    assert done.location == base + "links"
    assert re.findall(r'value="(\w+)" checked', ada.get(base + "place").html) == ["74003", "90012"]


def test_page_with_35_000_options_stays_light(form, ada):
    base = form(count=LONG)
    empty = ada.get(base + "place")
    many = search(ada, base, "commune")
    assert len(found(many)) == 20
    assert "Il y en a d'autres" in many.text
    assert max(len(empty.html.encode()), len(many.html.encode())) < 20_000


# -- what the script asks -----------------------------------------------------------------------------------


def test_list_of_a_published_version_is_searched_by_anyone_and_kept_by_caches(form, site):
    form()
    client = site.app.test_client()
    answer = client.get("/aides/choosing/choix/1/town?q=st+eloi&l=fr")
    assert [one["code"] for one in answer.json["found"]] == ["01001", "74002", "74003"]
    assert answer.json["found"][0] == {"code": "01001", "label": "Saint-Éloi", "hint": "Ain"}
    assert answer.json["more"] is False
    assert "public" in answer.headers["Cache-Control"]
    assert not {"Vary", "Set-Cookie"} & set(answer.headers.keys()), "the same for everybody"
    same = client.get(
        "/aides/choosing/choix/1/town?q=st+eloi&l=fr", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (same.status_code, same.data) == (304, b"")
    assert len(client.get("/aides/choosing/choix/1/town?q=commune").data) < 2_000


@pytest.mark.parametrize("address", ["choosing/choix/9/town", "nothing/choix/1/town", "choosing/choix/1/why", "choosing/choix/1/school", "choosing/choix/1/visits-seen"])  # fmt: skip
def test_nothing_else_is_told(form, site, address):
    form()
    assert site.app.test_client().get(f"/aides/{address}?q=eco").status_code == 404


def test_too_many_searches_at_a_time_wait(form, site, monkeypatch):
    form()
    monkeypatch.setattr(door, "PACE", Pace(0))
    answer = site.app.test_client().get("/aides/choosing/choix/1/town?q=st")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")


def test_pace_counts_second_by_second():
    pace = Pace(2)
    assert [pace.allow(now) for now in (1.0, 1.2, 1.9, 2.0)] == [True, True, False, True]


# -- linked lists -------------------------------------------------------------------------------------------


@pytest.fixture
def at_school(form, ada):
    def begun(**how):
        base = form(**how)
        search(ada, base, "74003")
        ada.get(base + "links")
        return base

    return begun


def offered(page, name="school"):
    return [one["value"] for one in page.all("input") if one.get("name") == name and one["type"] == "radio"]


def test_options_wait_for_the_answer_they_depend_on(at_school, ada):
    base = at_school()
    assert "Ce que vous pouvez choisir ici dépend de : Secteur." in ada.get(base + "links").text
    shown = ada.follow(ada.post(base + "links", zone="north", refresh_="school"))
    assert shown.typed()["zone"] == "north"
    assert offered(shown) == ["north0", "north1", "north2", "north3"]
    assert ada.post(base + "links", zone="north", school="north2").location == base + "words"


def test_option_that_no_longer_fits_is_told_and_never_kept(at_school, ada):
    base = at_school()
    ada.post(base + "links", zone="north", school="north2")
    ada.get(base + "links")
    page = ada.post(base + "links", zone="south", school="north2")
    assert page.status == 422
    assert "« École 2 north » ne va pas avec vos autres réponses" in page.text
    assert offered(page) == ["south0", "south1", "south2", "south3"]
    assert ada.get(base + "words").location == base + "links"


def test_linked_list_is_searched_among_what_fits(at_school, ada):
    base = at_school(each=60)
    ada.follow(ada.post(base + "links", zone="south", refresh_="school"))
    page = ada.post(base + "links", zone="south", school__search="ecole 1", school="")
    assert len(found(page, "school")) == 11
    assert all(code.startswith("south1") for code in found(page, "school"))
    assert 'name="school" value="north' not in page.html


def test_rows_have_options_of_their_own(at_school, ada):
    base = at_school()
    rows = {"visits__0": "row", "visits__0__area": "north", "visits__1": "row", "visits__1__area": "south"}
    page = ada.follow(
        ada.post(base + "links", zone="north", school="north0", refresh_="visits-0-seen", **rows)
    )
    assert offered(page, "visits-0-seen") == [f"north{n}" for n in range(4)]
    assert offered(page, "visits-1-seen") == [f"south{n}" for n in range(4)]
    wrong = {**rows, "visits__0__seen": "north1", "visits__1__seen": "north1"}
    page = ada.post(base + "links", zone="north", school="north0", **wrong)
    assert page.status == 422
    assert page.text.count("ne va pas avec vos autres réponses") == 2, "in the summary, and in the second row"


def test_script_gets_the_question_anew_and_nothing_is_kept(at_school, ada):
    base = at_school()
    answer = ada.post(base + "links/choix", zone="east", question_="school")
    assert offered(answer) == [f"east{n}" for n in range(4)]
    assert "zone" not in ada.get(base + "links").typed()
    rows = {"visits__0": "row", "visits__0__area": "south"}
    answer = ada.post(base + "links/choix", question_="visits-0-seen", **rows)
    assert offered(answer, "visits-0-seen") == [f"south{n}" for n in range(4)]


def test_script_searches_among_what_fits(at_school, ada):
    base = at_school(each=60)
    page = ada.post(base + "links/choix", zone="south", question_="school", q_="ecole 59")
    assert '"code":"south59"' in page.html
    assert "north" not in page.html
    assert ada.post(base + "links/choix", zone="south", question_="nothing").status == 404


# -- something else, none of them ---------------------------------------------------------------------------


@pytest.fixture
def at_words(at_school, ada):
    base = at_school()
    ada.post(base + "links", zone="north", school="north2")
    ada.get(base + "words")
    return base


def test_something_else_is_asked_for_in_words(at_words, ada):
    page = ada.post(at_words + "words", status="other", aids=["none"])
    assert page.status == 422
    assert "Précisez en quelques mots" in page.text
    page = ada.follow(ada.post(at_words + "words", status="other", status__other="Glacier", aids=["none"]))
    assert "Pourquoi" in page.text, "the rules see `other`"
    page = ada.follow(ada.post(at_words + "words", status__other="Glacier", aids=["none"], why="Pour voir"))
    assert "Autre – Glacier" in page.text, "words beside no option are something else"
    assert "Aucune de ces aides" in page.text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"aids": ["none", "food"]}, "Gardez cochée soit la dernière case, soit les autres"),
        ({"aids": ["food"]}, "Cochez au moins 2 cases"),
        ({"aids": ["food", "energy", "housing"]}, "Gardez au plus 2 cases cochées"),
        ({"aids": ["food", "energy"], "aids__other": "Colis"}, "Gardez au plus 2 cases cochées"),
        ({"aids": ["other"]}, "Précisez en quelques mots"),
        ({}, "Cochez au moins une case"),
        ({"status": "pirate", "aids": ["none"]}, "Choisissez une des réponses proposées"),
    ],
)
def test_boxes_are_counted_and_none_stands_alone(at_words, ada, sent, told):
    page = ada.post(at_words + "words", **{"status": "worker", **sent})
    assert page.status == 422
    assert told in page.text


def test_words_beside_the_boxes_count_as_one(at_words, ada):
    page = ada.follow(ada.post(at_words + "words", status="worker", aids=["food"], aids__other="Colis"))
    assert "Autre aide – Colis" in page.text


def test_grid_keeps_a_choice_for_each_line(at_words, ada):
    answers = {"status": "worker", "aids": ["none"], "liking__welcome": "good"}
    page = ada.follow(ada.post(at_words + "words", **answers))
    assert "de l'accueil – Oui" in page.text
    page = ada.get(at_words + "words")
    assert [one["name"] for one in page.all("input") if "checked" in one and "liking" in one["name"]] == [
        "liking-welcome"
    ]
    assert ada.post(at_words + "words", **{**answers, "liking__delay": "pirate"}).status == 422


def test_communes_are_searched_while_typed_and_the_line_chosen_is_read_again(site, ada):
    text = (Path(__file__).parents[1] / "fixtures/every-kind.yaml").read_text(encoding="utf-8")
    site.desk.act(publication.publish, Bundle({"scheme.yaml": text}), "Essai (fictif)")
    answer = ada.client.get("/aides/every-kind/choix/1/a_commune?q=saint denis")
    [one] = [one for one in answer.json["found"] if one["code"] == "93066"]
    assert one["label"] == "Saint-Denis (Seine-Saint-Denis)"
    assert one["hint"].startswith("93200, 93210")
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    field = load_scheme(Bundle({"scheme.yaml": text})).fields["a_commune"]
    for found in answer.json["found"]:
        assert kind_of(field).read(field, {"": [found["label"]]}) == found["code"]
    more = ada.client.get("/aides/every-kind/choix/1/a_commune?q=saint").json
    assert (len(more["found"]), more["more"]) == (20, True)
