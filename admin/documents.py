"""Documents for staff: handed out as files or in a tab of their own; each opening is journalled."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.dossier import opened
from admin.showing import act, notify, read, sentence
from admin.way import to_dossier
from dossiers.services import files
from dossiers.services.files import OpenedFile
from dossiers.services.refusals import NotFound, Refused
from renderers.downloads import headers


@blueprint.get("/<slug>/<public_id>/pieces/<document_id>")
@open_to("staff")
def document(slug: str, public_id: str, document_id: str) -> AnyResponse:
    """A document of the dossier; back to its page while it waits for the scanner."""
    return _handed_out(slug, public_id, lambda: act(files.open_file, g.viewer, public_id, document_id))


@blueprint.get("/<slug>/<public_id>/pieces/<document_id>/voir")
@open_to("staff")
def show_document(slug: str, public_id: str, document_id: str) -> AnyResponse:
    """The same document in a tab of its own, or a frame beside the answers, when it is of a kind that browsers show."""
    return _handed_out(
        slug, public_id, lambda: act(files.open_file, g.viewer, public_id, document_id), in_tab=True
    )


@blueprint.get("/<slug>/<public_id>/pieces/<document_id>/vignette")
@open_to("staff")
def thumbnail(slug: str, public_id: str, document_id: str) -> AnyResponse:
    """A picture in small, beside the answers; what can't be shown in small isn't there."""
    try:
        found: OpenedFile = read(files.thumbnail, g.viewer, public_id, document_id)
    except Refused as refused:
        raise NotFound("document") from refused
    return download(found.name, found.media_type, found.content, shown=True)


def _handed_out(slug: str, public_id: str, open_it: Any, *, in_tab: bool = False) -> AnyResponse:
    case = opened(slug, public_id)
    try:
        found: OpenedFile = open_it()
    except Refused as refused:
        notify("warning", sentence(refused, case.scheme))
        return redirect(to_dossier(slug, public_id), 303)
    framed = request.args.get("cadre") == "1"
    return download(found.name, found.media_type, found.content, shown=in_tab and found.shown, framed=framed)


def download(
    name: str, media_type: str, content: bytes, *, shown: bool = False, framed: bool = False
) -> Response:
    """A file: whatever it holds, no browser runs it here."""
    response = Response(content, mimetype=media_type)
    response.headers.update(headers(name, media_type, shown=shown, framed=framed))
    return response
