"""The open data of a scheme, at an address of its own, for everybody."""

from __future__ import annotations

from flask import Response

from portal.doors import blueprint, open_to
from portal.showing import read
from renderers.downloads import headers


@blueprint.get("/aides/<slug>/subventions.csv")
@open_to("anyone")
def open_data(slug: str) -> Response:
    """The file published last; 404 where nothing is."""
    from dossiers.services import exports  # the whole of exports, for the few who take one
    from dossiers.services.export_views import Taken

    taken: Taken = read(exports.published, slug)
    response = Response(taken.content, mimetype=taken.media_type)
    response.headers.update(headers(taken.name, taken.media_type, shown=False))
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.content_length = taken.size
    return response
