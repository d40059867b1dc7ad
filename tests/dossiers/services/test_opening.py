"""A dossier is found as a row; who locks it may change it, and finds again what the same act has changed."""

from dossiers.changes import drafts
from dossiers.database import Dossier
from dossiers.services import applications
from dossiers.services.opened import current_draft, for_applicant


def test_what_is_changed_on_a_locked_dossier_is_kept(either_site):
    site = either_site
    viewer, public_id = site.begin()

    def change(work):
        for_applicant(work, viewer, public_id, lock=True).dossier.language = "en"
        again = for_applicant(work, viewer, public_id, lock=True).dossier
        again.email = "autre@fictif.example"
        return again.language

    assert site.act(change) == "en"
    kept = site.read(lambda work: work.session.get(Dossier, 1))
    assert (kept.language, kept.email) == ("en", "autre@fictif.example")


def test_what_is_changed_on_a_dossier_only_read_is_not_kept(site):
    viewer, public_id = site.begin()

    def change(work):
        for_applicant(work, viewer, public_id).dossier.language = "en"

    site.act(change)
    assert site.read(for_applicant, viewer, public_id).dossier.language == "fr"


def test_a_draft_read_with_its_dossier_is_the_one_kept(either_site):
    site = either_site
    viewer, public_id = site.begin()
    assert site.read(applications.form, viewer, public_id).draft_revision == 1
    site.fill(viewer, public_id)

    def both(work):
        opened = for_applicant(work, viewer, public_id)
        return current_draft(work, opened), drafts.find(work.session, opened.dossier.id)

    joined, found = site.read(both)
    assert joined == found
    assert joined.revision > 1
    site.act(applications.submit, viewer, public_id)
    assert site.read(both) == (None, None)


def test_an_act_reads_the_draft_after_it_has_waited_for_the_dossier(either_site):
    site = either_site
    viewer, public_id = site.begin()
    revisions = site.at_once(*[lambda: site.save(viewer, public_id, "you", income="1000")] * 6)
    assert len(revisions) == 6
    assert site.read(applications.form, viewer, public_id).draft_revision == 7
