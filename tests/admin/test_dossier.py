"""One dossier: what each role sees, and may do."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dossiers.services import publication
from engine.language import Bundle
from guichet.demo import papers
from tests.admin.conftest import bundle

HOSTILE = '<script>alert(1)</script> *gras* {{ 7*7 }} "><img src=x onerror=alert(2)>'
IBAN = "FR76 3000 6000 0112 3456 7890 189"


def offers(page) -> set[str]:
    """The actions that can be done from a page: its forms, and the links that open one."""
    forms = re.findall(r'action="/bureau/[^"]+/actions/([a-z_]+)"', page.html)
    return {*forms, *re.findall(r"\?action=([a-z_]+)#action", page.html)}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("role", ["hotline", "instructor", "supervisor", "accountant"])
def test_hostile_answers_are_only_text(bureau, role, language):
    dossier = bureau.path(bureau.filed(name=HOSTILE))
    page = bureau.as_(role, language).get(dossier)
    assert page.status == 200
    assert HOSTILE in page.text.replace("&gt;", ">")
    assert "<script>alert" not in page.html and "<img" not in page.html


def test_answers_stand_under_their_pages_and_labels(bureau):
    told = bureau.as_("supervisor").get(bureau.path(bureau.filed())).text
    assert "Versement SIRET 732 829 320 00017 Annoter SIRET IBAN FR76 3000 6000 0112 3456 7890 189" in told
    assert "Revenu 12 000 €" in told.replace("\u202f", " ").replace("\u00a0", " ")


def test_amount_is_explained_by_the_row_that_hit(bureau):
    dossier = bureau.path(bureau.filed())
    told = bureau.as_("supervisor").get(dossier).text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Comment le montant est calculé Montant 1 000 € ligne 2 de la table Revenu 12 000 €" in told
    english = bureau.as_("supervisor", "en").get(dossier).text
    assert "How the amount is computed Amount €1,000 row 2 of the table" in english
    assert "row 2 of the table Income •••" in bureau.as_("hotline", "en").get(dossier).text


def test_amount_that_is_a_name_alone_is_told_by_its_label(bureau):
    changed = bundle()
    table = '{decide: [income], hit: first, rows: [["< 2000", 1500], ["-", 1000]]}'
    flat = "\nparameters: {flat: {label: {fr: le forfait, en: the flat rate}, type: money, values: [{from: 2020-01-01, is: 800}]}}"
    yaml = str(changed.files["scheme.yaml"])
    assert table in yaml
    files = {**changed.files, "scheme.yaml": yaml.replace(table, "flat") + flat}
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    told = bureau.as_("supervisor", "en").get(bureau.path(bureau.filed())).text
    assert "How the amount is computed the flat rate €800" in told
    assert told.count("the flat rate") == 1 and " flat €800" not in told


def test_chain_of_amounts_can_be_read_on_a_phone(bureau):
    page = bureau.as_("supervisor").get(bureau.path(bureau.filed()))
    chain = re.search(r'id="amount".*?</section>', page.html, re.DOTALL)[0]
    cells = re.findall(r"<td([^>]*)>", chain)
    assert cells and all('data-label="' in cell for cell in cells), (
        "each line stands without its headings there"
    )


def test_document_is_read_beside_the_answers_and_stays_open_while_one_ticks(bureau):
    dossier = bureau.path(bureau.filed(income="1 000", lease=papers.page("Bail")))
    person = bureau.as_("instructor")
    person.post(f"{dossier}/actions/take")
    [link] = re.findall(r'class="beside-link small" href="([^"]+)"', person.get(f"{dossier}?liste=q").html)
    page = person.get(unescape(link.partition("#")[0]))
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"] and "liste=" in link
    [framed] = re.findall(r'<iframe src="([^"#]+)#', page.html)
    shown, alone = person.client.get(framed), person.client.get(framed.removesuffix("?cadre=1"))
    assert (shown.mimetype, shown.data[:4]) == ("application/pdf", b"%PDF")
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN" and alone.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]
    piece = re.search(r'name="_piece" value="([^"]+)"', page.html)[1]
    ticked = person.post(f"{dossier}/liste/proof", done="1", piece_=piece)
    assert ticked.headers["Location"] == f"{dossier}?piece={piece}#answers"
    other = person.get(f"{dossier}?piece=nothing")
    assert "<iframe" not in other.html and "frame-src" not in other.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("role", "sees_income", "sees_iban"), [
    ("hotline", False, False), ("instructor", True, False), ("supervisor", True, True), ("accountant", True, True),
])  # fmt: skip
def test_masked_answers_are_absent_from_the_page(bureau, role, sees_income, sees_iban):
    page = bureau.as_(role).get(bureau.path(bureau.filed(income="12 345")))
    shown = page.html.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    assert ("12345€" in shown) is sees_income
    assert (IBAN.replace(" ", "") in shown) is sees_iban
    assert page.text.count("Masqué pour votre rôle") == (not sees_income) + (not sees_iban)


@pytest.mark.parametrize(("role", "before", "after"), [
    ("hotline", set(), set()),
    ("instructor", {"take"}, {"ask"}),
    ("supervisor", {"refuse"}, {"refuse"}),
    ("accountant", set(), set()),
])  # fmt: skip
def test_only_possible_actions_are_offered(bureau, role, before, after):
    dossier = bureau.path(bureau.filed())
    assert offers(bureau.as_(role).get(dossier)) == before
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    assert offers(bureau.as_(role).get(dossier)) == after


def test_action_not_yet_possible_says_why(bureau):
    dossier = bureau.path(bureau.filed())
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    told = bureau.as_("supervisor").get(dossier).text
    assert "Accepter Pas encore" in told.replace("\u00a0", " ")
    assert "la liste de contrôle n'est pas complète." in told


def test_rules_are_explained_one_by_one(bureau):
    told = bureau.as_("instructor").get(bureau.path(bureau.filed())).text
    assert "Toutes les règles sont respectées" in told
    assert "Habitez-vous le département ? oui" in told
    assert "income <= 50000" in told


def test_history_says_who_did_what(bureau):
    dossier = bureau.path(bureau.filed())
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    told = bureau.as_("instructor").get(dossier).text
    assert "Prendre en charge → En instruction – Instructor (fictif)" in told
    assert "Déposer → Déposée – Demandeur" in told


def test_next_dossier_is_one_key_away(bureau):
    first, second = bureau.filed(1), bureau.filed(2)
    page = bureau.as_("instructor").get(bureau.path(first))
    assert f'rel="next" href="{bureau.path(second)}"' in page.html


def test_form_of_an_action_opens_on_the_dossier(bureau):
    dossier = bureau.path(bureau.filed())
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    page = bureau.as_("instructor").get(f"{dossier}?action=ask")
    assert "Champs à corriger" in page.text and 'name="fields_to_correct"' in page.html
    assert 'value="children-0-first_name"' in page.html, "a question of one row may be asked alone"
    assert "Le dossier passera à l’état « En attente »." in page.text.replace("\u00a0", " ")


@pytest.mark.parametrize("action", ["accept", "nothing", "submit", "<x>", "expire"])
def test_form_of_no_offer_does_not_open(bureau, action):
    page = bureau.as_("instructor").get(f"{bureau.path(bureau.filed())}?action={action}")
    assert page.status == 200 and 'id="action"' not in page.html


@pytest.mark.parametrize("onward", ["../../x", "//mal.example", '"><script>', "a" * 200])
def test_next_dossier_is_never_another_place(bureau, onward):
    page = bureau.as_("instructor").get(f"{bureau.path(bureau.filed())}?suivant={onward}")
    assert 'rel="next"' not in page.html


def test_dossier_under_another_scheme_is_not_found(bureau):
    public_id = bureau.filed()
    assert bureau.as_("instructor").get(f"/bureau/other-grant/{public_id}").status == 404
    assert bureau.as_("idle").get(bureau.path(public_id)).status == 404
    assert bureau.as_("instructor").get(bureau.path("A" * 22)).status == 404


def test_page_holds_no_id_twice(bureau):
    dossier = bureau.path(bureau.filed())
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    for address in (dossier, f"{dossier}?action=ask"):
        ids = re.findall(r'\sid="([^"]+)"', bureau.as_("instructor").get(address).html)
        assert len(ids) == len(set(ids))


def test_every_control_has_a_label(bureau):
    dossier = bureau.path(bureau.filed())
    bureau.as_("instructor").post(f"{dossier}/actions/take")
    html = bureau.as_("instructor").get(f"{dossier}?action=ask").html
    ids = re.findall(
        r'<(?:textarea|select|input(?![^>]*type="(?:hidden|checkbox|radio)"))[^>]*\sid="([^"]+)"', html
    )
    assert ids and all(f'for="{id}"' in html for id in ids)


def test_page_is_kept_by_no_cache_and_has_no_inline_code(bureau):
    page = bureau.as_("instructor").get(bureau.path(bureau.filed()))
    assert page.headers["Cache-Control"] == "no-store"
    assert "style=" not in page.html and "<style" not in page.html and "onclick" not in page.html
