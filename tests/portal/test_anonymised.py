"""What an applicant reads of a dossier erased since: that it was, when, and under which rule."""

import pytest

from dossiers.services import publication
from tests.portal.conftest import bundle

KEEP = ("privacy: {drafts", "privacy: {keep: 2 years after end, drafts")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_follow_up_says_that_the_application_was_anonymised(site, ada, language):
    site.desk.act(publication.publish, bundle(KEEP), "Sylvie (fictive)")
    public_id = site.filed(ada)
    site.fire("supervisor", public_id, "refuse", comment="Non")
    site.erase(740)
    page = site.browser(language).get(
        f"/suivi/{public_id}"
    )  # somebody who kept the address, signed in or not
    assert page.status == 410
    told = {
        "fr": "Cette demande a été anonymisée le 22 mai 2022 à 12 h 00, selon la durée de conservation",
        "en": "This application was anonymised on 22 May 2022 at 12:00, under the retention rule of the scheme.",
    }
    assert told[language] in page.text
    assert {"fr": "2 ans", "en": "2 years"}[language] in page.text
    assert "ada@" not in page.html and "Fictive" not in page.html


def test_follow_up_says_that_a_draft_was_erased(site, ada):
    base = site.begun(ada)
    assert "effacée après le 10 août 2020" in ada.get(base).text
    site.erase(91)
    page = site.browser().get(f"/suivi/{base.split('/')[2]}")
    assert page.status == 410
    assert "n'a jamais été déposée" in page.text and "11 août 2020" in page.text


def test_follow_up_of_anything_else_leads_to_signing_in(site, ada):
    public_id = site.filed(ada)
    for path in (f"/suivi/{public_id}", "/suivi/nothing-of-that-name"):
        assert site.browser().get(path).location == "/session-terminee"
    bea = site.browser()
    site.begun(bea, "bea@fictif.example")
    assert bea.get(f"/suivi/{public_id}").status == 404
