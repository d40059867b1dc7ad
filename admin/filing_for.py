"""Typing an application for somebody: how it reached the office, then the same form as anybody's; the address given later."""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, front, notify, read, sentence, show, told
from dossiers.services import filing_for
from dossiers.services.refusals import Refused
from dossiers.services.views import Published, Started
from renderers.catalogues import marked
from renderers.channels import CHANNELS
from renderers.links import Links

APPLICANT_COOKIE = "session"
TOLD_HERE = ("not_an_email", "not_open", "which_channel")
LINKED = marked("The link is on its way to this address.")


@blueprint.get("/<slug>/deposer")
@open_to("staff")
def file_for(slug: str) -> Response:
    """How the application reached the office, and the address of whom it is for, if there is one."""
    return _show(slug)


@blueprint.post("/<slug>/deposer")
@open_to("staff")
def begin_for(slug: str) -> Response:
    """Open the form in a session of its own, which ends with the deposit."""
    email, channel = request.form.get("email", ""), request.form.get("channel", "")
    try:
        started: Started = act(filing_for.start, g.viewer, slug, email=email, channel=channel)
    except Refused as refused:
        if refused.code not in TOLD_HERE:
            raise
        return _show(slug, email, channel, sentence(refused, None))
    response = redirect(Links().application(started.public_id), 303)
    assert started.session is not None  # it is opened for this dossier alone
    response.set_cookie(
        front().cookie(APPLICANT_COOKIE),
        started.session.token,
        httponly=True,
        samesite="Lax",
        secure=bool(front().settings.base_url.startswith("https:")),
        path="/",
    )
    return response


def _show(slug: str, email: str = "", channel: str = "", problem: str = "") -> Response:
    published: Published = read(filing_for.page, g.viewer, slug)
    return show(
        "admin/file_for.html",
        422 if problem else 200,
        scheme=published.scheme,
        slug=slug,
        email=email,
        channel=channel,
        channels=tuple(CHANNELS),
        problem=problem,
        problems=bool(problem),
    )


@blueprint.post("/<slug>/<public_id>/adresse")
@open_to("staff")
def give_address(slug: str, public_id: str) -> Response:
    """Give the address of whom the dossier was filed for."""
    try:
        act(filing_for.give_address, g.viewer, public_id, email=request.form.get("email", ""))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    else:
        notify("success", told(LINKED))
    return redirect(LINKS.dossier(slug, public_id), 303)
