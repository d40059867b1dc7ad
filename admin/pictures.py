"""A scheme in pictures: its workflow with the dossiers in each state, and the map of its form; the same in words."""

from __future__ import annotations

from flask import Response

from admin.doors import blueprint, open_to
from admin.showing import language, read, show
from dossiers.services import census, publication
from renderers import pictures


@blueprint.get("/dispositifs/<slug>/circuit")
@open_to("administrator")
def pictures_of(slug: str) -> Response:
    """The version in force, drawn."""
    scheme = read(publication.current, slug).scheme
    counts = read(census.by_state, slug)
    return show(
        "admin/pictures.html",
        scheme=scheme,
        workflow=pictures.workflow_svg(scheme, language(), counts),
        steps=pictures.steps(scheme, language(), counts),
        form=pictures.form_svg(scheme, language()),
    )
