"""Downloads: the documents of a dossier and its receipt, handed out as files or in a tab of their own."""

from __future__ import annotations

from flask import Response, g, redirect
from werkzeug.wrappers import Response as AnyResponse

from dossiers.services import files, tracking
from dossiers.services.files import OpenedFile
from dossiers.services.views import TrackingView
from portal.doors import blueprint, open_to
from portal.showing import act, notify, read, told
from renderers.catalogues import marked
from renderers.downloads import headers
from renderers.links import Links

LINKS = Links()
NOT_READY = marked("The PDF is being made: try again in a minute.")


@blueprint.get("/demandes/<public_id>/pieces/<document_id>")
@open_to("applicant")
def document(public_id: str, document_id: str) -> AnyResponse:
    """A document of the dossier, sent by its applicant or made by the office."""
    return download(act(files.open_file, g.viewer, public_id, document_id))


@blueprint.get("/demandes/<public_id>/pieces/<document_id>/voir")
@open_to("applicant")
def show_document(public_id: str, document_id: str) -> AnyResponse:
    """The same document in a tab of its own, when it is of a kind that browsers show."""
    return download(act(files.open_file, g.viewer, public_id, document_id), in_tab=True)


@blueprint.get("/demandes/<public_id>/pieces/<document_id>/vignette")
@open_to("applicant")
def thumbnail(public_id: str, document_id: str) -> AnyResponse:
    """A picture in small."""
    return download(read(files.thumbnail, g.viewer, public_id, document_id), in_tab=True)


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


def download(opened: OpenedFile, *, in_tab: bool = False) -> Response:
    """The file: whatever it holds, no browser runs it here."""
    response = Response(opened.content, mimetype=opened.media_type)
    response.headers.update(headers(opened.name, opened.media_type, shown=in_tab and opened.shown))
    return response
