"""The jobs that are stuck, for administrators: counted, told in words, tried again one by one or all."""

from __future__ import annotations

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, language, notify, read, show, told
from dossiers.services import stuck as service
from renderers.catalogues import marked
from renderers.words.jobs import error_words, kind_words

TRIED = marked("It is being tried again.")
NOT_STUCK = marked("This one isn't stuck any more.")
ALL_TRIED = marked("Being tried again: %(count)s.")


@blueprint.get("/taches")
@open_to("administrator")
def stuck_jobs() -> Response:
    """How many jobs stand how, and those that want somebody."""
    page = request.args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    view: service.StuckView = read(service.stuck, g.viewer, page=number)
    lines = [(one, kind_words(one.kind, language()), error_words(one.error, language())) for one in view.rows]
    return show("admin/jobs.html", view=view, lines=lines)


@blueprint.post("/taches/<int:job_id>/relancer")
@open_to("administrator")
def retry_job(job_id: int) -> AnyResponse:
    """Try one again at once."""
    tried = act(service.retry, g.viewer, job_id)
    notify("success" if tried else "info", told(TRIED if tried else NOT_STUCK))
    return redirect(LINKS.jobs(), 303)


@blueprint.post("/taches/relancer")
@open_to("administrator")
def retry_jobs() -> AnyResponse:
    """Try all those given up again."""
    notify("success", told(ALL_TRIED, count=act(service.retry_all, g.viewer)))
    return redirect(LINKS.jobs(), 303)
