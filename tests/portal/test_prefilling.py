"""A link with answers given beforehand, a platform that makes one, and starting again from an earlier application."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossiers.services.desk import Desk
from guichet.application import create_app

GIVEN = {
    "person": {"first_name": "Ada", "last_name": "Fictive"},
    "income": 12000,
    "siret": "123",
    "sirett": "1",
}


@pytest.fixture
def platform(site):
    """A machine that knows the site's token."""
    settings = replace(site.desk.office.settings, tokens={"api": "s3cret"}, base_url="")
    site.desk = Desk(replace(site.desk.office, settings=settings))
    site.app = create_app(site.desk.office)
    return site.app.test_client()


def post(client, body, token="s3cret", slug="small-grant"):
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(f"/api/schemes/{slug}/prefill", json=body, headers=headers)


def test_a_platform_gets_a_link_and_is_told_what_is_wrong(site, platform):
    made = post(platform, {"answers": GIVEN})
    assert made.status_code == 201
    told = {one["field"]: one["code"] for one in made.json["problems"]}
    assert told["sirett"] == "unknown_field"
    assert "siret" in told
    browser = site.browser()
    page = browser.get(made.json["link"])
    assert "Des réponses sont remplies d'avance" in page.text
    begun = browser.post(
        "/aides/small-grant/commencer", email="ada@fictif.example", link_=page.typed()["_link"]
    )
    shown = browser.get(begun.location + "you")
    assert shown.typed()["income"] == "12000"
    assert "Rempli d'avance" in shown.text


@pytest.mark.parametrize(
    ("body", "token", "slug", "status"),
    [
        ({"answers": {}}, "wrong", "small-grant", 401),
        ([], "s3cret", "small-grant", 400),
        ({"answers": {}}, "s3cret", "none-such", 404),
    ],
)
def test_what_a_platform_does_wrong_is_told(platform, body, token, slug, status):
    made = post(platform, body, token, slug)
    assert made.status_code == status
    assert made.json["errors"][0]["code"]


def test_a_site_without_a_token_takes_nothing_from_machines(site):
    assert post(site.app.test_client(), {"answers": {}}, "").status_code == 401


def test_a_spoilt_link_is_told_and_one_begins_all_the_same(ada):
    page = ada.get("/aides/small-grant?avec=xyz")
    assert "Les réponses de ce lien ne peuvent plus être reprises" in page.text
    assert "_link" not in page.typed()
