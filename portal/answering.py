"""An application as a whole: its pages, and what the office asked besides: a document by name, or why it can't be given."""

from __future__ import annotations

from collections.abc import Mapping

from flask import g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import requests
from dossiers.services.refusals import Refused
from dossiers.services.supplying import Unkept
from dossiers.services.views import ApplicationView
from portal.applying import application
from portal.doors import blueprint, open_to
from portal.sent import files_sent
from portal.showing import act, language, notify, organisation, show, told
from portal.task_list import task_list
from portal.time_left import closing
from renderers.attached import file_problems
from renderers.catalogues import marked
from renderers.links import Links
from renderers.words import refusal_sentence

LINKS = Links()
ANSWERED = marked("This is kept. It is sent with the rest, once you have checked it.")
TAKEN_BACK = marked("The document has been taken back.")


@blueprint.get("/demandes/<public_id>/")
@open_to("applicant")
def tasks(public_id: str) -> Response:
    """The pages of the application and how far each is."""
    return show_tasks(application(public_id), {})


def show_tasks(view: ApplicationView, wrong: Mapping[int, str], typed: str = "") -> Response:
    """The list of pages, and what the office asked; with what is wrong with the answer to a point (422)."""
    return show(
        "portal/tasks.html",
        422 if wrong else 200,
        list=task_list(view, language()),
        closing=closing(view),
        request=view.request,
        reason=view.reason,
        wrong=wrong,
        typed=typed,
        problems=bool(wrong),
    )


@blueprint.post("/demandes/<public_id>/points/<int:point_id>")
@open_to("applicant")
def answer_point(public_id: str, point_id: int) -> Response:
    """Keep documents sent for a point, or a word on it."""
    said = request.form.get("said", "")
    try:
        act(requests.answer, g.viewer, public_id, point_id, said=said, files=files_sent("document"))
    except Unkept as unkept:
        wrong = file_problems(unkept, language())
        return show_tasks(application(public_id), {point_id: wrong}, said)
    except Refused as refused:
        if refused.code != "too_long":
            raise
        wrong = refusal_sentence(refused, None, language(), zone=organisation().zone)
        return show_tasks(application(public_id), {point_id: wrong}, said)
    notify("success", told(ANSWERED))
    return redirect(f"{LINKS.application(public_id)}#point-{point_id}", 303)


@blueprint.post("/demandes/<public_id>/points/<int:point_id>/retirer/<document_id>")
@open_to("applicant")
def take_back(public_id: str, point_id: int, document_id: str) -> Response:
    """Take back a document sent for a point."""
    act(requests.take_back, g.viewer, public_id, point_id, document_id)
    notify("success", told(TAKEN_BACK))
    return redirect(f"{LINKS.application(public_id)}#point-{point_id}", 303)
