"""The lists: counts, filters, search, what is empty, and who sees nothing."""

from __future__ import annotations

import re

import pytest

INBOX = "/bureau/small-grant/"


def rows(page) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page.html)


def test_home_counts_what_waits(bureau):
    bureau.filed(1)
    bureau.filed(2)
    told = bureau.as_("instructor").get("/bureau/").text
    assert "Petite aide Ouverte À traiter 2 Pris en charge par moi 0 En retard 0 Déposés en tout 2" in told


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


@pytest.mark.parametrize("query", ["PA-2020-0002", "favre", "FAVRE", "a2@fictif.example"])
def test_search_finds_by_reference_name_and_address(bureau, query):
    bureau.filed(1)
    bureau.filed(2, name="Favre")
    assert rows(bureau.as_("hotline").get(f"{INBOX}?q={query}")) == ["PA-2020-0002"]


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "' OR 1=1 --", "%", "\\", "é" * 300, "*"])
def test_strange_search_finds_nothing_and_says_so(bureau, query):
    bureau.filed(1)
    page = bureau.as_("instructor").get(f"{INBOX}?q={query}")
    assert page.status == 200
    assert "<script>alert" not in page.html


@pytest.mark.parametrize(
    "asked", ["page=0", "page=-1", "page=99999999999", "page=x", "etat=nulle-part", "page=9"]
)
def test_senseless_filters_break_nothing(bureau, asked):
    bureau.filed(1)
    assert bureau.as_("instructor").get(f"{INBOX}?{asked}").status == 200


def test_scheme_of_others_is_not_found(bureau):
    assert bureau.as_("idle").get(INBOX).status == 404
    assert bureau.as_("instructor").get("/bureau/no-such-grant/").status == 404
