"""Signing what one may see, with a code sent by mail; and the people a dossier concerns besides its applicant."""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import joining, signing
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.signing import Signed, SigningView
from portal.applying import application, onward
from portal.checking import show_check
from portal.doors import blueprint, open_to
from portal.showing import act, language, notify, organisation, read, show, told
from renderers.catalogues import marked
from renderers.links import Links
from renderers.summary import Summary, answer_pages
from renderers.words import refusal_sentence

LINKS = Links()
SENT = marked("A code is on its way to %(email)s. Type it below.")
THANKS = marked("You have signed.")
ALL_SIGNED = marked("Everybody has signed: the application goes on.")
WRONG = marked("This is not the code we sent: %(left)s tries are left.")
SPENT = marked("This code doesn't hold any more: ask for another one.")
CHANGED = marked("The answers have changed since this page was opened: read them again, then sign.")
INVITED = marked("The invitation has been sent again.")
DECLINED = marked("Thank you: whoever named you is told. You are not part of this application any more.")
REFUSALS = {"wrong": WRONG, "spent": SPENT, "changed": CHANGED}
UNFINISHED = ("incomplete", "stopped")
TOLD_AT_CHECK = ("not_eligible", "duplicate", "not_open", "guard", "not_from_here")


@blueprint.get("/demandes/<public_id>/signer")
@open_to("applicant")
def sign_page(public_id: str) -> Response:
    """What is signed, and where the code goes; whose part isn't complete is led to what is left."""
    try:
        view: SigningView = read(signing.page, g.viewer, public_id)
    except Refused as refused:
        return _elsewhere(public_id, refused)
    except NotFound:
        return redirect(LINKS.tracking(public_id), 303)  # it has been signed, and went on
    return _show(view)


def _elsewhere(public_id: str, refused: Refused) -> Response:
    if refused.code in UNFINISHED:
        return onward(application(public_id))
    if refused.code == "not_editable":
        return redirect(LINKS.tracking(public_id), 303)
    raise refused


def _show(view: SigningView, problem: str = "") -> Response:
    reading = signing.signed_reading(view)
    return show(
        "portal/sign.html",
        422 if problem else 200,
        signing=view,
        view=view.view,
        pages=answer_pages(Summary(reading, language(), view.view.documents)),
        zone=organisation().zone,
        problem=problem,
        problems=bool(problem),
    )


@blueprint.post("/demandes/<public_id>/signer/code")
@open_to("applicant")
def ask_code(public_id: str) -> Response:
    """Send a code, and show where it goes."""
    try:
        act(signing.ask_code, g.viewer, public_id)
        view: SigningView = read(signing.page, g.viewer, public_id)
    except Refused as refused:
        if refused.code != "throttled":
            return _elsewhere(public_id, refused)
        problem = refusal_sentence(refused, None, language(), zone=organisation().zone)
        return _show(read(signing.page, g.viewer, public_id), problem)
    notify("info", told(SENT, email=view.email))
    return redirect(f"{LINKS.sign(public_id)}#code", 303)


@blueprint.post("/demandes/<public_id>/signer")
@open_to("applicant")
def sign(public_id: str) -> Response:
    """Sign; pressed twice, the same answer."""
    try:
        signed: Signed = act(
            signing.sign,
            g.viewer,
            public_id,
            code=request.form.get("code", ""),
            digest=request.form.get("_signed", ""),
        )
    except Refused as refused:
        if refused.code in TOLD_AT_CHECK:
            return show_check(application(public_id), refused)
        return _elsewhere(public_id, refused)
    if signed.outcome in REFUSALS:
        problem = told(REFUSALS[signed.outcome], left=signed.left)
        return _show(read(signing.page, g.viewer, public_id), problem)
    notify("success", told(ALL_SIGNED if signed.outcome == "filed" else THANKS))
    return redirect(LINKS.tracking(public_id), 303)


@blueprint.get("/demandes/<public_id>/pas-concerne")
@open_to("applicant")
def not_concerned(public_id: str) -> Response:
    """Ask whether one is sure that the application isn't about oneself."""
    return show("portal/not_concerned.html", view=application(public_id))


@blueprint.post("/demandes/<public_id>/pas-concerne")
@open_to("applicant")
def decline(public_id: str) -> Response:
    """Leave the application to whoever began it."""
    act(joining.decline, g.viewer, public_id)
    notify("success", told(DECLINED))
    return redirect(LINKS.home(), 303)


@blueprint.post("/suivi/<public_id>/parties/<party>")
@open_to("applicant")
def invite(public_id: str, party: str) -> Response:
    """Send an invitation again."""
    try:
        act(joining.invite_again, g.viewer, public_id, party)
    except Refused as refused:
        notify("warning", refusal_sentence(refused, None, language(), zone=organisation().zone))
    else:
        notify("success", told(INVITED))
    return redirect(f"{LINKS.tracking(public_id)}#parties", 303)
