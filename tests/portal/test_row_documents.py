"""A document in a row, on the page: its id travels with the row, without JavaScript."""

from __future__ import annotations

from io import BytesIO

import pytest

from dossiers.services import publication
from tests.fixtures.sent import PDF, pdf
from tests.portal.conftest import bundle

AGE = "          age: {type: integer, min: 0,"
PROOF = '          school: {type: file, optional: true, label: {fr: "Certificat", en: "Certificate"}}\n'


@pytest.fixture
def base(site, ada):
    """The address of a draft whose first page is filled in, of a scheme whose rows take a document."""
    site.desk.act(publication.publish, bundle((AGE, PROOF + AGE)), "Sylvie (fictive)")
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12 000")
    return base


def row(number: int, name: str, paper: bytes = b"") -> dict[str, object]:
    found: dict[str, object] = {f"children__{number}": "row", f"children__{number}__first_name": name}
    found[f"children__{number}__age"] = "7"
    if paper:
        found[f"children__{number}__school"] = (BytesIO(paper), f"{name}.pdf")
    return found


def carried(page) -> dict[str, str]:
    """The documents that travel with the rows of a page, by control."""
    hidden = [one for one in page.all("input") if one.get("type") == "hidden"]
    return {one["name"]: one["value"] for one in hidden if one.get("name", "").endswith("-school")}


def test_documents_of_rows_are_sent_listed_and_follow_their_row(site, ada, base):
    ada.get(base + "children")
    ada.post(base + "children", add_="children", **row(0, "Lea", PDF))
    page = ada.get(base + "children")
    assert "Lea.pdf" in page.text
    assert list(carried(page)) == ["children-0-school"]
    first = carried(page)["children-0-school"]
    form = row(0, "Lea") | {"children__0__school": first} | row(1, "Tom", pdf("Tom"))
    ada.post(base + "children", add_="children", **form)
    page = ada.get(base + "children")
    both = carried(page)
    assert both["children-0-school"] == first
    form = row(0, "Lea") | row(1, "Tom") | {name.replace("-", "__"): id for name, id in both.items()}
    ada.post(base + "children", remove_="children-0", **form)
    page = ada.get(base + "children")
    assert carried(page) == {"children-0-school": both["children-1-school"]}
    assert "Tom.pdf" in page.text
    assert "Lea.pdf" not in page.text


def test_first_row_that_must_be_there_opens_with_its_document(site, ada):
    must = ("        optional: true\n        at_most: 3", "        at_most: 3")
    site.desk.act(publication.publish, bundle(must, (AGE, PROOF + AGE)), "Sylvie (fictive)")
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12 000")
    page = ada.get(base + "children")
    assert page.typed()["children-0"] == "row" and 'name="children-0-school"' in page.html
    answer = sent_alone(ada, base, "children-0-school", "Lea.pdf", PDF)  # before anything of the row is kept
    [id] = carried(answer).values()
    ada.post(base + "children/brouillon", asked_="children", children__0="row", children__0__school=id)
    assert carried(ada.get(base + "children")) == {"children-0-school": id}
    onward = ada.post(base + "children", **row(0, "Lea"), children__0__school=id)
    assert onward.location == base + "payment"


def test_first_row_sent_with_its_document_keeps_it_in_spite_of_a_slip(site, ada):
    must = ("        optional: true\n        at_most: 3", "        at_most: 3")
    site.desk.act(publication.publish, bundle(must, (AGE, PROOF + AGE)), "Sylvie (fictive)")
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="F", income="12 000")
    ada.get(base + "children")
    slipped = ada.post(base + "children", **row(0, "Lea", PDF) | {"children__0__age": "sept"})
    assert slipped.status == 422 and "Lea.pdf" in slipped.text
    assert list(carried(ada.get(base + "children"))) == ["children-0-school"]


def test_a_document_of_a_row_is_removed_by_its_button_and_opens_by_its_link(site, ada, base):
    ada.get(base + "children")
    ada.post(base + "children", **row(0, "Lea", PDF))
    page = ada.get(base + "children")
    [id] = carried(page).values()
    assert ada.client.get(f"{base}pieces/{id}").data == PDF
    ada.post(base + "children", remove_document_=id, **row(0, "Lea"), children__0__school=id)
    assert carried(ada.get(base + "children")) == {}
    assert ada.get(f"{base}pieces/{id}").status == 404


def sent_alone(ada, base, name: str, title: str, paper: bytes, **beside: str):
    """A document sent by the script of the page for one row."""
    document = (BytesIO(paper), title)
    return ada.post(f"{base}champs/{name}/pieces", document=document, **beside)


def test_script_sends_a_document_for_a_row_whose_page_keeps_it_and_replaces_it(site, ada, base):
    ada.get(base + "children")
    ada.post(base + "children", add_="children", **row(0, "Lea"))
    ada.get(base + "children")
    answer = sent_alone(ada, base, "children-0-school", "Lea.pdf", PDF)
    assert answer.status == 200
    [first] = carried(answer).values()
    assert "Lea.pdf" in answer.text
    assert carried(ada.get(base + "children")) == {}, (
        "the row keeps it as what is typed, by what is sent next"
    )
    ada.post(base + "children/brouillon", asked_="children", **row(0, "Lea"), children__0__school=first)
    assert carried(ada.get(base + "children")) == {"children-0-school": first}
    beside = {"children__0__school": first, "replacing_": first}
    answer = sent_alone(ada, base, "children-0-school", "new.pdf", pdf("new"), **beside)
    assert list(carried(answer)) == ["children-0-school"]
    assert "new.pdf" in answer.text and "Lea.pdf" not in answer.text


def test_script_is_told_what_is_wrong_with_a_document_of_a_row_and_of_no_other(site, ada, base):
    ada.get(base + "children")
    ada.post(base + "children", add_="children", **row(0, "Lea"))
    ada.get(base + "children")
    answer = sent_alone(ada, base, "children-0-school", "tool.pdf", b"MZ a program")
    assert answer.status == 422
    assert "tool.pdf" in answer.text
    assert carried(answer) == {}
    for name in ("children-0-first_name", "children-0-nothing", "nobody-0-school"):
        assert sent_alone(ada, base, name, "Lea.pdf", PDF).status == 404
