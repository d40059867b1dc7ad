"""The lists: counts, filters, search, what is empty, and who sees nothing."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote_plus

import pytest
from sqlalchemy import select, update

from dossiers.access import Viewer
from dossiers.database import Account, Dossier
from dossiers.services import inbox

INBOX = "/bureau/small-grant/"


def rows(page) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page.html)


def link(page, rel: str) -> str:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page.html)
    assert found, rel
    return unescape(found[1])


def test_home_counts_what_waits(bureau):
    bureau.filed(1)
    bureau.filed(2)
    told = bureau.as_("instructor").get("/bureau/").text
    assert (
        "Petite aide Ouverte À votre tour 2 À traiter 2 Pris en charge par moi 0 En retard 0 Déposés en tout 2"
        in told
    )


def test_account_without_role_reads_what_to_do(bureau):
    assert "Demandez à un administrateur du site" in bureau.as_("idle").get("/bureau/").text


def test_empty_inbox_says_where_dossiers_come_from(bureau):
    told = bureau.as_("instructor").get(INBOX).text
    assert "Les dossiers apparaissent ici dès que les demandeurs les envoient." in told


def test_rows_are_filtered_by_state(bureau):
    first, second = bureau.filed(1), bureau.filed(2)
    bureau.as_("instructor").post(f"{bureau.path(first)}/actions/take")
    person = bureau.as_("supervisor")
    assert rows(person.get(INBOX)) == ["PA-2020-0001", "PA-2020-0002"]
    assert rows(person.get(f"{INBOX}?etat=in_review")) == ["PA-2020-0001"]
    assert rows(person.get(f"{INBOX}?etat=submitted")) == ["PA-2020-0002"]
    assert "En instruction 1" in person.get(INBOX).text
    assert second


def test_mine_are_those_i_took(bureau):
    first = bureau.filed(1)
    bureau.filed(2)
    bureau.as_("instructor").post(f"{bureau.path(first)}/actions/take")
    assert rows(bureau.as_("instructor").get(f"{INBOX}?a-moi=1")) == ["PA-2020-0001"]
    assert rows(bureau.as_("supervisor").get(f"{INBOX}?a-moi=1")) == []
    assert "Vous n’avez aucun dossier en charge" in bureau.as_("supervisor").get(f"{INBOX}?a-moi=1").text


def test_overdue_dossiers_are_marked(bureau):
    bureau.filed(1)
    assert rows(bureau.as_("instructor").get(f"{INBOX}?en-retard=1")) == []
    bureau.clock.pass_by(days=10)
    page = bureau.signs_in("instructor").get(f"{INBOX}?en-retard=1")
    assert rows(page) == ["PA-2020-0001"]
    assert "14 mai 2020 En retard" in page.text.replace("\u00a0", " ")


def test_list_is_narrowed_by_the_day_things_are_to_be_dealt_with(bureau):
    bureau.filed(1)  # to be dealt with within two working days: by Thursday 14
    person = bureau.as_("instructor")
    page = person.get(f"{INBOX}?avant-le=2020-05-14&etat=submitted")
    assert rows(page) == ["PA-2020-0001"] and "À traiter d'ici le 14 mai 2020" in page.text.replace(
        "\u00a0", " "
    )
    assert 'name="avant-le" value="2020-05-14"' in page.html  # searching and narrowing keep it
    assert rows(person.get(f"{INBOX}?avant-le=2020-05-13")) == []
    assert rows(person.get(f"{INBOX}?avant-le=demain")) == ["PA-2020-0001"]


def test_search_finds_by_reference_its_number_name_address_and_telephone(bureau):
    bureau.filed(1, phone="04 50 00 00 01")
    bureau.filed(2, name="Favre", phone="04 50 00 00 02")
    typed = ("PA-2020-0002", "0002", "2", "favre", "FAVRE", "a2@fictif.example")
    phones = ("0450000002", "04.50.00.00.02", "+33450000002", "0033 4 50 00 00 02")
    found = {q: rows(bureau.as_("hotline").get(f"{INBOX}?q={quote_plus(q)}")) for q in (*typed, *phones)}
    assert found == {q: ["PA-2020-0002"] for q in (*typed, *phones)}


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "' OR 1=1 --", "%", "\\", "é" * 300, "*"])
def test_strange_search_finds_nothing_and_says_so(bureau, query):
    bureau.filed(1)
    page = bureau.as_("instructor").get(f"{INBOX}?q={query}")
    assert page.status == 200
    assert "<script>alert" not in page.html


@pytest.mark.parametrize(
    "asked",
    [
        "apres=x",
        "apres=x.y",
        "avant=x.99999999999999999999999",
        "apres=unknown.1589277600000000",
        "etat=nulle-part",
        "pour=tous",
        "r-income-de=beaucoup",
        "r-income-a=1e99999",
        "r-nowhere=1",
        "colonne=nowhere",
        "ajouter=nowhere",
    ],
)
def test_senseless_filters_break_nothing(bureau, asked):
    bureau.filed(1)
    assert bureau.as_("instructor").get(f"{INBOX}?{asked}").status == 200


def test_scheme_of_others_is_not_found(bureau):
    assert bureau.as_("idle").get(INBOX).status == 404
    assert bureau.as_("instructor").get("/bureau/no-such-grant/").status == 404


def held_by_the_head(bureau) -> None:
    """Every dossier is in the supervisor's hands."""
    with bureau.desk.office.database.writing() as session:
        head = select(Account.id).where(Account.email == "supervisor@fictif.example").scalar_subquery()
        session.execute(update(Dossier).values(assigned_to=head))


