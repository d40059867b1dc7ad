"""The public page of figures of a scheme that opens them."""

from __future__ import annotations

from flask import Response

from portal.doors import blueprint, open_to
from portal.showing import language, organisation, read, show, speak


@blueprint.get("/aides/<slug>/chiffres")
@open_to("anyone")
def figures(slug: str) -> Response:
    """What a scheme tells everybody of its figures; not found where it tells nothing."""
    from dossiers.services import public_figures  # the whole of figures, for the few who look at them
    from portal.opened_figures import Said

    view: public_figures.PublicFigures = read(public_figures.opened, slug)
    speak(view.scheme)
    return show(
        "portal/figures.html",
        view=view,
        slug=slug,
        title=view.scheme.title.plain(language()),
        parts=Said(view, language()).parts(),
        fewest=public_figures.FEWEST,
        zone=organisation().zone,
    )
