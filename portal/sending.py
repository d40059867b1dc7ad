"""Documents sent one by one by a page's script, without leaving the page: the question comes back as it stands now."""

from __future__ import annotations

from flask import g, request
from werkzeug.wrappers import Response

from dossiers.services import files
from dossiers.services.files import Upload
from dossiers.services.views import ApplicationView, Rejected, Saved
from engine.problems import AnswerProblem
from portal.applying import TWICE
from portal.doors import blueprint, open_to
from portal.sent import controls_sent
from portal.showing import act, language, show, told
from renderers.controls import Questions, controls, stored


@blueprint.post("/demandes/<public_id>/champs/<field_id>/pieces")
@open_to("applicant")
def send(public_id: str, field_id: str) -> Response:
    """Keep one document, in place of another when it says so; answers with the question (422 when it was refused)."""
    sent = [Upload(one.filename or "", one.read()) for one in request.files.getlist("document")]
    kept: Saved | Rejected = act(
        files.add,
        g.viewer,
        public_id,
        field_id,
        uploads=sent,
        replacing=request.form.get("_replacing", ""),
        form=controls_sent(),
    )
    said = told(TWICE, names=", ".join(kept.twice)) if kept.twice else ""
    problems = kept.problems if isinstance(kept, Rejected) else ()
    return show_question(kept.view, field_id, problems, said)


def show_question(
    view: ApplicationView, field_id: str, problems: tuple[AnswerProblem, ...], said: str
) -> Response:
    """One question alone, for the script to put in place of what was there."""
    one = view.scheme.fields[field_id]
    questions = Questions(
        language=language(),
        typed={**stored((one,), view.reading.answers), **controls_sent()},
        problems=problems,
        reading=view.reading,
        documents=view.documents,
        dossier=view.public_id,
    )
    [control] = controls((one,), questions)
    return show(
        "fields/alone.html",
        422 if problems else 200,
        control=control,
        revision=view.draft_revision,
        said=said,
    )
