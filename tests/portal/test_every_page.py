"""Every template of the portal is shown by some page, whole, in both languages; and every address is a route."""

from __future__ import annotations

import inspect
from datetime import timedelta

import pytest

from dossiers.services.refusals import Refused
from renderers import pages
from renderers.links import Links
from tests.portal.conftest import SLUG


@pytest.fixture
def shown(monkeypatch):
    """The templates rendered during the test."""
    found: set[str] = set()
    render = pages.render

    def recorded(template: str, language: str, **view: object) -> str:
        found.add(template)
        return render(template, language, **view)

    monkeypatch.setattr(pages, "render", recorded)
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_template_is_shown_whole(site, shown, language):
    browser = site.browser(language)
    for address in (
        "/",
        f"/aides/{SLUG}",
        "/lien",
        "/lien/x",
        "/session-terminee",
        "/reprendre",
        "/mentions",
        "/accessibilite",
        "/x",
    ):
        assert f'<html lang="{language}" dir="ltr">' in browser.get(address).html
    browser.get("/lien")
    browser.post("/lien", email="ada@fictif.example")
    browser.post("/lien/x")
    browser.client.post("/lien")
    browser.get("/")
    base = site.begun(browser)
    browser.get(base)
    site.fill(browser, base, resident="no")
    for tab, income in (("one", "1"), ("two", "2")):
        browser.post(base + "you/brouillon", income=income, asked_=["income"], revision_="1", tab_=tab)
    browser.post(base + "you/brouillon", income="12000", asked_=["income"], revision_="99", tab_="two")
    browser.get(base + "non-eligible")
    browser.get(base + "payment")
    browser.post(base + "payment", siret="73282932000074", iban="FR7630006000011234567890189", resident="yes")
    browser.get(base + "verifier")
    browser.follow(browser.post(base + "verifier"))
    public_id = base.split("/")[2]
    browser.get(f"/suivi/{public_id}")
    browser.get(f"/suivi/{public_id}/actions/withdraw")
    browser.get("/mes-demandes")
    base = site.begun(browser, "bea@fictif.example")
    browser.get(base + "supprimer")
    site.erase(91)
    browser.get(f"/suivi/{base.split('/')[2]}")
    known = {name for name in pages.environment().list_templates() if name.startswith("portal/")}
    parts = {"closing", "conflict", "editing", "keeping", "parts", "session_warning"}
    parts |= {
        "not_concerned",
        "parties",
        "sign",
        "typed_for",
        "request",
        "corrected",
        "amounts",
        "opinion",
        "opinion_final",
        "figures",
    }  # shown by the tests of several people, of agents, of requests, of corrections, of money, of opinions and of figures
    assert known - shown == {f"portal/{name}.html" for name in parts}


def test_every_address_of_the_links_is_a_route(site):
    urls = site.app.url_map.bind("localhost")
    own = [
        name
        for name, method in vars(Links).items()
        if inspect.isfunction(method)
        and not name.startswith("_")
        and name != "options"  # a script completes it
    ]
    posted = (
        "begin",
        "resume",
        "reply",
        "language",
        "sign_out",
        "autosave",
        "documents",
        "supply",
        "choices",
        "edit",
        "give_up_edit",
        "extend_session",
        "sign_code",
        "invite",
        "point",
        "take_back",
    )
    for name in own:
        arguments = [
            f"{number}" for number, _ in enumerate(inspect.signature(getattr(Links, name)).parameters)
        ][1:]
        path = getattr(Links(), name)(*arguments)
        endpoint, values = urls.match(path, method="POST" if name in posted else "GET")
        assert [str(one) for one in values.values()] == arguments or endpoint == "static", name


def test_every_route_of_the_portal_says_who_may_use_it(site):
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint.startswith("portal."):
            assert site.app.view_functions[rule.endpoint].open_to in ("anyone", "applicant")


@pytest.mark.parametrize(
    ("code", "status"), [("throttled", 429), ("not_allowed", 403), ("being_checked", 409)]
)
def test_refusal_is_told_on_a_page(site, monkeypatch, code, status):
    from portal import home

    def refuse(*_args: object) -> None:
        raise Refused(code)

    monkeypatch.setattr(home, "read", refuse)
    page = site.browser().get("/")
    assert page.status == status
    assert "Toutes les aides" in page.text


def test_too_many_attempts_say_when_to_try_again(site, monkeypatch):
    from portal import home

    def refuse(*_args: object) -> None:
        raise Refused("throttled", retry_at=site.clock() + timedelta(minutes=2))

    monkeypatch.setattr(home, "read", refuse)
    assert site.browser().get("/").headers["Retry-After"] == "120"


def test_failure_of_ours_is_told_without_details(site, monkeypatch):
    from portal import home

    def fail(*_args: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(home, "read", fail)
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    page = site.browser().get("/")
    assert page.status == 500
    assert "Un incident s'est produit" in page.text
    assert "secret detail" not in page.html
