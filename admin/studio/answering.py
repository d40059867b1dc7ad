"""What the editor asks while somebody types: problems, what may stand here, what this is. JSON, nothing written."""

from __future__ import annotations

import json
from dataclasses import asdict

from flask import Response, request

from admin.doors import blueprint, open_to
from admin.showing import language
from admin.studio.sent import draft, number_sent, typed_over
from admin.studio.writing import checked
from authoring.studio.diagnostics import diagnostics
from authoring.studio.examined import examined
from authoring.studio.offering import Offer, offers
from authoring.studio.telling import told as told_at
from renderers.catalogues import say


@blueprint.post("/dispositifs/<slug>/atelier/controle")
@open_to("administrator")
def check_typed(slug: str) -> Response:
    """The problems of the text as it is typed: the quick ones, or all of them with `_depth=deep`."""
    files = typed_over(draft(slug))
    deep = request.form.get("_depth") == "deep"
    found = checked(files) if deep else diagnostics(examined(files).problems, files, language())
    return _answer({"problems": [asdict(one) for one in found]})


@blueprint.post("/dispositifs/<slug>/atelier/propositions")
@open_to("administrator")
def offer(slug: str) -> Response:
    """What may stand at the cursor."""
    files = typed_over(draft(slug))
    column, found = offers(
        files, request.form.get("_file", ""), number_sent("_line"), number_sent("_column"), language()
    )
    return _answer({"from": column, "offers": [_offer(one) for one in found]})


@blueprint.post("/dispositifs/<slug>/atelier/infobulle")
@open_to("administrator")
def tell(slug: str) -> Response:
    """What stands under the pointer; an empty object when there is nothing to say."""
    files = typed_over(draft(slug))
    found = told_at(
        files, request.form.get("_file", ""), number_sent("_line"), number_sent("_column"), language()
    )
    if found is None:
        return _answer({})
    return _answer({**asdict(found), "note": _said(found.note)})


def _offer(one: Offer) -> dict[str, object]:
    return {**asdict(one), "note": _said(one.note)}


def _said(note: str) -> str:
    """A description of the language's schema, in the viewer's language."""
    return say(language(), note) if note else ""


def _answer(data: object) -> Response:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
