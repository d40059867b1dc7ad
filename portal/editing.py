"""Changing what was filed, where the scheme lets its applicant: begun and given up here; the pages are those of the form."""

from __future__ import annotations

from flask import g, redirect
from werkzeug.wrappers import Response

from dossiers.services import editing
from portal.doors import blueprint, open_to
from portal.showing import act, notify, told
from renderers.catalogues import marked
from renderers.links import Links

LINKS = Links()
BEGUN = marked("You can change your answers. Until you send them again, the service sees what you had filed.")
GIVEN_UP = marked("Your changes are given up: what you had filed stands.")


@blueprint.post("/suivi/<public_id>/modifier")
@open_to("applicant")
def edit(public_id: str) -> Response:
    """Begin to change what was filed."""
    act(editing.begin, g.viewer, public_id)
    notify("info", told(BEGUN))
    return redirect(LINKS.application(public_id), 303)


@blueprint.post("/suivi/<public_id>/annuler-modifications")
@open_to("applicant")
def give_up_edit(public_id: str) -> Response:
    """Go back to what was filed."""
    act(editing.give_up, g.viewer, public_id)
    notify("success", told(GIVEN_UP))
    return redirect(LINKS.tracking(public_id), 303)
