"""A form whose documents are more than a request carries: its page comes back with all that was typed, and without them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import g, request
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_input_stream

from dossiers.services import tracking
from dossiers.services.refusals import NotFound, Refused
from portal.applying import application, show_page
from portal.following import show_tracking
from portal.form_pages import Typing
from portal.sent import asked_ids, controls_sent
from portal.showing import notify, read, told
from renderers.catalogues import marked

TIMES = 4  # how much more than a request may carry is still read, for what was typed beside the documents
SAVED, REPLIED = "portal.save", "portal.reply"  # the pages where people type and send documents
TOO_LARGE = marked(
    "The documents are too big: none was kept. Send them one at a time, or make them lighter: a photo needs no more than 2 MB. What you typed is still here, and not saved yet."
)


class _Nowhere(BytesIO):
    """Where documents nobody keeps are written to."""

    def write(self, content: Any, /) -> int:
        """Keep nothing of it."""
        return len(content)


def _nowhere(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> _Nowhere:
    return _Nowhere()


def typed_again() -> Response | None:
    """The page the form was sent from, as it was typed (413); None when it can't be shown, or wasn't sent from one."""
    public_id = (request.view_args or {}).get("public_id")
    if request.endpoint not in (SAVED, REPLIED) or g.viewer.kind != "applicant" or not _read_controls():
        return None
    try:
        response = _reply(str(public_id)) if request.endpoint == REPLIED else _page(str(public_id))
    except (NotFound, Refused):
        return None
    if response.status_code < 300:
        response.status_code = 413
    return response


def _read_controls() -> bool:
    """Read what was typed, and let the documents go; whether that could be done."""
    most = TIMES * (request.max_content_length or 0)
    if not (request.content_length or 0) < most:
        return False
    parser = FormDataParser(
        stream_factory=_nowhere,
        max_form_memory_size=request.max_form_memory_size,
        max_form_parts=request.max_form_parts,
        silent=False,
    )
    try:
        stream = get_input_stream(request.environ, max_content_length=most)
        _, form, _ = parser.parse(stream, request.mimetype, request.content_length, request.mimetype_params)
    except (HTTPException, ValueError):
        return False
    # as werkzeug keeps them, so that whoever asks the request again finds them
    request.__dict__.update(form=form, files=type(form)())
    return True


def _page(public_id: str) -> Response:
    page_id = str((request.view_args or {})["page_id"])
    view = application(public_id)
    notify("warning", told(TOO_LARGE))
    return show_page(view, page_id, Typing(controls_sent(), (), frozenset(asked_ids() or ())))


def _reply(public_id: str) -> Response:
    view = read(tracking.dossier, g.viewer, public_id)
    return show_tracking(view, body=request.form.get("body", ""), wrong=told(TOO_LARGE))
