"""What a form of the studio sent: the files as they are typed, over those that are saved."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import abort, g, request

from admin.showing import read
from authoring.studio.files import is_name, is_own, with_line_feeds
from dossiers.services import drafts
from dossiers.services.drafts import DraftView

TEXT = "text:"


def draft(slug: str) -> DraftView:
    """The text of a scheme as it stands. Raises NotFound."""
    found: DraftView = read(drafts.one, g.viewer, slug)
    return found


def texts_sent(mark: str = TEXT) -> dict[str, str]:
    """The files typed, by name, from controls called `text:NAME`; not those shared with other schemes, which are not
    written here. Answers 400 for a name no file of a scheme has."""
    found = {
        name.removeprefix(mark): with_line_feeds(text)
        for name, text in request.form.items()
        if name.startswith(mark)
    }
    if not all(is_name(name) for name in found):
        abort(400)
    return {name: text for name, text in found.items() if is_own(name)}


def typed_over(stands: DraftView) -> Mapping[str, str]:
    """The saved files with what is typed in their place."""
    return {**stands.files, **texts_sent()}


def number_sent(name: str) -> int:
    """A whole number of the form. Answers 400 for anything else."""
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        abort(400)
    return int(text)


def style_nonce() -> str:
    """Let this page hold the style the editor makes, and a frame of our own; the word its style must carry."""
    nonce = secrets.token_urlsafe(16)
    g.policy = {"style-src": f"'self' 'nonce-{nonce}'", "frame-src": "'self'"}
    return nonce
