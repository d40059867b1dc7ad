"""Lists of decisions: looked at whole, lines taken out, signed as one act, printed."""

from __future__ import annotations

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.documents import download
from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, notify, read, sentence, show, told
from dossiers.services import lists as service
from dossiers.services.campaign_views import Campaign
from dossiers.services.items_seen import lines
from dossiers.services.list_lines import paper, total
from dossiers.services.opened import roles_in
from dossiers.services.opened_files import OpenedFile
from dossiers.services.refusals import Refused
from engine.language import Scheme
from renderers.catalogues import marked

SIGNED = marked("Signed under the number %(number)s. Each decision is now done, one after the other.")
TAKEN_OUT = marked("Taken out: %(count)s lines.")


@blueprint.post("/<slug>/lots/<campaign_id>/signer")
@open_to("staff")
def sign_list(slug: str, campaign_id: str) -> AnyResponse:
    """Sign the list, on the number of lines that was shown."""
    expected = request.form.get("_expected", "")
    try:
        lines_seen = int(expected) if expected.isascii() and expected.isdigit() else -1
        done: Campaign = act(service.sign, g.viewer, slug, campaign_id, expected=lines_seen)
        notify("success", told(SIGNED, number=done.list_number))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.batch(slug, campaign_id), 303)


@blueprint.post("/<slug>/lots/<campaign_id>/retirer")
@open_to("staff")
def take_out(slug: str, campaign_id: str) -> AnyResponse:
    """Take the lines ticked out of the list."""
    try:
        count = act(service.take_out, g.viewer, slug, campaign_id, request.form.getlist("_d"))
        notify("success", told(TAKEN_OUT, count=count))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.batch(slug, campaign_id), 303)


@blueprint.get("/<slug>/lots/<campaign_id>/bordereau.pdf")
@open_to("staff")
def list_paper(slug: str, campaign_id: str) -> Response:
    """What was signed, on paper."""
    found: OpenedFile = read(paper, g.viewer, slug, campaign_id)
    return download(found.name, found.media_type, found.content, shown=True)


def show_list(slug: str, scheme: Scheme, found: Campaign) -> Response:
    """A list that waits for its signature."""
    action = scheme.workflow.actions.get(str(found.options["action"]))
    every = read(lines, g.viewer, found)
    mine = found.asked_by.id == str(g.viewer.account_id)
    may_sign = action is not None and bool(roles_in(g.viewer, slug) & set(action.by)) and not mine
    return show(
        "admin/list.html",
        slug=slug,
        scheme=scheme,
        batch=found,
        action=action,
        lines=every,
        total=total(every),
        currency=scheme.award.currency if scheme.award else "EUR",
        may_sign=may_sign,
        mine=mine,
    )
