"""Documents on a form page: sent, replaced, shown in small and in a tab; with the page's script and without."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.fixtures.sent import PDF, pdf, photo, picture
from tests.portal.conftest import IBAN, SIRET
from tests.portal.test_filling_in import lease, tenant

ANSWERS = {"person__first_name": "Ada", "person__last_name": "F", "income": "1500", "tenant": "yes"}


def sent_one(ada, base: str, name: str = "bail.pdf", content: bytes = PDF) -> str:
    """A document of the lease; returns its id."""
    ada.get(base + "you")
    ada.post(base + "you", add_documents_="lease", **lease(name, content))
    return removable(ada.get(base + "you"))[-1]


def removable(page) -> list[str]:
    return [one["value"] for one in page.all("button") if one.get("name") == "_remove_document"]


def script(ada, base: str, content: bytes, name: str = "bail.pdf", **more: str):
    """What the page's script sends."""
    ada.get(base + "you")
    return ada.post(base + "champs/lease/pieces", document=(BytesIO(content), name), **more)


def test_more_than_a_request_carries_leads_back_to_its_page(site, ada):
    base = tenant(site, ada)
    for source, leads_back in [(f"http://localhost{base}you", True), ("http://elsewhere.example/x", False)]:
        answer = ada.client.post(
            base + "you", headers={"Referer": source}, environ_overrides={"CONTENT_LENGTH": "900000000"}
        )
        assert answer.status_code == 413
        assert (f'href="{base}you">Revenir à la page' in answer.get_data(as_text=True)) is leads_back


@pytest.fixture
def narrow(site):
    """A site whose requests carry little."""
    site.app.config["MAX_CONTENT_LENGTH"] = 4_000
    return site


def test_more_than_a_request_carries_costs_nothing_of_what_was_typed(narrow, ada):
    base = tenant(narrow, ada)
    origin = {"Origin": "http://localhost"}
    sent = {**{name.replace("__", "-"): value for name, value in ANSWERS.items()}, "income": "777"}
    sent |= {"_asked": "income", "lease": (BytesIO(b"x" * 6_000), "bail.pdf")}
    answer = ada.client.post(base + "you", data=sent, headers=origin)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 413
    assert 'value="777"' in page and "Ce que vous avez tapé est toujours là" in page
    assert "777" not in ada.get(base + "you").html, "nothing was kept yet"
    for refused in (
        {"Origin": "http://elsewhere.example"},
        {},
    ):  # what others send is never shown as typed here
        sent["lease"] = (BytesIO(b"x" * 6_000), "bail.pdf")
        assert "777" not in ada.client.post(base + "you", data=sent, headers=refused).get_data(as_text=True)


def test_message_stays_when_its_files_are_more_than_a_request_carries(narrow, ada):
    public_id = narrow.filed(ada)
    sent = {"body": "Voici mon bail.", "files": (BytesIO(b"x" * 6_000), "bail.pdf")}
    answer = ada.client.post(
        f"/suivi/{public_id}/messages", data=sent, headers={"Origin": "http://localhost"}
    )
    page = answer.get_data(as_text=True)
    assert "Voici mon bail.</textarea>" in page and "Les documents sont trop lourds" in page


def test_more_than_is_ever_read_leads_back_to_its_page(narrow, ada):
    base = tenant(narrow, ada)
    sent = {"income": "777", "lease": (BytesIO(b"x" * 60_000), "bail.pdf")}
    headers = {"Origin": "http://localhost", "Referer": f"http://localhost{base}you"}
    page = ada.client.post(base + "you", data=sent, headers=headers).get_data(as_text=True)
    assert "777" not in page and "Revenir à la page" in page


def test_a_document_is_replaced_in_one_press(site, ada):
    base = tenant(site, ada)
    first = sent_one(ada, base)
    button = f"lease {first}"
    new = {f"new-{first}_": (BytesIO(pdf("Bail signe")), "signe.pdf")}
    answer = ada.post(base + "you", replace_document_=button, **ANSWERS, **new)
    assert answer.location.endswith("/you#q-lease")
    page = ada.get(base + "you")
    assert "signe.pdf" in page.text
    assert "bail.pdf" not in page.text
    assert len(removable(page)) == 1
    assert ada.get(f"{base}pieces/{first}").status == 404


