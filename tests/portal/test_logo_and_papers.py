"""The organisation's logo, labels filled in before filing, and papers that are being made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossiers import office
from dossiers.services import publication
from dossiers.settings import Settings, SettingsError, write
from guichet.application import create_app
from tests.fixtures.sent import PDF
from tests.portal.conftest import Site, bundle

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def site_of(folder, **organisation: str):
    write(folder, {"organisation": {"name": "Office (fictif)", **organisation}})
    return office.build(Settings.load(folder))


@pytest.mark.parametrize(
    ("name", "content", "media"), [("a.svg", SVG, "image/svg+xml"), ("b", PNG, "image/png")]
)
def test_logo_is_told_by_its_content_and_runs_nothing(site, tmp_path, name, content, media):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / name).write_bytes(content)
    opened = replace(site.desk.office, logo=site_of(tmp_path / "own", logo=name).logo)
    organisation = replace(opened.organisation, logo=name)
    client = create_app(replace(opened, organisation=organisation)).test_client()
    sent = client.get("/logo")
    assert (sent.mimetype, sent.data) == (media, content)
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    page = client.get("/").get_data(as_text=True)
    assert '<img src="/logo" alt="Logo' in page


def test_site_without_logo_has_none(site, ada):
    assert ada.get("/logo").status == 404
    assert "<img" not in ada.get("/").html


@pytest.mark.parametrize(
    ("logo", "content", "why"),
    [
        ("missing.png", None, "no such file"),
        ("../outside.png", PNG, "outside the site's folder"),
        ("letter.pdf", PDF, "no PNG, JPEG or SVG"),
        ("page.html", b"<html><script>1</script></html>", "no PNG, JPEG or SVG"),
        ("huge.png", PNG + b"\0" * 600_000, "more than 500 kB"),
    ],
)
def test_logo_that_cannot_be_used_stops_the_start_in_one_sentence(tmp_path, logo, content, why):
    folder = tmp_path / "site"
    folder.mkdir()
    if content is not None:
        (folder / logo).write_bytes(content)
    with pytest.raises(SettingsError, match=why):
        site_of(folder, logo=logo)


def test_papers_in_the_making_are_told_until_they_are_there(site, ada):
    public_id = site.filed(ada)
    assert "Un document est en préparation" in ada.get(f"/suivi/{public_id}").text
    site.work()
    page = ada.get(f"/suivi/{public_id}").text
    assert "en préparation" not in page
    assert "Accusé" in page


def test_labels_are_filled_in_before_filing_too(site: Site, ada):
    holes = ('label: {fr: "SIRET", en: "SIRET"}', 'label: {fr: "SIRET de {person.first_name}", en: "SIRET of {person.first_name}"}')  # fmt: skip
    age = ('label: {fr: "Âge", en: "Age"}', 'label: {fr: "Âge, pour {income}", en: "Age, for {income}"}')
    site.desk.act(publication.publish, bundle(holes, age), "Sylvie (fictive)")
    base = site.begun(ada)
    ada.get(base + "you")
    ada.post(base + "you", person__first_name="Ada", person__last_name="Fictive", income="12 000")
    ada.get(base + "children")
    ada.post(base + "children", children__0="row", children__0__first_name="Léa", children__0__age="7")
    ada.get(base + "payment")
    wrong = ada.post(base + "payment", siret="123", iban="", resident="yes")
    assert "SIRET de Ada :" in wrong.text
    site.fill(ada, base)
    told = ada.get(base + "verifier").text
    assert "SIRET de Ada" in told
    assert "Âge, pour 12" in told
    assert "{" not in told
