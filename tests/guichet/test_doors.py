"""Refused by default: every route states its audience, and every route holds to it for every kind of visitor."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client

from engine.language.checks.ids import PAGE_ADDRESSES, SCHEME_ADDRESSES
from guichet.application import BUREAU, PUBLIC, create_app
from guichet.doors import AUDIENCES, DoorWithoutKeeper, audience_of, check_every_door
from guichet.two_sides import TwoSides
from guichet.visitors import under_office
from tests.fixtures.sites import DemoSite

VISITORS = ("nobody", "hotline", "instructor", "supervisor", "accountant", "administrator")
STAFF = VISITORS[1:]
SAMPLE = {"slug": "haute-savoie-emergency-grant", "page": "you"}


@pytest.fixture(scope="module")
def clients(demo: DemoSite) -> dict[str, FlaskClient]:
    """One browser for each kind of visitor, signed in where it has an account."""
    found = {}
    for visitor in VISITORS:
        client = found[visitor] = demo.app.test_client()
        if visitor in demo.accounts:
            page = client.get("/bureau/connexion").get_data(as_text=True)
            email, password = demo.accounts[visitor]
            form = {"csrf_token": token_in(page), "email": email, "password": password}
            assert client.post("/bureau/connexion", data=form).status_code == 303
    return found


def token_in(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, "the page has a form without a token"
    return found.group(1)


def address_of(rule) -> str:
    """The address of a route, its variable parts filled with things that don't exist (or harmless ones)."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: SAMPLE.get(part.group(1), "0" * 22), rule.rule)


def routes(app: Flask):
    return [(rule, method) for rule in app.url_map.iter_rules() for method in rule.methods & {"GET", "POST"}]


def test_every_route_states_its_audience(demo: DemoSite):
    audiences = {
        rule.endpoint: audience_of(demo.app, rule.endpoint) for rule in demo.app.url_map.iter_rules()
    }
    assert set(audiences.values()) <= set(AUDIENCES)
    assert {"anyone", "applicant", "staff", "administrator"} == set(audiences.values())


def test_number_larger_than_any_leads_nowhere(demo: DemoSite):
    visitor = demo.app.test_client()
    counted = {address_of(rule): rule for rule in demo.app.url_map.iter_rules() if "<int:" in rule.rule}
    assert len(counted) >= 10
    for rule in counted.values():
        path = re.sub(r"<int:\w+>", str(2**63), rule.rule)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: SAMPLE.get(part.group(1), "none"), path)
        [method] = rule.methods & {"GET", "POST"}
        assert visitor.open(path, method=method).status_code == 404, path


def test_route_without_audience_stops_the_start():
    app = Flask("bare")
    app.add_url_rule("/open", view_func=lambda: "open", endpoint="open")
    with pytest.raises(DoorWithoutKeeper, match="open states no audience"):
        check_every_door(app)


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_route_holds_to_its_audience(demo: DemoSite, clients: dict[str, FlaskClient], visitor: str):
    for rule, method in routes(demo.app):
        if "deconnexion" in rule.rule:
            continue  # it would end the session the next routes are asked with
        audience = audience_of(demo.app, rule.endpoint)
        answer = clients[visitor].open(address_of(rule), method=method)
        told = f"{visitor} {method} {rule.rule} ({audience}): {answer.status_code}"
        assert answer.status_code < 500, told
        if method == "POST":
            # no post without its token; a machine has another one, and is told so
            assert answer.status_code == (401 if rule.rule.startswith("/api/") else 400), told
        elif not admitted(visitor, audience):
            assert answer.status_code in (303, 403), told
        elif (
            audience == "anyone" and rule.rule != "/session-terminee"
        ):  # that page says 403 to programs on purpose
            assert answer.status_code != 403, told


def test_no_page_or_scheme_may_take_an_address_of_the_site(demo: DemoSite):
    rules = [rule.rule for rule in demo.app.url_map.iter_rules()]
    pages = {rule.split("/")[3] for rule in rules if rule.startswith("/demandes/<public_id>/")}
    offices = {rule.split("/")[2] for rule in rules if rule.startswith("/bureau/")}
    schemes = {rule.split("/")[2] for rule in rules if rule.startswith("/aides/")}
    own = {name for name in pages if name and not name.startswith("<")}
    assert own == PAGE_ADDRESSES
    assert {name for name in offices | schemes if name and not name.startswith("<")} == SCHEME_ADDRESSES


def admitted(visitor: str, audience: str) -> bool:
    return {
        "anyone": True,
        "applicant": False,  # none of these visitors has an application
        "staff": visitor in STAFF,
        "administrator": visitor == "administrator",
    }[audience]


def test_every_page_carries_the_security_headers(demo: DemoSite, clients: dict[str, FlaskClient]):
    for rule, method in routes(demo.app):
        if method == "GET":
            answer = clients["supervisor"].get(address_of(rule))
            policy = answer.headers["Content-Security-Policy"]
            assert "unsafe" not in policy and "default-src 'none'" in policy, rule.rule
            assert answer.headers["X-Content-Type-Options"] == "nosniff", rule.rule


def test_cookies_are_out_of_reach_of_scripts(demo: DemoSite):
    client = demo.app.test_client()
    email, password = demo.accounts["instructor"]
    form = {
        "csrf_token": token_in(client.get("/bureau/connexion").get_data(as_text=True)),
        "email": email,
        "password": password,
    }
    answer = client.post("/bureau/connexion", data=form)
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


def test_both_sides_together_have_every_route_and_each_its_own(demo: DemoSite):
    public, bureau = (rules_of(create_app(demo.desk.office, rooms)) for rooms in (PUBLIC, BUREAU))
    assert public | bureau == rules_of(demo.app)
    assert all(under_office(rule) for rule, _ in bureau - public)
    assert not any(under_office(rule) for rule, _ in public)


def test_each_address_is_answered_by_its_side(demo: DemoSite):
    site = Client(TwoSides(demo.desk.office))
    assert site.get("/").status_code == 200
    assert site.get("/bureau/connexion").status_code == 200
    assert site.get("/bureau/").headers["Location"].startswith("/bureau/connexion")
    assert site.get("/bureaux").status_code == site.get("/bureau/no/where/at/all/here").status_code == 404


def rules_of(app: Flask) -> set[tuple[str, str]]:
    return {(rule.rule, rule.endpoint) for rule in app.url_map.iter_rules()}
