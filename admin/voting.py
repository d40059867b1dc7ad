"""Votes: the agenda of a scheme, a ballot given, stepping aside, closing. What is done is done by POST."""

from __future__ import annotations

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.case_page import Typing, show_case
from admin.doors import blueprint, open_to
from admin.dossier import headed, opened
from admin.showing import LINKS, act, notify, read, sentence, show, told
from admin.way import to_dossier
from dossiers.services import held_votes, voting
from dossiers.services.fired import FormRejected
from dossiers.services.refusals import Refused
from renderers.catalogues import marked
from renderers.frame import Notice

VOTED = marked("Your ballot is kept. You may change it until the vote is closed.")
VOTED_LAST = marked("Your ballot is kept. Everybody has voted: the vote is closed.")
ASIDE = marked("You have stepped aside: you don't see this dossier any more.")
PROXY_GIVEN = marked("The proxy is written down.")
PROXY_TAKEN_BACK = marked("The proxy is taken back.")
CLOSED = marked("The vote is closed.")
OPTION, OF, TO = "_option", "_of", "_to"


@blueprint.get("/<slug>/votes")
@open_to("staff")
def agenda(slug: str) -> Response:
    """The votes that go on, for who votes and for who keeps them."""
    return show("admin/votes.html", agenda=read(held_votes.agenda, g.viewer, slug))


@blueprint.post("/<slug>/<public_id>/votes/<vote_id>")
@open_to("staff")
def vote(slug: str, public_id: str, vote_id: str) -> AnyResponse:
    """Give or change one's ballot; slips come back with all that was typed (422)."""
    headed(slug, public_id)
    option = request.form.get(OPTION, "")
    form = {name: values for name, values in request.form.lists() if not name.startswith("_")}
    try:
        whose = request.form.get(OF, "")
        done = act(voting.cast, g.viewer, public_id, vote_id, option=option, form=form, in_name_of=whose)
    except Refused as refused:
        return _refused(slug, public_id, refused, Typing(form, ballot=vote_id, option=option, whose=whose))
    if isinstance(done, FormRejected):
        typing = Typing(done.typed, done.problems, ballot=vote_id, option=option, whose=whose)
        return show_case(opened(slug, public_id), typing=typing, status=422)
    notify("success", told(VOTED_LAST if done else VOTED))
    return redirect(to_dossier(slug, public_id, f"vote-{vote_id}"), 303)


@blueprint.post("/<slug>/<public_id>/votes/<vote_id>/procuration")
@open_to("staff")
def proxy(slug: str, public_id: str, vote_id: str) -> AnyResponse:
    """Have another member vote in one's place, or nobody any more; a secretary writes down those of others."""
    headed(slug, public_id)
    to, giver = request.form.get(TO, ""), request.form.get(OF, "")
    try:
        act(voting.give_proxy, g.viewer, public_id, vote_id, to=to, giver=giver)
    except Refused as refused:
        return _refused(slug, public_id, refused, Typing())
    notify("success", told(PROXY_GIVEN if to else PROXY_TAKEN_BACK))
    return redirect(f"{LINKS.dossier(slug, public_id)}#vote-{vote_id}", 303)


@blueprint.post("/<slug>/<public_id>/votes/<vote_id>/deport")
@open_to("staff")
def step_aside(slug: str, public_id: str, vote_id: str) -> AnyResponse:
    """Step aside; the page led to is the agenda, since the dossier isn't seen any more."""
    headed(slug, public_id)
    try:
        act(voting.step_aside, g.viewer, public_id, vote_id)
    except Refused as refused:
        return _refused(slug, public_id, refused, Typing())
    notify("success", told(ASIDE))
    return redirect(LINKS.votes(slug), 303)


@blueprint.post("/<slug>/<public_id>/votes/<vote_id>/cloture")
@open_to("staff")
def close(slug: str, public_id: str, vote_id: str) -> AnyResponse:
    """Close a vote before its time."""
    headed(slug, public_id)
    try:
        act(voting.close, g.viewer, public_id, vote_id)
    except Refused as refused:
        return _refused(slug, public_id, refused, Typing())
    notify("success", told(CLOSED))
    return redirect(to_dossier(slug, public_id, f"vote-{vote_id}"), 303)


def _refused(slug: str, public_id: str, refused: Refused, typing: Typing) -> Response:
    case = opened(slug, public_id)
    why = Notice("warning", sentence(refused, case.scheme))
    return show_case(case, typing=typing, status=409, notices=(why,))