def test_a_document_gives_way_only_to_one_that_is_taken(site, ada):
    base = tenant(site, ada)
    first = sent_one(ada, base)
    new = {f"new-{first}_": (BytesIO(b"MZ a program"), "signe.pdf")}
    answer = ada.post(base + "you", replace_document_=f"lease {first}", **ANSWERS, **new)
    assert answer.status == 422
    assert removable(answer) == [first]


def test_a_full_question_still_takes_a_replacement(site, ada):
    base = tenant(site, ada)
    sent_one(ada, base)
    second = sent_one(ada, base, "2.png", picture())
    new = {f"new-{second}_": (BytesIO(pdf("3")), "3.pdf")}
    assert ada.post(base + "you", replace_document_=f"lease {second}", **ANSWERS, **new).status == 303
    page = ada.get(base + "you").text
    assert "3.pdf" in page
    assert "2.png" not in page


def test_the_same_document_sent_again_is_kept_once_and_told(site, ada):
    base = tenant(site, ada)
    sent_one(ada, base)
    ada.post(base + "you", add_documents_="lease", **lease("copie.pdf"))
    page = ada.get(base + "you")
    assert "copie.pdf : déjà parmi vos documents, gardé une seule fois." in page.text
    assert len(removable(page)) == 1


def test_script_gets_the_question_back_with_the_document(site, ada):
    base = tenant(site, ada)
    answer = script(ada, base, PDF)
    assert answer.status == 200
    assert "bail.pdf" in answer.text
    assert "<form" not in answer.html
    [revision] = [one["data-revision"] for one in answer.all("div") if "data-revision" in one]
    assert ada.get(base + "you").typed()["_revision"] == revision


def test_script_is_told_beside_the_question_what_is_wrong(site, ada):
    base = tenant(site, ada)
    answer = script(ada, base, b"MZ a program", "outil.pdf")
    assert answer.status == 422
    assert "Envoyez, à la place de « outil.pdf », un document dans un de ces formats" in answer.text


def test_script_may_send_for_a_question_the_page_has_just_brought(site, ada):
    base = site.begun(ada)  # nobody has said yet that there is a lease
    assert script(ada, base, PDF).status == 200
    ada.get(base + "you")
    assert ada.post(base + "you", **ANSWERS).location.endswith("/children")


def test_picture_is_shown_in_small_without_where_it_was_taken(site, ada):
    base = tenant(site, ada)
    one = sent_one(ada, base, "photo.png", picture(size=(900, 600)))
    page = ada.get(base + "you")
    assert f"{base}pieces/{one}/vignette" in [image.get("src") for image in page.all("img")]
    small = ada.client.get(f"{base}pieces/{one}/vignette")
    assert (small.status_code, small.mimetype) == (200, "image/jpeg")
    assert small.headers["Cache-Control"] == "no-store"
    assert "sandbox" in small.headers["Content-Security-Policy"]
    assert site.browser().get(f"{base}pieces/{one}/vignette").status == 303


def test_document_opens_in_a_tab_where_nothing_runs(site, ada):
    base = tenant(site, ada)
    one = sent_one(ada, base)
    shown = ada.client.get(f"{base}pieces/{one}/voir")
    assert shown.data == PDF
    assert shown.headers["Content-Disposition"] == "inline; filename*=UTF-8''bail.pdf"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"] == "no-store"


def test_another_sees_nothing_of_it_in_any_way(site, ada):
    base = tenant(site, ada)
    one = sent_one(ada, base, "photo.png", picture())
    eve = site.browser()
    site.begun(eve, "eve@fictif.example")
    for way in ("", "/voir", "/vignette"):
        assert eve.get(f"{base}pieces/{one}{way}").status == 404


@pytest.mark.parametrize("name", ["IMG_1.JPG", "IMG_1.png"])
def test_a_photo_is_refused_where_the_scheme_takes_none(site, ada, name):
    base = tenant(site, ada)  # the lease is taken as PDF or PNG
    assert script(ada, base, photo(), name).status == 422


def test_page_to_follow_says_which_question_each_document_answers(site, ada):
    base = tenant(site, ada)
    sent_one(ada, base, "scan001.pdf")
    ada.post(base + "you", **ANSWERS)
    ada.post(base + "children", children__0="row", children__0__first_name="Léa", children__0__age="7")
    ada.post(base + "payment", siret=SIRET, iban=IBAN, resident="yes")
    ada.get(base + "verifier")
    ada.post(base + "verifier")
    told = ada.get(f"/suivi/{base.split('/')[2]}").text
    assert "scan001.pdf (1 ko) Bail Envoyé par vous" in told.replace("\u00a0", " ").replace("\u202f", " ")