def test_lists_begin_with_whose_turn_it_is(bureau):
    first, second = bureau.filed(1), bureau.filed(2)
    bureau.as_("instructor").post(f"{bureau.path(first)}/actions/take")
    mine = f"{INBOX}?pour=moi"
    assert sorted(rows(bureau.as_("instructor").get(mine))) == ["PA-2020-0001", "PA-2020-0002"]
    bureau.as_("instructor").post(f"{bureau.path(second)}/actions/take")
    assert sorted(rows(bureau.as_("supervisor").get(mine))) == [
        "PA-2020-0001",
        "PA-2020-0002",
    ]  # who holds them can't decide
    assert "À votre tour 2" in bureau.as_("supervisor").get(INBOX).text
    held_by_the_head(bureau)
    assert rows(bureau.as_("instructor").get(mine)) == []  # a colleague has them in hand
    assert rows(bureau.as_("hotline").get(mine)) == []
    assert rows(bureau.as_("hotline").get(f"{INBOX}?pour=autres")) == ["PA-2020-0001", "PA-2020-0002"]
    assert "En attente d’autres personnes 2" in bureau.as_("hotline").get(INBOX).text


def test_a_list_is_narrowed_by_an_answer_and_shows_it(bureau):
    bureau.filed(1, income="12 000,50")
    bureau.filed(2, income="9 000")
    asked = "r-income-de=10+000&colonne=income"
    page = bureau.as_("supervisor").get(f"{INBOX}?{asked}")
    assert rows(page) == ["PA-2020-0001"]
    assert "12 000,50 €" in page.text.replace("\u202f", " ").replace("\xa0", " ")
    assert rows(bureau.as_("supervisor").get(f"{INBOX}?r-income-a=10000")) == ["PA-2020-0002"]


def test_an_answer_hidden_from_a_role_narrows_nothing_for_it(bureau):
    bureau.filed(1, income="12 000,50")
    page = bureau.as_("hotline").get(f"{INBOX}?r-income-de=20+000&colonne=income&ajouter=income")
    assert rows(page) == ["PA-2020-0001"]
    assert "12 000,50" not in page.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "Revenu" not in page.text


def test_a_list_is_narrowed_by_the_amount_and_shows_it(bureau):
    bureau.filed(1)
    person = bureau.as_("instructor")

    page = person.get(f"{INBOX}?r-award-de=1 000&r-award-a=1 000,00&colonne=award")

    assert rows(page) == ["PA-2020-0001"]
    assert "Montant" in page.text and "1 000 €" in page.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert rows(person.get(f"{INBOX}?r-award-de=1000,01")) == []
    assert rows(person.get(f"{INBOX}?r-award-a=999,99")) == []
    assert "Montant, à partir de" in person.get(f"{INBOX}?ajouter=award").text


def test_a_filter_is_added_by_naming_its_question(bureau):
    bureau.filed(1)
    assert 'name="r-income-de"' in bureau.as_("supervisor").get(f"{INBOX}?ajouter=income").html
    assert 'name="r-iban"' not in bureau.as_("supervisor").get(f"{INBOX}?ajouter=iban").html


def test_a_list_is_kept_under_a_name_for_oneself_or_for_all(bureau):
    bureau.filed(1)
    one, other = bureau.as_("supervisor"), bureau.as_("instructor")
    one.post("/bureau/small-grant/listes", name="Mes urgences", asked="pour=moi&en-retard=1")
    one.post("/bureau/small-grant/listes", name="Les hauts revenus", asked="r-income-de=10000", shared="1")
    assert "Mes urgences" in one.get(INBOX).text and "Mes urgences" not in other.get(INBOX).text
    shown = other.get(INBOX).html
    assert 'href="/bureau/small-grant/?r-income-de=10000">Les hauts revenus' in shown
    assert "Ne plus garder" not in other.get(f"{INBOX}?r-income-de=10000").text
    kept = one.get(f"{INBOX}?r-income-de=10000").html
    address = re.search(r'action="(/bureau/small-grant/listes/[^"]+/retirer)"', kept)[1]
    assert other.post(address).status == 404
    one.post(address)
    assert "Les hauts revenus" not in other.get(INBOX).text


