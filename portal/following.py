"""Following an application: where it stands, messages, what the applicant may still do."""

from __future__ import annotations

from collections.abc import Mapping

from flask import g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import decisions, messaging, owned, retention, supplying, tracking
from dossiers.services.anonymised_views import AnonymisedView
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.views import TrackingView
from engine.language.model import APPLICANT
from engine.problems import AnswerProblem
from portal.checking import appeal_of
from portal.doors import blueprint, open_to
from portal.reasons import reasons_of
from portal.sent import controls_sent, documents_sent, files_sent, kept_sent, revision_sent
from portal.showing import act, forget_kept, language, notify, organisation, read, show, speak, told
from renderers.attached import file_problems
from renderers.catalogues import marked
from renderers.conflicts import shown_change
from renderers.control_views import Control
from renderers.controls import Questions, controls
from renderers.links import Links
from renderers.words import refusal_sentence

LINKS = Links()
SENT = marked("Your message has been sent.")
ANONYMISED, ERASED = (
    marked("This application has been anonymised"),
    marked("This application has been erased"),
)
ADDED = marked("Your document has been received.")
DONE = marked("Done: %(action)s.")


@blueprint.get("/mes-demandes")
@open_to("applicant")
def mine() -> Response:
    """The applications of whoever is signed in."""
    return show("portal/mine.html", rows=read(owned.mine, g.viewer), zone=organisation().zone)


@blueprint.get("/suivi/<public_id>")
@open_to("anyone")
def follow(public_id: str) -> Response:
    """Where a dossier stands, for its applicant; a draft leads to its own pages.

    One that was anonymised says so to whoever kept its address: nobody's mail can prove that it is theirs any more.
    """
    try:
        view = _dossier(public_id)
    except NotFound:
        return _gone(public_id)
    if view.reference is None:
        return redirect(LINKS.application(public_id))
    if view.unread:
        act(messaging.seen_by_applicant, g.viewer, public_id)
    if view.decision is not None and view.decision.read_at is None and view.party == APPLICANT:
        act(decisions.note_read, g.viewer, public_id)
    return show_tracking(view)


def _gone(public_id: str) -> Response:
    """What is left of an anonymised dossier; for any other, what somebody is told who may not see it."""
    gone: AnonymisedView | None = read(retention.anonymised, public_id)
    if gone is not None:
        title = told(ERASED if gone.draft else ANONYMISED)
        return show("portal/anonymised.html", 410, gone=gone, title=title, zone=organisation().zone)
    if g.viewer.kind != "applicant":
        return redirect(LINKS.session_over(), 303)
    raise NotFound("dossier")


def _dossier(public_id: str) -> TrackingView:
    found: TrackingView = read(tracking.dossier, g.viewer, public_id)
    speak(found.scheme)
    return found


def show_tracking(
    view: TrackingView,
    refused: Refused | None = None,
    body: str = "",
    kept: str = "",
    slips: Mapping[str, tuple[AnswerProblem, ...]] | None = None,
    wrong: str = "",
) -> Response:
    """The page of a dossier; with the reason and the message typed when something was refused (422).

    `kept`: the handle of a message that outlived its session; `wrong`: what is wrong with the files of a message.
    """
    problem = wrong
    if refused is not None:
        problem = refusal_sentence(refused, view.scheme, language(), zone=organisation().zone)
    return show(
        "portal/tracking.html",
        422 if problem or slips else 200,
        view=view,
        zone=organisation().zone,
        reasons=reasons_of(view.decision.rules, language()) if view.decision else (),
        appeal=appeal_of(view.receipt, view.decision.at) if view.decision and view.receipt else "",
        body=body,
        kept=kept or kept_sent(),
        lost=[shown_change(one, language()) for one in view.editing.lost],
        corrected=[(one, shown_change(one.change, language())) for one in view.corrected],
        problem=problem,
        problems=bool(problem),
        awaited=_awaited(view, slips or {}),
    )


def _awaited(view: TrackingView, slips: Mapping[str, tuple[AnswerProblem, ...]]) -> tuple[Control, ...]:
    """The questions about the documents the payment waits for, with what was wrong with what was sent."""
    return tuple(
        one
        for awaited in view.awaited
        for one in controls(
            (awaited.field,),
            Questions(language(), controls_sent(), problems=slips.get(awaited.field.id, ())),
        )
    )


@blueprint.post("/suivi/<public_id>/pieces/<field_id>")
@open_to("applicant")
def supply(public_id: str, field_id: str) -> Response:
    """Send a document the payment waits for."""
    sent = documents_sent().get(field_id, [])
    try:
        act(supplying.supply, g.viewer, public_id, field_id, uploads=sent, form=controls_sent())
    except supplying.Unkept as unkept:
        return show_tracking(_dossier(public_id), slips={field_id: unkept.problems})
    notify("success", told(ADDED))
    return redirect(LINKS.tracking(public_id), 303)


@blueprint.post("/suivi/<public_id>/messages")
@open_to("applicant")
def reply(public_id: str) -> Response:
    """Write to the office, with files."""
    body = request.form.get("body", "")
    try:
        act(messaging.from_applicant, g.viewer, public_id, body=body, files=files_sent("files"))
    except Refused as refused:
        if refused.code not in ("empty", "too_long", "messages_closed"):
            raise
        return show_tracking(_dossier(public_id), refused, body)
    except supplying.Unkept as unkept:
        return show_tracking(_dossier(public_id), body=body, wrong=file_problems(unkept, language()))
    forget_kept()
    notify("success", told(SENT))
    return redirect(f"{LINKS.tracking(public_id)}#messages", 303)


@blueprint.get("/suivi/<public_id>/actions/<action_id>")
@open_to("applicant")
def confirm(public_id: str, action_id: str) -> Response:
    """Ask whether one is sure."""
    view = _dossier(public_id)
    action = next((one for one in view.actions if one.id == action_id), None)
    if action is None:
        raise NotFound("action")
    ends = view.scheme.workflow.states[action.to].kind == "end"
    return show("portal/confirm.html", view=view, action=action, ends=ends)


@blueprint.post("/suivi/<public_id>/actions/<action_id>")
@open_to("applicant")
def do(public_id: str, action_id: str) -> Response:
    """Do what was confirmed."""
    try:
        view: TrackingView = act(
            tracking.act, g.viewer, public_id, action_id, revision=revision_sent(), comment=""
        )
    except Refused as refused:
        if refused.code in ("not_editable", "incomplete"):
            raise
        return show_tracking(_dossier(public_id), refused)
    done = view.scheme.workflow.actions[action_id].label.plain(language())
    notify("success", told(DONE, action=done))
    return redirect(LINKS.tracking(public_id), 303)
