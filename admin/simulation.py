"""A version of the rules replayed on the dossiers that came in: figures, tables, and the dossiers that flip."""

from __future__ import annotations

from flask import Response, g, request

from admin.doors import blueprint, open_to
from admin.showing import act, front, read, show
from renderers.words import simulations as words


@blueprint.get("/dispositifs/<slug>/simulation")
@open_to("staff")
def simulate(slug: str) -> Response:
    """The form, and what came out once a version is asked for; each reading is journalled."""
    from dossiers.services import (
        simulation_pages as service,
    )  # what replays stays out of pages that only show
    from dossiers.services import simulations

    choices = read(service.choices, g.viewer, slug)
    version, against, by = number("version"), number("contre"), request.args.get("par") or None
    view = None
    if version is not None:
        kind = request.args.get("genre", "")
        view = front().desk.read(
            service.page,
            g.viewer,
            slug,
            version=version,
            against=against,
            by=by,
            kind=kind if kind in service.CHANGED else "newly_eligible",
            page=number("page") or 1,
        )
        act(simulations.note_reading, g.viewer, view.asked, slug)
    newest = choices.written.number if choices.written else choices.versions[0]
    asked = {"version": version or newest, "against": against, "by": by}
    return show(
        "admin/simulation.html",
        slug=slug,
        choices=choices,
        view=view,
        kinds=service.CHANGED,
        words=words,
        asked=asked,
    )


def number(name: str) -> int | None:
    """A number of the address; None when it isn't one."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
