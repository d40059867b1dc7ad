"""Before an application: the open schemes, what each is, and beginning."""

from __future__ import annotations

import secrets
from typing import Any

from flask import g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import applications, beginning, prefilling, publication
from dossiers.services.draft_views import Begun
from dossiers.services.refusals import Refused
from engine.asked import read_answers
from engine.language import Scheme
from portal.cookies import keep_session
from portal.doors import blueprint, open_to
from portal.scheme_pages import SchemePage, scheme_page
from portal.showing import act, language, notify, now, organisation, read, show, speak, told
from renderers.catalogues import marked
from renderers.links import Links
from renderers.words import phrase, refusal_sentence

LINKS = Links()
SPOILT = marked("The answers of this link can't be taken any more. You can begin all the same.")


@blueprint.get("/")
@open_to("anyone")
def home() -> Response:
    """The schemes, those open first."""
    cards = [(card, _summary(card.slug)) for card in read(publication.open_schemes)]
    return show("portal/home.html", cards=cards)


def _summary(slug: str) -> str:
    scheme: Scheme = read(publication.current, slug).scheme
    reading = read_answers(scheme, {}, now=now(), organisation=organisation())
    return phrase(scheme.summary.say(language(), reading.values, reading.now, reading.zone), language())


@blueprint.get("/aides/<slug>")
@open_to("anyone")
def scheme(slug: str) -> Response:
    """What a scheme is, whom it is for, what to prepare, and where to begin."""
    return _show_scheme(slug)


@blueprint.post("/aides/<slug>/commencer")
@open_to("anyone")
def begin(slug: str) -> Response:
    """Begin an application; an address that can't be one comes back with what was typed."""
    email = request.form.get("email", "")
    try:
        marks = {"link": "_link", "renews": "_renews", "once": "_once"}
        beforehand = {name: request.form.get(mark, "") for name, mark in marks.items()}
        started = act(applications.start, g.viewer, slug, email=email, language=language(), **beforehand)
    except Refused as refused:
        if refused.code not in ("not_an_email", "not_open", "link_spoilt"):
            raise
        return _show_scheme(slug, email=email, refused=refused)
    return keep_session(redirect(LINKS.application(started.public_id), 303), started.session)


def _show_scheme(slug: str, email: str = "", refused: Refused | None = None) -> Response:
    published = read(publication.current, slug)
    begun: tuple[Begun, ...] = (
        read(beginning.drafts_of, g.viewer, slug) if g.viewer.kind == "applicant" else ()
    )
    speak(published.scheme)
    page: SchemePage = scheme_page(published, language(), now(), organisation())
    problem = ""
    if refused is not None:
        zone: Any = organisation().zone
        problem = refusal_sentence(refused, published.scheme, language(), zone=zone)
    status = 422 if problem else 200
    link = request.values.get("avec", "") or request.form.get("_link", "")
    if link and not read(prefilling.is_good, slug, link):
        notify("warning", told(SPOILT))
        link = ""
    renewable = read(prefilling.renewable, g.viewer, published.scheme) if published.scheme.prefill else ()
    mine = {"link": link, "renewable": renewable, "email": email or g.viewer.email or ""}
    mine["once"] = secrets.token_urlsafe(12)  # pressed twice, the button begins one application
    shown = {"begun": begun, "several": published.scheme.several, "zone": organisation().zone, **mine}
    return show("portal/scheme.html", status, page=page, problem=problem, problems=bool(problem), **shown)
