"""One complete application: open the scheme, give an address, every page, check, submit, receipt. Ours and the floor alike."""

from __future__ import annotations

import secrets

from bench.browser import Browser
from bench.forms import Person, Sent

MOST_PAGES = 30  # a page that comes back for ever must not measure as speed
NOTHING = Sent({})


def apply(browser: Browser, slug: str, person: Person) -> str:
    """Drive one application to its receipt; returns its public id. Raises AssertionError when the site says no."""
    browser.get(f"/aides/{slug}")
    browser.post({"email": f"demandeur-{secrets.token_hex(6)}@fictif.example"}, action="/commencer")
    public_id = browser.url.split("/")[2]
    first, *_ = browser.links(rf"/demandes/{public_id}/(?!verifier|recu)\w+")
    browser.get(first)
    for _ in range(MOST_PAGES):
        page = browser.url.split("?")[0].rsplit("/", 1)[1]
        if page == "recu":
            return public_id
        sent = person.pages.get(page, NOTHING)
        browser.post(dict(sent.controls), files=sent.files, action=f"/{page}")
    raise AssertionError(f"no receipt after {MOST_PAGES} pages; the last was {browser.url}")
