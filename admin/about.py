"""What staff put beside the answers of a dossier: a value corrected with its reason, tags. All by POST."""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.case_page import about_answer, show_case
from admin.doors import blueprint, open_to
from admin.dossier import opened
from admin.showing import act, notify, sentence, told
from admin.way import to_dossier
from dossiers.services import correcting, tagging
from dossiers.services.fired import FormRejected
from dossiers.services.refusals import Refused
from renderers.catalogues import marked
from renderers.frame import Notice

CORRECTED = marked(
    "The answer is corrected, and the rules are judged again. The applicant reads it on their page."
)
TAGGED, UNTAGGED = marked("The tag is put on the dossier."), marked("The tag is taken off.")


@blueprint.post("/<slug>/<public_id>/corrections/<field>")
@open_to("staff")
def correct(slug: str, public_id: str, field: str) -> Response:
    """Correct an answer. Slips come back with all that was typed (422)."""
    case = opened(slug, public_id)
    reason = request.form.get("_reason", "")
    form = {name: values for name, values in request.form.lists() if name[:1] != "_"}
    form.pop("csrf_token", None)
    try:
        done: FormRejected | None = act(
            correcting.correct, g.viewer, public_id, field, form=form, reason=reason
        )
    except Refused as refused:
        why = (Notice("warning", sentence(refused, case.scheme)),)
        about = about_answer(case, field, form, reason=reason)
        return show_case(case, about=about, status=422, notices=why)
    if done is not None:
        about = about_answer(case, field, done.typed, done.problems, reason)
        return show_case(case, about=about, status=422)
    notify("success", told(CORRECTED))
    return redirect(to_dossier(slug, public_id, "answers"), 303)


@blueprint.post("/<slug>/<public_id>/etiquettes")
@open_to("staff")
def tag(slug: str, public_id: str) -> Response:
    """Put a tag on the dossier."""
    return _tagged(slug, public_id, tagging.tag, TAGGED)


@blueprint.post("/<slug>/<public_id>/etiquettes/retirer")
@open_to("staff")
def untag(slug: str, public_id: str) -> Response:
    """Take a tag off."""
    return _tagged(slug, public_id, tagging.untag, UNTAGGED)


def _tagged(slug: str, public_id: str, verb: object, said: str) -> Response:
    case = opened(slug, public_id)
    try:
        act(verb, g.viewer, public_id, request.form.get("tag", ""))
    except Refused as refused:
        notify("warning", sentence(refused, case.scheme))
    else:
        notify("success", told(said))
    return redirect(to_dossier(slug, public_id), 303)
