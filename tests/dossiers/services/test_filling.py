"""Filling in an application: pages saved one by one, from any tab, with files and rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from dossiers import access
from dossiers.access import Viewer
from dossiers.database import Document, Dossier, Draft, SessionRow
from dossiers.services import applications, casework, files, publication, retention, visitors
from dossiers.services.conflicts import Source
from dossiers.services.desk import Desk
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.uploads import Upload
from dossiers.services.views import Rejected, Saved
from tests.fixtures.sent import PDF, pdf, picture

PNG = picture()
SEVERAL = ("languages: [fr, en]", "languages: [fr, en]\nseveral: true")
NAME = {"person__first_name": "Ada", "person__last_name": "Fictive"}


def told(rejected):
    assert isinstance(rejected, Rejected)
    return [(problem.path, problem.code) for problem in rejected.problems]


def test_a_session_sees_the_draft_it_began(site):
    started = site.act(
        applications.start, access.anonymous(), "small-grant", email=" Ada@Fictif.Example ", language="en"
    )
    viewer = site.read(visitors.recognise, started.session.token, "en")
    view = site.read(applications.form, viewer, started.public_id)
    assert (view.email, view.language, view.state, view.reference) == (
        "ada@fictif.example",
        "en",
        "draft",
        None,
    )
    assert view.journey.first_incomplete == "you"
    assert view.expires_on == date(2020, 8, 10)
    assert started.session.token not in str(site.rows(select(SessionRow.token_hash)))


def test_the_same_session_takes_in_a_second_draft(site, bundle_of):
    site.act(publication.publish, bundle_of(('"PA-{year}', '"PB-{year}'), SEVERAL), "Sylvie (fictive)")
    first = site.act(
        applications.start, access.anonymous(), "small-grant", email="ada@fictif.example", language="fr"
    )
    viewer = site.read(visitors.recognise, first.session.token, "fr")
    second = site.act(applications.start, viewer, "small-grant", email="ada@fictif.example", language="fr")
    assert second.session is None
    viewer = site.read(visitors.recognise, first.session.token, "fr")
    for public_id in (first.public_id, second.public_id):
        assert site.read(applications.form, viewer, public_id).public_id == public_id


@pytest.mark.parametrize(
    ("email", "code"), [("nope", "not_an_email"), ("", "not_an_email"), ("a@b@c.example", "not_an_email")]
)
def test_an_application_wants_an_address(site, email, code):
    with pytest.raises(Refused, match=code):
        site.act(applications.start, access.anonymous(), "small-grant", email=email, language="fr")


def test_a_scheme_not_open_yet_says_when(site):
    site.clock.now = datetime.fromisoformat("2020-05-04T21:59:00+00:00")  # 23:59 in Paris
    with pytest.raises(Refused, match="not_open") as refusal:
        site.begin()
    assert refusal.value.params["open"] == "not_yet"
    assert refusal.value.params["opens"] == date(2020, 5, 5)
    site.clock.pass_by(minutes=1)
    site.begin()


def test_an_unknown_scheme_is_not_found(site):
    with pytest.raises(NotFound):
        site.act(applications.start, access.anonymous(), "no-such", email="ada@fictif.example", language="fr")


def test_every_slip_of_a_page_is_told_at_once(site):
    viewer, public_id = site.begin()
    rejected = site.save(viewer, public_id, "you", person__first_name="Ada", income="nope")
    assert told(rejected) == [(("person", "last_name"), "missing"), (("income",), "not_a_number")]
    assert rejected.typed["income"] == ["nope"]
    assert rejected.view.journey.first_incomplete == "you"


def test_a_slip_is_not_kept_but_the_rest_is(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="nope", **NAME)
    view = site.read(applications.form, viewer, public_id)
    assert view.reading.answers == {"person": {"first_name": "Ada", "last_name": "Fictive"}, "phone": None}


def test_a_field_newly_asked_brings_the_page_back(site):
    viewer, public_id = site.begin()
    saved = site.save(viewer, public_id, "you", income="1 000", asked=["person", "phone", "income"], **NAME)
    assert isinstance(saved, Saved)
    assert saved.next == "you"
    assert saved.view.reading.is_asked("tenant")
    saved = site.save(viewer, public_id, "you", income="1 000", tenant="no", **NAME)
    assert saved.next == "children"


def test_a_flip_hides_and_restores_an_answer(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="1 000", tenant="no", **NAME)
    hidden = site.save(viewer, public_id, "you", income="45 000", tenant="no", **NAME)
    assert hidden.view.reading.values["tenant"] is None
    shown = site.save(viewer, public_id, "you", income="100", asked=["person", "income"], **NAME)
    assert shown.view.reading.values["tenant"] is False


def test_a_deep_link_stores_nothing(site):
    viewer, public_id = site.begin()
    with pytest.raises(Refused, match="incomplete") as refusal:
        site.save(viewer, public_id, "payment", siret="73282932000074")
    assert refusal.value.params["page"] == "you"
    assert site.rows(select(Draft.answers)) == [{}]
    with pytest.raises(Refused, match="no_such_page"):
        site.save(viewer, public_id, "nowhere")


def test_a_stale_tab_takes_only_its_own_fields(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", phone="0450000000", **NAME)
    old = site.read(applications.form, viewer, public_id).draft_revision
    site.save(viewer, public_id, "you", phone="0451000000", asked=["phone"])
    saved = site.save(viewer, public_id, "you", income="12 500", asked=["income"], source=Source(old))
    assert saved.stale
    assert saved.view.reading.answers["income"] == "12500.00"
    assert saved.view.reading.answers["phone"] == "+33451000000"


def test_two_tabs_at_once_lose_nothing(either_site):
    site = either_site
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", **NAME)
    results = site.at_once(
        lambda: site.save(viewer, public_id, "you", phone="0450000000", asked=["phone"]),
        lambda: site.save(viewer, public_id, "you", income="9 000", asked=["income"]),
    )
    assert all(isinstance(result, Saved) for result in results)
    answers = site.read(applications.form, viewer, public_id).reading.answers
    assert (answers["phone"], answers["income"]) == ("+33450000000", "9000.00")


def test_sensitive_answers_are_sealed_in_the_draft(site):
    viewer, public_id = site.begin()
    site.fill(viewer, public_id)
    [(answers, sealed)] = site.rows(select(Draft.answers, Draft.sealed))
    assert "iban" not in answers
    assert b"FR76" not in sealed
    assert (
        site.read(applications.form, viewer, public_id).reading.answers["iban"]
        == "FR7630006000011234567890189"
    )
    with site.desk.office.database.reading() as session:
        assert "FR7630006000011234567890189" not in str(session.execute(text("SELECT * FROM draft")).all())


def test_rows_come_and_go(site):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", **NAME)
    page = (viewer, public_id, "children")
    saved = site.act(applications.add_row, *page, field="children", form={})
    assert (saved.next, saved.view.reading.answers["children"]) == ("children", [{}])
    form = {"children-0": [""], "children-0-first_name": ["Zoé"], "children-0-age": ["4"]}
    saved = site.act(applications.add_row, *page, field="children", form=form)
    assert len(saved.view.reading.answers["children"]) == 2
    form |= {"children-1": [""], "children-1-first_name": ["Noé"], "children-1-age": ["7"]}
    saved = site.act(applications.remove_row, *page, field="children", index=0, form=form)
    assert saved.view.reading.answers["children"] == [{"first_name": "Noé", "age": 7}]
    many = {
        f"children-{row}-{name}": [value]
        for row in range(4)
        for name, value in (("first_name", "Zoé"), ("age", "4"))
    }
    assert told(site.act(applications.save_page, *page, form=many)) == [(("children",), "too_many")]


def lodger(site):
    """Somebody who is asked for a lease."""
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="1 000", tenant="yes", **NAME)
    return viewer, public_id


def send(site, viewer, public_id, *uploads):
    return site.save(viewer, public_id, "you", asked=["lease"], files={"lease": list(uploads)})


def test_a_file_is_known_by_its_content(site):
    viewer, public_id = lodger(site)
    saved = send(site, viewer, public_id, Upload("..\\..\\etc/mon bail.exe", PDF))
    assert isinstance(saved, Saved)
    [document] = saved.view.documents["lease"]
    assert (document.name, document.media_type, document.size) == (
        "mon bail.exe",
        "application/pdf",
        len(PDF),
    )
    found = site.act(files.open_file, viewer, public_id, document.public_id)
    assert (found.media_type, found.content) == ("application/pdf", PDF)


def test_what_is_kept_of_a_file_is_encrypted(site, tmp_path):
    viewer, public_id = lodger(site)
    send(site, viewer, public_id, Upload("bail.pdf", PDF))
    [stored] = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert b"%PDF" not in stored.read_bytes()


@pytest.mark.parametrize(
    ("uploads", "code", "kept"),
    [
        ([Upload("bail.pdf", b"MZ\x90\0" + b"\0" * 60)], "file_type", 0),
        ([Upload("bail.pdf", b"<script>alert(1)</script>")], "file_type", 0),
        ([Upload("bail.pdf", PDF + b"\0" * 1_000_000)], "file_too_big", 0),
        ([Upload("bail.pdf", b"")], "file_empty", 0),
        ([Upload("1.pdf", PDF), Upload("2.png", PNG), Upload("3.pdf", pdf("3"))], "too_many", 2),
    ],
)
def test_a_file_that_may_not_be_is_refused_and_gone(site, tmp_path, uploads, code, kept):
    viewer, public_id = lodger(site)
    rejected = send(site, viewer, public_id, *uploads)
    assert told(rejected)[0] == (("lease",), code)
    assert len(site.rows(select(Document))) == kept
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == kept


def test_an_upload_refused_whole_leaves_no_file(site, tmp_path):
    _, public_id = lodger(site)
    stranger, _ = site.begin("eve@fictif.example")
    with pytest.raises(NotFound):
        send(site, stranger, public_id, Upload("bail.pdf", PDF))
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_a_document_is_removed_and_its_content_erased(site):
    viewer, public_id = lodger(site)
    [document] = send(site, viewer, public_id, Upload("bail.pdf", PDF)).view.documents["lease"]
    view = site.act(files.remove, viewer, public_id, document.public_id)
    assert view.documents == {}
    assert view.reading.answers["lease"] is None
    assert [job.kind for job in site.jobs("erase")] == ["erase"]
    with pytest.raises(NotFound):
        site.act(files.open_file, viewer, public_id, document.public_id)


def test_files_are_added_one_after_another(site):
    viewer, public_id = lodger(site)
    site.act(files.add, viewer, public_id, "lease", uploads=[Upload("1.pdf", PDF)])
    view = site.act(files.add, viewer, public_id, "lease", uploads=[Upload("2.png", PNG)]).view
    assert [document.name for document in view.documents["lease"]] == ["1.pdf", "2.png"]
    assert told(site.act(files.add, viewer, public_id, "lease", uploads=[Upload("3.pdf", pdf("3"))])) == [
        (("lease",), "too_many")
    ]
    with pytest.raises(NotFound):
        site.act(files.add, viewer, public_id, "income", uploads=[Upload("1.pdf", PDF)])


def test_another_sees_no_document_of_mine(site):
    viewer, public_id = lodger(site)
    [document] = send(site, viewer, public_id, Upload("bail.pdf", PDF)).view.documents["lease"]
    stranger, other = site.begin("eve@fictif.example")
    for theirs in (public_id, other):
        with pytest.raises(NotFound):
            site.act(files.open_file, stranger, theirs, document.public_id)


def test_a_draft_follows_a_new_version(site, bundle_of):
    viewer, public_id = site.begin()
    site.save(viewer, public_id, "you", income="12 000", **NAME)
    newer = ("      phone:", '      city: {type: text, label: {fr: "Commune", en: "Town"}}\n      phone:')
    site.act(publication.publish, bundle_of(newer), "Sylvie (fictive)")
    view = site.read(applications.form, viewer, public_id)
    assert (view.version, view.reading.answers["income"]) == (2, "12000.00")
    assert view.journey.first_incomplete == "you"
    site.save(viewer, public_id, "you", city="Annecy", asked=["city"])
    site.fill(viewer, public_id)
    site.act(applications.submit, viewer, public_id)
    [(version_id, state)] = site.rows(select(Dossier.version_id, Dossier.state))
    assert (version_id, state) == (2, "submitted")


def test_a_filed_dossier_keeps_its_version(site, bundle_of):
    _, public_id = site.filed()
    site.act(publication.publish, bundle_of(('"PA-{year}', '"PB-{year}')), "Sylvie (fictive)")
    view = site.act(casework.dossier, site.staff["instructor"], public_id)
    assert (view.version, view.scheme.reference) == (1, "PA-{year}-{number:04}")


def test_an_abandoned_draft_is_erased_a_saved_one_kept(site):
    viewer, public_id = lodger(site)
    send(site, viewer, public_id, Upload("bail.pdf", PDF))
    site.clock.pass_by(days=60)
    site.save(viewer, public_id, "you", income="1 200", asked=["income"])
    site.clock.pass_by(days=31)  # the draft was saved since
    [id] = site.rows(select(Dossier.id))
    assert site.act(retention.anonymise, id) is False
    assert site.read(applications.form, viewer, public_id).expires_on == date(2020, 10, 9)
    site.clock.pass_by(days=60)
    assert site.act(retention.anonymise, id) is True
    with pytest.raises(NotFound):
        site.read(applications.form, viewer, public_id)
    [(email, purged_at)] = site.rows(select(Dossier.email, Dossier.purged_at))
    assert (email, purged_at) == ("", site.clock.now)
    assert site.rows(select(Draft)) == []
    assert len(site.jobs("erase")) == 1


def test_a_viewer_without_session_sees_nothing(site):
    _, public_id = site.begin()
    for viewer in (access.anonymous(), Viewer("applicant"), Viewer("applicant", email="")):
        with pytest.raises(NotFound):
            site.read(applications.form, viewer, public_id)


def test_a_session_forgotten_for_long_is_over(site):
    started = site.act(
        applications.start, access.anonymous(), "small-grant", email="ada@fictif.example", language="fr"
    )
    site.clock.now += timedelta(days=2)
    assert site.read(visitors.recognise, started.session.token, "fr").kind == "anonymous"


def test_documents_of_one_dossier_have_a_size_together(site):
    viewer, public_id = lodger(site)
    small = replace(site.desk.office.settings, max_dossier_bytes=len(PDF) + 10)
    desk = Desk(replace(site.desk.office, settings=small))
    desk.act(files.add, viewer, public_id, "lease", uploads=[Upload("1.pdf", PDF)])
    assert told(desk.act(files.add, viewer, public_id, "lease", uploads=[Upload("2.pdf", pdf("2"))])) == [
        (("lease",), "dossier_full")
    ]


def test_the_same_bytes_are_kept_once(site, tmp_path):
    viewer, public_id = lodger(site)
    send(site, viewer, public_id, Upload("1.pdf", PDF))
    saved = send(site, viewer, public_id, Upload("2.pdf", PDF), Upload("2.pdf", PDF))
    assert isinstance(saved, Saved)
    assert saved.twice == ("2.pdf", "2.pdf")
    assert [one.name for one in saved.view.documents["lease"]] == ["1.pdf"]
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1
