"""Downloads for staff: handed out as files, never shown in the site; each opening is journalled."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, g, redirect
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.dossier import opened
from admin.showing import LINKS, act, notify, sentence
from dossiers.services import files
from dossiers.services.files import OpenedFile
from dossiers.services.refusals import Refused


@blueprint.get("/<slug>/<public_id>/pieces/<document_id>")
@open_to("staff")
def document(slug: str, public_id: str, document_id: str) -> AnyResponse:
    """A document of the dossier; back to its page while it waits for the scanner."""
    case = opened(slug, public_id)
    try:
        found: OpenedFile = act(files.open_file, g.viewer, public_id, document_id)
    except Refused as refused:
        notify("warning", sentence(refused, case.scheme))
        return redirect(LINKS.dossier(slug, public_id), 303)
    return download(found.name, found.media_type, found.content)


def download(name: str, media_type: str, content: bytes) -> Response:
    """A file as an attachment: whatever it holds, no browser runs it here."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
