"""The first page of the back office: the schemes somebody serves, and what waits there."""

from __future__ import annotations

from flask import Response, g

from admin.doors import blueprint, open_to
from admin.showing import read, show
from dossiers.services import inbox


@blueprint.get("/")
@open_to("staff")
def home() -> Response:
    """The schemes with their counts."""
    return show("admin/home.html", schemes=read(inbox.home, g.viewer))
