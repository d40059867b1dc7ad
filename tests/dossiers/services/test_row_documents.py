"""Documents in the rows of a repeat: each stays with its row, wherever the row goes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.database import Document
from dossiers.services import applications, casework, files, publication, retention
from dossiers.services.refusals import NotFound
from dossiers.services.uploads import Upload
from dossiers.services.views import Rejected, Saved
from dossiers.worker import Worker
from tests.dossiers.services.conftest import IBAN, SIRET
from tests.fixtures.sent import pdf

AGE = "          age: {type: integer, min: 0,"
PROOF = '          school: {type: file, optional: true, label: {fr: "Certificat", en: "Certificate"}, at_most: 2}\n'


@pytest.fixture
def school(site, bundle_of):
    """The small grant, whose rows take a certificate each."""
    site.act(publication.publish, bundle_of((AGE, PROOF + AGE)), "Sylvie (fictive)")
    return site


def begun(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", person__first_name="Ada", person__last_name="F")
    return viewer, public_id


def row(number: int, name: str, *ids: str) -> dict[str, list[str]]:
    """The controls of a row, with the documents that travel with it."""
    found = {f"children-{number}": ["row"], f"children-{number}-first_name": [name]}
    found |= {f"children-{number}-age": ["7"]}
    return found | ({f"children-{number}-school": list(ids)} if ids else {})


def save(site, viewer, public_id, form, **sent):
    papers = {name.replace("__", "-"): [Upload(f"{one}.pdf", pdf(one))] for name, one in sent.items()}
    return site.act(
        applications.save_page, viewer, public_id, "children", form=form, files=papers, asked=["children"]
    )


def names(view) -> list[list[str]]:
    """The documents of each row, by name."""
    return [[one["name"] for one in child.get("school", ())] for child in view.reading.answers["children"]]


def ids(view) -> list[str]:
    return [one["id"] for child in view.reading.answers["children"] for one in child.get("school", ())]


def two(site):
    viewer, public_id = begun(site)
    form = row(0, "Léa") | row(1, "Tom")
    saved = save(site, viewer, public_id, form, children__0__school="lea", children__1__school="tom")
    assert isinstance(saved, Saved), saved.problems
    return viewer, public_id, saved.view


def test_each_row_has_its_document(school):
    _, _, view = two(school)
    assert names(view) == [["lea.pdf"], ["tom.pdf"]]
    assert [one.name for one in view.documents["children/school"]] == ["lea.pdf", "tom.pdf"]


def test_a_document_stays_with_its_row_when_another_goes(school):
    viewer, public_id, view = two(school)
    lea, tom = ids(view)
    form = row(0, "Léa", lea) | row(1, "Tom", tom)
    kept = school.act(
        applications.remove_row, viewer, public_id, "children", field="children", index=0, form=form
    )
    assert names(kept.view) == [["tom.pdf"]]


def test_a_document_sent_with_a_new_row_is_kept(school):
    viewer, public_id, view = two(school)
    lea, tom = ids(view)
    form = row(0, "Léa", lea) | row(1, "Tom", tom)
    more = {"children-1-school": [Upload("tom-2.pdf", pdf("tom 2"))]}
    kept = school.act(
        applications.add_row, viewer, public_id, "children", field="children", form=form, files=more
    )
    assert names(kept.view) == [["lea.pdf"], ["tom.pdf", "tom-2.pdf"], []]


def test_a_slip_in_a_row_loses_no_document(school):
    viewer, public_id = begun(school)
    form = {**row(0, "Léa"), "children-0-age": ["sept"]}
    rejected = save(school, viewer, public_id, form, children__0__school="lea")
    assert isinstance(rejected, Rejected)
    [sent] = rejected.typed["children-0-school"]
    saved = save(school, viewer, public_id, row(0, "Léa", sent))
    assert names(saved.view) == [["lea.pdf"]]


def test_a_row_takes_no_document_of_another_question_or_dossier(school):
    _, _, theirs = two(school)
    viewer, public_id = school.begin("eve@fictif.example")
    school.save(viewer, public_id, "you", income="12 000", person__first_name="Eve", person__last_name="F")
    saved = save(school, viewer, public_id, row(0, "Ève", *ids(theirs), "nothing"))
    assert names(saved.view) == [[]]


def test_what_is_wrong_with_a_document_is_told_in_its_row(school):
    viewer, public_id = begun(school)
    sent = {"children-1-school": [Upload("outil.pdf", b"MZ")]}
    form = row(0, "Léa") | row(1, "Tom")
    rejected = school.act(
        applications.save_page, viewer, public_id, "children", form=form, files=sent, asked=["children"]
    )
    assert [(one.path, one.code) for one in rejected.problems] == [(("children", 1, "school"), "file_type")]


def test_a_document_is_removed_and_replaced_in_its_row(school):
    viewer, public_id, view = two(school)
    lea, tom = ids(view)
    view = school.act(files.remove, viewer, public_id, lea)
    assert names(view) == [[], ["tom.pdf"]]
    instead = {"children-1-school": [Upload("tom-2.pdf", pdf("tom 2"))]}
    saved = school.act(
        applications.save_page,
        viewer,
        public_id,
        "children",
        form=row(0, "Léa") | row(1, "Tom", tom),
        files=instead,
        asked=["children"],
        replacing=tom,
    )
    assert names(saved.view) == [[], ["tom-2.pdf"]]
    with pytest.raises(NotFound):
        school.act(files.open_file, viewer, public_id, tom)


def filed(site):
    viewer, public_id, view = two(site)
    lea, tom = ids(view)
    save(site, viewer, public_id, row(0, "Tom", tom))  # Léa's row is gone, and her document with it
    site.save(viewer, public_id, "payment", siret=SIRET, iban=IBAN, resident="yes")
    site.act(applications.submit, viewer, public_id)
    return viewer, public_id, lea, tom


def test_the_office_reads_the_documents_of_each_row_and_the_deposit_erases_those_of_no_row(school):
    viewer, public_id, lea, tom = filed(school)
    case = school.act(casework.dossier, school.staff["instructor"], public_id)
    children = next(one for page in case.pages for one in page.answers if one.field.id == "children")
    [cell] = [one for one in children.rows[0] if one.field.id == "school"]
    assert [one.public_id for one in cell.documents] == [tom]
    assert school.act(files.open_file, school.staff["instructor"], public_id, tom).content == pdf("tom")
    with pytest.raises(NotFound):
        school.act(files.open_file, viewer, public_id, lea)


def test_a_row_hidden_from_a_role_hides_its_documents(site, bundle_of):
    hidden = PROOF.replace("optional: true,", "optional: true, hide_from: [instructor],")
    site.act(publication.publish, bundle_of((AGE, hidden + AGE)), "Sylvie (fictive)")
    _, public_id, _, tom = filed(site)
    with pytest.raises(NotFound):
        site.act(files.open_file, site.staff["instructor"], public_id, tom)
    assert site.act(files.open_file, site.staff["supervisor"], public_id, tom).name == "tom.pdf"


def test_an_abandoned_draft_takes_the_documents_of_its_rows_along(school, tmp_path):
    two(school)
    school.clock.pass_by(days=91)
    [id] = school.rows(select(Document.dossier_id).distinct())
    assert school.act(retention.anonymise, id) is True
    Worker(school.desk.office).run_all()
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