def test_a_list_without_a_name_is_not_kept(bureau):
    page = bureau.as_("supervisor").post("/bureau/small-grant/listes", name="  ", asked="pour=moi")
    assert page.status == 303
    assert "Donnez un nom" in bureau.as_("supervisor").get(INBOX).text


def test_pages_go_on_from_a_row_whatever_came_meanwhile(bureau, monkeypatch):
    monkeypatch.setattr("dossiers.services.listing.PER_PAGE", 2)
    ids = [bureau.filed(number) for number in range(1, 6)]
    person = bureau.as_("instructor")
    first = person.get(INBOX)
    assert rows(first) == ["PA-2020-0001", "PA-2020-0002"]
    assert 'rel="prev"' not in first.html
    second = person.get(link(first, "next"))
    assert rows(second) == ["PA-2020-0003", "PA-2020-0004"]
    bureau.clock.pass_by(minutes=5)
    bureau.as_("instructor").post(f"{bureau.path(ids[0])}/actions/take")
    assert rows(person.get(link(second, "next"))) == ["PA-2020-0005", "PA-2020-0001"]
    assert rows(person.get(link(second, "prev"))) == ["PA-2020-0002"]


def test_a_dossier_leads_to_those_beside_it_in_the_list(bureau):
    ids = [bureau.filed(number) for number in range(1, 4)]
    person = bureau.as_("supervisor")
    page = person.get(f"{bureau.path(ids[1])}?liste=etat%3Dsubmitted")
    assert link(page, "prev").startswith(f"{bureau.path(ids[0])}?liste=etat")
    assert link(page, "next").startswith(f"{bureau.path(ids[2])}?liste=etat")
    assert 'rel="next"' not in person.get(f"{bureau.path(ids[2])}?liste=").html


def test_acting_ticking_and_slipping_lead_back_into_the_list(bureau):
    ids = [bureau.filed(number, income="9 000") for number in range(1, 4)]
    person, first = bureau.as_("instructor"), bureau.path(ids[0])
    listed = "etat=submitted&r-income-a=10000"
    taken = person.post(f"{first}/actions/take", seen=f"{first}?liste={quote_plus(listed)}", liste_=listed)
    page = person.get(
        taken.headers["Location"]
    )  # it has left the list: the one that stood behind it comes next
    assert link(page, "next").startswith(f"{bureau.path(ids[1])}?liste=etat%3Dsubmitted%26r-income-a%3D10000")
    for path, form in (
        ("liste/proof", {"done": "1"}),
        ("notes", {"body": "vu"}),
        ("messages", {"body": "Bonjour"}),
    ):
        back = person.post(f"{first}/{path}", liste_=listed, **form).headers["Location"]
        assert "?liste=etat%3Dsubmitted%26r-income-a%3D10000" in back
    asking = person.get(f"{first}?action=ask&liste={quote_plus(listed)}")
    assert f'name="_liste" value="{listed.replace("&", "&amp;")}"' in asking.html
    slipped = person.post(f"{first}/actions/ask", liste_=listed)
    assert slipped.status == 422 and "Retour à la liste" in slipped.text
    assert "liste=" not in person.post(f"{first}/notes", body="encore").headers["Location"]


def test_what_others_did_since_ones_last_visit_is_marked(bureau):
    id = bureau.filed(1)
    reader, other = bureau.as_("supervisor"), bureau.as_("instructor")
    assert "Nouveau" not in reader.get(INBOX).text  # never opened: all of it is new
    reader.get(bureau.path(id))
    other.post(f"{bureau.path(id)}/notes", body="Vu (fictif)")
    assert "Nouveau" in reader.get(INBOX).text
    assert "1 nouveauté depuis votre dernière visite" in reader.get(bureau.path(id)).text
    assert "nouveauté" not in reader.get(bureau.path(id)).text
    assert "Nouveau" not in reader.get(INBOX).text
    assert "Nouveau" not in other.get(INBOX).text


def test_counts_stop_at_a_thousand_and_one(bureau, monkeypatch):
    monkeypatch.setattr("dossiers.services.wanted.COUNTED", 1)
    for number in range(1, 5):
        bureau.filed(number)
    view = bureau.desk.read(
        inbox.overview, Viewer("staff", roles={"small-grant": frozenset({"hotline"})}), "small-grant"
    )
    assert view.counts["submitted"] == view.total == 2
    assert [row.reference for row in view.rows] == [f"PA-2020-000{number}" for number in range(1, 5)]
