"""Asking somebody outside for an opinion, and closing it."""

from __future__ import annotations

from datetime import date

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import act, notify, read, sentence, show, told
from admin.way import to_dossier
from dossiers.services import asking_opinions
from dossiers.services.opinion_views import Asked, Asking
from dossiers.services.refusals import NotFound, Refused
from renderers.catalogues import marked

ASKED = marked("%(name)s is asked for an opinion: a mail with a link of their own is on its way.")
CLOSED = marked("The opinion is closed: its link opens nothing any more.")
BESIDE = {"no_expert": "name", "not_an_email": "email", "empty": "question", "too_long": "question"}
BESIDE |= {"bad_last_day": "until", "already_awaited": "email"}


@blueprint.get("/<slug>/<public_id>/avis/<kind>")
@open_to("staff")
def ask_opinion(slug: str, public_id: str, kind: str) -> Response:
    """Who is asked, what, until when, and what they are shown: nothing unless it is ticked."""
    return _asked(slug, read(asking_opinions.asking, g.viewer, public_id, kind))


def _asked(slug: str, view: Asking, refused: Refused | None = None) -> Response:
    if view.slug != slug:
        raise NotFound("dossier")
    problem = sentence(refused, None) if refused else ""
    form = request.form
    typed = {name: form.get(name, "") for name in ("name", "email", "question")}
    return show(
        "admin/ask_opinion.html",
        422 if refused else 200,
        view=view,
        typed={**typed, "until": form.get("until", view.until.isoformat())},
        ticked=frozenset(form.getlist("shows")),
        wrong=BESIDE.get(refused.code, "") if refused else "",
        problem=problem,
        problems=bool(problem),
    )


@blueprint.post("/<slug>/<public_id>/avis/<kind>")
@open_to("staff")
def send_opinion(slug: str, public_id: str, kind: str) -> AnyResponse:
    """Ask; slips come back with all that was typed (422)."""
    view: Asking = read(asking_opinions.asking, g.viewer, public_id, kind)
    form = request.form
    given = {name: form.get(name, "") for name in ("name", "email", "question")}
    asked = Asked(**given, until=_day(form.get("until", "")), shows=form.getlist("shows"))
    try:
        act(asking_opinions.ask, g.viewer, public_id, kind, asked)
    except Refused as refused:
        if refused.code not in BESIDE:
            raise
        return _asked(slug, view, refused)
    notify("success", told(ASKED, name=asked.name.strip()))
    return redirect(to_dossier(slug, public_id, "opinions"), 303)


@blueprint.post("/<slug>/<public_id>/avis/<opinion_id>/clore")
@open_to("staff")
def call_off_opinion(slug: str, public_id: str, opinion_id: str) -> AnyResponse:
    """Want an opinion no more, or take what was said as final."""
    try:
        act(asking_opinions.call_off, g.viewer, public_id, opinion_id)
    except Refused as refused:
        if refused.code != "opinion_over":
            raise
        notify("warning", sentence(refused, None))
    else:
        notify("success", told(CLOSED))
    return redirect(to_dossier(slug, public_id, "opinions"), 303)


def _day(text: str) -> date | None:
    """The day a control gives."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
