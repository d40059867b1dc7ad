"""Who has a dossier in hand: the next of the queue taken by one button, one handed over, one put back."""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.doors import blueprint, open_to
from admin.dossier import headed
from admin.showing import LINKS, act, notify, sentence, told
from admin.way import to_dossier
from dossiers.services import handing_over, taking_next
from dossiers.services.refusals import Refused
from renderers.catalogues import marked

NOTHING = marked("Nothing waits for you in the queue.")
TAKEN = marked("This dossier is yours now: it was first in the queue.")
HANDED, PUT_BACK = marked("The dossier is given to %(name)s."), marked("The dossier is back in the queue.")


@blueprint.post("/<slug>/suivant")
@open_to("staff")
def take_next(slug: str) -> Response:
    """Take the dossier to treat first that nobody holds."""
    found: str | None = act(taking_next.take_next, g.viewer, slug)
    if found is None:
        notify("info", told(NOTHING))
        return redirect(LINKS.inbox(slug, turn="moi"), 303)
    notify("success", told(TAKEN))
    return redirect(LINKS.dossier(slug, found), 303)


@blueprint.post("/<slug>/<public_id>/attribution")
@open_to("staff")
def hand_over(slug: str, public_id: str) -> Response:
    """Give the dossier to somebody, with a word; to nobody, it goes back to the queue."""
    before = headed(slug, public_id)
    to, note = request.form.get("to", ""), request.form.get("note", "")
    try:
        name: str = act(handing_over.hand_over, g.viewer, public_id, to, note=note)
    except Refused as refused:
        notify("warning", sentence(refused, before.scheme))
    else:
        notify("success", told(HANDED, name=name) if name else told(PUT_BACK))
    return redirect(to_dossier(slug, public_id), 303)
