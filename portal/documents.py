"""Downloads: the documents of a dossier and its receipt, each handed out as a file and never shown in the site."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, g, redirect
from werkzeug.wrappers import Response as AnyResponse

from dossiers.services import files, tracking
from dossiers.services.files import OpenedFile
from dossiers.services.views import TrackingView
from portal.doors import blueprint, open_to
from portal.showing import act, notify, read, told
from renderers.catalogues import marked
from renderers.links import Links

LINKS = Links()
NOT_READY = marked("The PDF is being made: try again in a minute.")


@blueprint.get("/demandes/<public_id>/pieces/<document_id>")
@open_to("applicant")
def document(public_id: str, document_id: str) -> AnyResponse:
    """A document of the dossier, sent by its applicant or made by the office."""
    return download(act(files.open_file, g.viewer, public_id, document_id))


@blueprint.get("/demandes/<public_id>/recu.pdf")
@open_to("applicant")
def receipt_pdf(public_id: str) -> AnyResponse:
    """The last receipt, to keep; back to its page while it is being made."""
    view: TrackingView = read(tracking.dossier, g.viewer, public_id)
    made = [one for one in view.documents if one.origin == "receipt" and one.available]
    if not made:
        notify("info", told(NOT_READY))
        return redirect(LINKS.receipt(public_id), 303)
    return download(act(files.open_file, g.viewer, public_id, made[-1].public_id))


def download(opened: OpenedFile) -> Response:
    """The file as an attachment: whatever it holds, no browser runs it here."""
    response = Response(opened.content, mimetype=opened.media_type)
    name = quote(opened.name, safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
