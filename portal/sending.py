"""Documents sent one by one by a page's script, without leaving the page: the question comes back as it stands now."""

from __future__ import annotations

from collections.abc import Mapping

from flask import g, request
from werkzeug.wrappers import Response

from dossiers.services import files
from dossiers.services.files import InRow, Upload
from dossiers.services.views import ApplicationView, Rejected, Saved
from engine.problems import AnswerProblem
from portal.applying import TWICE
from portal.doors import blueprint, open_to
from portal.sent import controls_sent
from portal.showing import act, language, show, told
from renderers.control_views import Control
from renderers.controls import Questions, cell, controls, stored


@blueprint.post("/demandes/<public_id>/champs/<field_id>/pieces")
@open_to("applicant")
def send(public_id: str, field_id: str) -> Response:
    """Keep one document, in place of another when it says so; answers with the question (422 when it was refused)."""
    sent = [Upload(one.filename or "", one.read()) for one in request.files.getlist("document")]
    if "-" in field_id:
        return _sent_for_row(public_id, field_id, sent)
    kept: Saved | Rejected = act(
        files.add,
        g.viewer,
        public_id,
        field_id,
        uploads=sent,
        replacing=request.form.get("_replacing", ""),
        form=controls_sent(),
    )
    problems = kept.problems if isinstance(kept, Rejected) else ()
    return show_question(kept.view, field_id, problems, _said(kept.twice))


def show_question(
    view: ApplicationView, field_id: str, problems: tuple[AnswerProblem, ...], said: str
) -> Response:
    """One question alone, for the script to put in place of what was there."""
    one = view.scheme.fields[field_id]
    typed = {**stored((one,), view.reading.answers), **controls_sent()}
    [control] = controls((one,), _questions(view, typed, problems))
    return _alone(control, problems, said, str(view.draft_revision))


def _sent_for_row(public_id: str, name: str, sent: list[Upload]) -> Response:
    """The question of a row, its ids in it; the draft keeps them with the row, so its revision stays as the page knows it."""
    replacing, form = request.form.get("_replacing", ""), controls_sent()
    kept: InRow = act(
        files.add_to_row, g.viewer, public_id, name, uploads=sent, replacing=replacing, form=form
    )
    control = cell(kept.repeat, kept.inner, name, _questions(kept.view, kept.typed, kept.problems))
    return _alone(control, kept.problems, _said(kept.twice), "")


def _questions(
    view: ApplicationView, typed: Mapping[str, list[str]], problems: tuple[AnswerProblem, ...]
) -> Questions:
    return Questions(
        language=language(),
        typed=typed,
        problems=problems,
        reading=view.reading,
        documents=view.documents,
        dossier=view.public_id,
    )


def _said(twice: tuple[str, ...]) -> str:
    return told(TWICE, names=", ".join(twice)) if twice else ""


def _alone(control: Control, problems: tuple[AnswerProblem, ...], said: str, revision: str) -> Response:
    status = 422 if problems else 200
    return show("fields/alone.html", status, control=control, revision=revision, said=said)
