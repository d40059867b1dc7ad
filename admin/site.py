"""What administrators watch: which versions of which schemes are published."""

from __future__ import annotations

from flask import Response

from admin.doors import blueprint, open_to
from admin.showing import read, show
from dossiers.services import publication


@blueprint.get("/dispositifs")
@open_to("administrator")
def schemes() -> Response:
    """The versions published, by scheme."""
    return show("admin/schemes.html", versions=read(publication.versions))
