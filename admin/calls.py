"""The hotline: find the dossier of who calls, read what they may be told, log the call, pass it on, count."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, front, language, notify, read, sentence, show, told
from dossiers.services import caller, calls, inbox
from dossiers.services.call_views import CallerView
from dossiers.services.office_views import InboxView
from dossiers.services.refusals import Refused
from dossiers.services.wanted import Wanted
from renderers.catalogues import marked
from renderers.motives import motive_words, motives_of

KEPT, PASSED = marked("The call is kept."), marked("The call is kept, and passed on to the caseworkers.")
SETTLED = marked("The call is followed up.")
TOLD_HERE = ("which_motive", "empty", "too_long")
SHOWN, LONGEST_ASKED = timedelta(days=29), 200  # the figures of a month, today included


def motive(code: str) -> str:
    """A motive in the viewer's language."""
    return motive_words(code, front().settings.motives, language())


def choices() -> tuple[tuple[str, str], ...]:
    """The motives to choose among, code and words."""
    return tuple((code, motive(code)) for code in motives_of(front().settings.motives))


@blueprint.get("/<slug>/appels")
@open_to("staff")
def hotline(slug: str) -> Response:
    """The search box, what it found, and the last calls."""
    return _hotline(slug)


def _hotline(slug: str, problem: str = "", note: str = "") -> Response:
    asked = request.args.get("q", "")[:LONGEST_ASKED]
    lately = read(calls.recent, g.viewer, slug)
    view: InboxView = read(inbox.overview, g.viewer, slug, Wanted(query=asked))
    return show(
        "admin/calls.html",
        422 if problem else 200,
        view=view,
        asked=asked,
        rows=view.rows if asked.strip() else (),
        lately=lately,
        motives=choices(),
        motive_words=motive,
        problem=problem,
        problems=bool(problem),
        note=note,
    )


@blueprint.post("/<slug>/appels")
@open_to("staff")
def log_call(slug: str) -> AnyResponse:
    """Keep a call about no dossier."""
    note = request.form.get("note", "")
    try:
        act(calls.log, g.viewer, slug, motive=request.form.get("motive", ""), note=note)
    except Refused as refused:
        if refused.code not in TOLD_HERE:
            raise
        return _hotline(slug, sentence(refused, None), note)
    notify("success", told(KEPT))
    return redirect(LINKS.calls(slug), 303)


@blueprint.get("/<slug>/<public_id>/appel")
@open_to("staff")
def call_about(slug: str, public_id: str) -> Response:
    """What may be told of one dossier, on one screen."""
    return _caller(slug, public_id)


def _caller(slug: str, public_id: str, problem: str = "") -> Response:
    view: CallerView = read(caller.told, g.viewer, slug, public_id)
    return show(
        "admin/caller.html",
        422 if problem else 200,
        view=view,
        motives=choices(),
        motive_words=motive,
        problem=problem,
        problems=bool(problem),
        typed={name: request.form.get(name, "") for name in ("motive", "note", "passed")},
    )


@blueprint.post("/<slug>/<public_id>/appel")
@open_to("staff")
def log_call_about(slug: str, public_id: str) -> AnyResponse:
    """Keep a call about a dossier, and pass it on when asked to."""
    form, passed = request.form, request.form.get("passed") == "1"
    given = {"motive": form.get("motive", ""), "note": form.get("note", ""), "passed": passed}
    try:
        act(calls.log, g.viewer, slug, public_id=public_id, **given)
    except Refused as refused:
        if refused.code not in TOLD_HERE:
            raise
        return _caller(slug, public_id, sentence(refused, None))
    notify("success", told(PASSED if passed else KEPT))
    return redirect(LINKS.calls(slug), 303)


@blueprint.post("/<slug>/<public_id>/appels/<call>")
@open_to("staff")
def settle_call(slug: str, public_id: str, call: str) -> AnyResponse:
    """Say that a call passed on was followed up."""
    act(calls.settle, g.viewer, slug, public_id, call)
    notify("success", told(SETTLED))
    return redirect(LINKS.inbox(slug), 303)


@blueprint.get("/<slug>/appels/chiffres")
@open_to("staff")
def call_figures(slug: str) -> Response:
    """How many calls, by motive, by day and by the state of the dossier; a month unless other days are asked for."""
    today = front().organisation.local_date(front().desk.office.clock())
    last = _day(request.args.get("jusqu", ""), today)
    first = _day(request.args.get("depuis", ""), last - SHOWN)
    view = read(calls.figures, g.viewer, slug, min(first, last), last)
    scheme = read(inbox.overview, g.viewer, slug).scheme
    return show("admin/call_figures.html", slug=slug, scheme=scheme, view=view, motive_words=motive)


def _day(text: str, otherwise: date) -> date:
    """The day an address names; another one when it names none."""
    try:
        return max(date.fromisoformat(text), date(1900, 1, 1))
    except ValueError:
        return otherwise
