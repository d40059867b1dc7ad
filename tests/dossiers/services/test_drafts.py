"""The text of a scheme is kept save by save; nobody overwrites anybody, and what is published is what was seen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import JournalEntry
from dossiers.services import draft_publishing, drafts, publication
from dossiers.services.refusals import NotFound, Refused
from engine.language import Bundle
from tests.dossiers.services.conftest import SLUG, bundle

ADA = Viewer("staff", name="Ada (fictive)", administrator=True)
BOB = Viewer("staff", name="Bob (fictif)", administrator=True)
CLERK = Viewer("staff", name="Clerk (fictif)")
ANOTHER = {**bundle().files, "scheme.yaml": "# plus tard\n" + bundle().files["scheme.yaml"]}


def refused(run, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as raised:
        run(*args, **kwargs)
    return raised.value


def test_scheme_without_draft_is_read_from_its_version_in_force(site):
    stands = site.desk.read(drafts.one, ADA, SLUG)
    assert (stands.revision, stands.files, stands.last) == (0, dict(bundle().files), None)
    assert site.desk.read(drafts.every, ADA) == ()


def test_save_over_somebody_elses_newer_one_is_refused_and_writes_nothing(site):
    site.act(drafts.save, ADA, SLUG, {"texts/note.fr.md": "Ada\n"}, 0)
    no = refused(site.act, drafts.save, BOB, SLUG, {"texts/note.fr.md": "Bob\n"}, 0)
    assert (no.code, no.params["who"]) == ("draft_changed", "Ada (fictive)")
    stands = site.desk.read(drafts.one, BOB, SLUG)
    assert (stands.revision, stands.files["texts/note.fr.md"]) == (1, "Ada\n")


def test_saving_nothing_new_makes_no_revision(site):
    first = site.act(drafts.save, ADA, SLUG, {"texts/note.fr.md": "un\n"}, 0)
    again = site.act(drafts.save, ADA, SLUG, {"texts/note.fr.md": "un\r\n"}, 1)
    assert (first.changed, again.changed, again.revision) == (True, False, 1)


def test_any_save_and_any_version_can_be_brought_back(site):
    site.act(drafts.save, ADA, SLUG, {"texts/note.fr.md": "un\n"}, 0)
    site.act(drafts.save, BOB, SLUG, {"texts/note.fr.md": None}, 1)
    back = site.act(drafts.restore, ADA, SLUG, 1, 2)
    assert (back.revision, back.files["texts/note.fr.md"]) == (3, "un\n")
    whole = site.act(drafts.restore_version, ADA, SLUG, 1, 3)
    assert whole.checksum == bundle().checksum
    told = [(one.revision, one.made, one.source) for one in site.desk.read(drafts.history, ADA, SLUG)]
    assert told == [
        (4, "restored", "version 1"),
        (3, "restored", "revision 1"),
        (2, "saved", ""),
        (1, "saved", ""),
    ]


def test_text_is_published_as_it_was_seen_and_journalled(site):
    site.act(drafts.save, ADA, SLUG, ANOTHER, 0)
    assert refused(site.act, draft_publishing.publish, BOB, SLUG, 0).code == "draft_changed"
    made = site.act(draft_publishing.publish, BOB, SLUG, 1)
    assert (made.number, made.published_by) == (2, "Bob (fictif)")
    again = site.act(draft_publishing.publish_again, ADA, SLUG, 1)
    assert (again.number, again.checksum) == (3, bundle().checksum)
    with site.desk.office.database.reading() as session:
        query = select(JournalEntry.action, JournalEntry.actor_name).where(
            JournalEntry.stream == f"scheme:{SLUG}"
        )
        actions = [tuple(row) for row in session.execute(query.order_by(JournalEntry.number))]
    assert actions[1:] == [
        ("draft_saved", "Ada (fictive)"),
        ("published", "Bob (fictif)"),
        ("published", "Ada (fictive)"),
    ]


def test_faulty_text_is_saved_but_never_published(site):
    site.act(drafts.save, ADA, SLUG, {"scheme.yaml": "scheme: small-grant\ntitel: x\n"}, 0)
    assert refused(site.act, draft_publishing.publish, ADA, SLUG, 1).code == "scheme_problems"
    assert site.desk.read(publication.current, SLUG).number == 1


def test_text_of_another_scheme_is_not_published_under_this_one(site):
    files = {**bundle(("scheme: small-grant", "scheme: other-grant")).files}
    site.act(drafts.save, ADA, SLUG, files, 0)
    assert refused(site.act, draft_publishing.publish, ADA, SLUG, 1).code == "other_scheme"


def test_scheme_is_begun_once_under_a_name_of_its_own(site):
    files = bundle(("scheme: small-grant", "scheme: other-grant")).files
    made = site.act(drafts.start, ADA, files, "small-grant")
    assert (made.slug, made.revision) == ("other-grant", 1)
    assert refused(site.act, drafts.start, ADA, files, "").code == "draft_exists"
    assert refused(site.act, drafts.start, ADA, bundle().files, "").code == "draft_exists"
    assert refused(site.act, drafts.start, ADA, {"scheme.yaml": "title: x\n"}, "").code == "no_scheme_id"


def test_bundle_brought_in_twice_changes_nothing(site):
    other = Bundle({**bundle(("scheme: small-grant", "scheme: other-grant")).files})
    first = site.act(drafts.bring_in, None, other)
    again = site.act(drafts.bring_in, ADA, other)
    assert (first.changed, again.changed, again.revision) == (True, False, 1)
    assert site.act(drafts.bring_in, ADA, bundle()).changed is False
    assert refused(site.act, drafts.bring_in, ADA, other, SLUG).code == "other_scheme"


@pytest.mark.parametrize(
    "name", ["../scheme.yaml", "scheme.yml", "texts/a.exe", "lists/a/b.csv", "/etc/passwd"]
)
def test_file_no_scheme_has_is_not_saved(site, name):
    assert refused(site.act, drafts.save, ADA, SLUG, {name: "x"}, 0).code == "bundle_name"


def test_drafts_are_for_administrators(site):
    for run in (drafts.one, drafts.history):
        with pytest.raises(NotFound):
            site.desk.read(run, CLERK, SLUG)
    with pytest.raises(NotFound):
        site.act(drafts.save, CLERK, SLUG, {}, 0)
    with pytest.raises(NotFound):
        site.act(draft_publishing.publish, CLERK, SLUG, 0)


def test_of_two_saves_at_the_same_moment_one_is_kept_and_the_other_told(site):
    def saving(who, text):
        return lambda: site.act(drafts.save, who, SLUG, {"texts/note.fr.md": text}, 0)

    results = site.at_once(saving(ADA, "Ada\n"), saving(BOB, "Bob\n"))
    told = [one.code for one in results if isinstance(one, Refused)]
    kept = [one for one in results if not isinstance(one, Exception)]
    assert told == ["draft_changed"]
    assert [one.revision for one in kept] == [1]
    assert (
        site.desk.read(drafts.one, ADA, SLUG).files["texts/note.fr.md"] == kept[0].files["texts/note.fr.md"]
    )


def test_text_set_aside_stays_in_the_history(site):
    site.act(drafts.save, ADA, SLUG, {"texts/note.fr.md": "Ada\n"}, 0)
    mine = site.act(drafts.settle, BOB, SLUG, {"texts/note.fr.md": "Bob\n"}, {}, 1)
    assert mine.files["texts/note.fr.md"] == "Bob\n"
    stands = site.desk.read(drafts.one, ADA, SLUG)
    assert (stands.revision, stands.files["texts/note.fr.md"]) == (3, "Ada\n")


def test_two_texts_brought_together_leave_each_in_the_history(site):
    name = "texts/note.fr.md"
    site.act(drafts.save, ADA, SLUG, {name: "Ada\n"}, 0)
    site.act(drafts.settle, BOB, SLUG, {name: "Bob\n"}, {name: "Ada\nBob\n"}, 1)
    held = [site.desk.read(drafts.at_revision, ADA, SLUG, number).files[name] for number in (1, 2, 3)]
    assert held == ["Ada\n", "Bob\n", "Ada\nBob\n"]
