"""What the script of a question about options asks: a search in a long list, what fits the answers typed on the page."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, replace

from flask import Response, abort, g, request
from werkzeug.wrappers import Response as AnyResponse

from dossiers.services import applications, options
from engine.kinds.search import LONGEST, SETTLED, TYPED
from portal.doors import blueprint, open_to
from portal.form_pages import Typing, form_page
from portal.pace import Pace
from portal.sent import asked_ids, controls_sent
from portal.showing import language, read
from renderers import catalogues, pages
from renderers.choices import Search, searched
from renderers.control_views import Again, Control
from renderers.options import Asked
from renderers.territories import communes_found

PACE = Pace(50)


@blueprint.get("/aides/<slug>/choix/<int:number>/<name>")
@open_to("anyone")
def options_found(slug: str, number: int, name: str) -> AnyResponse:
    """The options of a published version that a text finds (`q`), in a language (`l`, else French). A version never changes,
    and nothing else is looked at: any cache may keep the answer. 404 for a field that is none, 429 when there are too many searches."""
    if not PACE.allow(time.monotonic()):
        return Response(status=429, headers={"Retry-After": "1"})
    field = read(options.searchable, slug, number, name)
    spoken = request.args.get("l", "")
    spoken = spoken if spoken in catalogues.languages() else catalogues.FIRST_LANGUAGE
    typed = request.args.get("q", "")[:LONGEST]
    is_place = field.kind == "commune"
    answer = _answer(communes_found(typed) if is_place else searched(Asked(field, {TYPED: [typed]}, spoken)))
    answer.headers["Cache-Control"] = "public, max-age=86400"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.post("/demandes/<public_id>/<page_id>/choix")
@open_to("applicant")
def choices_now(public_id: str, page_id: str) -> Response:
    """One question (`_question`) with what may be chosen by the answers typed on its page, none of which is kept; with
    `_q`, what a text finds among that."""
    name, sent = request.form.get("_question", ""), controls_sent()
    if "_q" in request.form:
        sent |= {name: [""], name + TYPED: [request.form["_q"][:LONGEST]], name + SETTLED: [""]}
    view = read(applications.as_typed, g.viewer, public_id, page_id, sent)
    asked = view.reading.page(page_id)
    typing = Typing(sent, (), frozenset(asked_ids() or ()))
    control = _named(form_page(view, asked, language(), typing).controls, name) if asked else None
    if control is None or control.offered is None:
        return abort(404)
    if "_q" in request.form:
        return _answer(control.offered.search or Search("", "", (), more=False, source=""))
    html = pages.render("fields/question.html", language(), control=replace(control, asked=""))
    return Response(html, mimetype="text/html")


def _named(controls: Iterable[Control | Again], name: str) -> Control | None:
    for one in controls:
        if isinstance(one, Again):  # its options change with nothing
            continue
        if one.name == name:
            return one
        if found := next((inner for row in one.rows if (inner := _named(row.controls, name))), None):
            return found
    return None


def _answer(search: Search) -> Response:
    found = [
        {key: value for key, value in asdict(one).items() if key in ("code", "label", "hint")}
        for one in search.found
    ]
    text = json.dumps({"found": found, "more": search.more}, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
