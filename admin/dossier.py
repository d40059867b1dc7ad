"""One dossier, for who examines it."""

from __future__ import annotations

import re

from flask import Response, g, request

from admin.case_page import Typing, about_answer, show_anonymised, show_case
from admin.doors import blueprint, open_to
from admin.showing import act, read
from dossiers.services import casework, headings, messaging
from dossiers.services.anonymised_views import AnonymisedCase
from dossiers.services.headings import Heading
from dossiers.services.office_views import CaseView
from dossiers.services.refusals import NotFound, Refused

PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def opened(slug: str, public_id: str) -> CaseView:
    """The dossier, masked for the viewer; reading it may be journalled.

    Raises NotFound, under another scheme too, and Refused("anonymised").
    """
    case = _found(slug, public_id)
    if isinstance(case, AnonymisedCase):
        raise Refused("anonymised", at=case.anonymised_at)
    return case


def headed(slug: str, public_id: str) -> Heading:
    """What an act needs to know of the dossier beforehand, at a fraction of the price of its page. Raises as `opened`."""
    found: Heading = read(headings.heading, g.viewer, slug, public_id)
    return found


def _found(slug: str, public_id: str) -> CaseView | AnonymisedCase:
    case: CaseView | AnonymisedCase = act(casework.dossier, g.viewer, public_id)
    if case.slug != slug:
        raise NotFound("dossier")
    return case


@blueprint.get("/<slug>/<public_id>")
@open_to("staff")
def dossier(slug: str, public_id: str) -> Response:
    """The dossier, with the form of one action open when `action` names it."""
    onward = request.args.get("suivant", "")
    case = _found(slug, public_id)
    if isinstance(case, AnonymisedCase):
        return show_anonymised(case)
    beforehand = request.args.get("modele", "")
    written = read(messaging.written, g.viewer, public_id, beforehand) if beforehand else ""
    return show_case(
        case,
        action=request.args.get("action", ""),
        typing=Typing(message=written, beforehand=beforehand),
        onward=onward if PUBLIC_ID.fullmatch(onward) else None,
        about=about_answer(case, request.args.get("reponse", "")),
    )
