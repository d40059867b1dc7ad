"""The team of a scheme, for who shares the work out: loads, groups, absences, dossiers dealt again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, notify, read, sentence, show, told
from dossiers.services import sharing_out
from dossiers.services import team as service
from dossiers.services.refusals import Refused
from dossiers.services.team_views import SharedOut
from renderers.catalogues import marked

GROUPED = marked("The groups of %(name)s are changed. They hold from now on.")
AWAY = marked("The absence of %(name)s is entered: nothing new is given to them on these days.")
BACK = marked("The absence of %(name)s is taken out.")
SHARED = marked("Dossiers shared out: %(given)s.")
LEFT = marked("Dossiers that nobody who is there may be given: %(left)s. They stay where they were.")


@blueprint.get("/<slug>/equipe")
@open_to("staff")
def team(slug: str) -> Response:
    """Who has what in hand, who is away."""
    return show("admin/team.html", team=read(service.overview, g.viewer, slug))


@blueprint.post("/<slug>/equipe/repartition")
@open_to("staff")
def share_out(slug: str) -> AnyResponse:
    """Deal what somebody holds, or what nobody holds."""
    done: SharedOut = act(sharing_out.share_out, g.viewer, slug, request.form.get("agent", ""))
    notify("success" if done.given else "info", told(SHARED, given=done.given))
    if done.left:
        notify("warning", told(LEFT, left=done.left))
    return redirect(LINKS.team(slug), 303)


@blueprint.post("/<slug>/equipe/<account_id>/groupes")
@open_to("staff")
def put_in_groups(slug: str, account_id: str) -> AnyResponse:
    """Say which groups an agent belongs to."""
    return _done(slug, GROUPED, service.put_in_groups, slug, account_id, request.form.getlist("group"))


@blueprint.post("/<slug>/equipe/<account_id>/absences")
@open_to("staff")
def enter_absence(slug: str, account_id: str) -> AnyResponse:
    """Enter days on which an agent is given nothing new."""
    first, last = (_day(request.form.get(name, "")) for name in ("first", "last"))
    return _done(slug, AWAY, service.away, slug, account_id, first, last)


@blueprint.post("/<slug>/equipe/<account_id>/absences/<int:absence>/retirer")
@open_to("staff")
def end_absence(slug: str, account_id: str, absence: int) -> AnyResponse:
    """Take an absence out."""
    return _done(slug, BACK, service.back, slug, account_id, absence)


def _done(slug: str, said: str, verb: Callable[..., Any], *arguments: Any) -> AnyResponse:
    try:
        name: str = act(verb, g.viewer, *arguments)
    except Refused as refused:
        notify("warning", sentence(refused, None))
    else:
        notify("success", told(said, name=name))
    return redirect(LINKS.team(slug), 303)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
