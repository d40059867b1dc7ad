"""The page that leads a rehearsal, for administrators: what day it is there, moving on, beginning again.

On a real site these addresses are pages that don't exist.
"""

from __future__ import annotations

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, language, notify, read, sentence, show, told, zone
from dossiers.services import rehearsing
from dossiers.services.refusals import Refused
from renderers.catalogues import marked
from renderers.words.figures import day

MOVED = marked("Today is %(day)s here. What fell due meanwhile is being done.")
BEGUN_AGAIN = marked("The rehearsal begins again: it is empty, and %(day)s.")
TICK_FIRST = marked("Tick the box first: what was done here can't be brought back.")


@blueprint.get("/repetition")
@open_to("administrator")
def rehearsal() -> Response:
    """How the rehearsal stands."""
    return _show()


@blueprint.post("/repetition/jour")
@open_to("administrator")
def move_on() -> AnyResponse:
    """Move the clock ahead by days."""
    text = request.form.get("days", "").strip()
    days = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    try:
        now = act(rehearsing.move_on, g.viewer, days)
    except Refused as refused:
        return _show(typed=text, wrong_days=sentence(refused, None))
    notify("success", told(MOVED, day=day(now.astimezone(zone()).date(), language())))
    return redirect(LINKS.rehearsal(), 303)


@blueprint.post("/repetition/recommencer")
@open_to("administrator")
def begin_again() -> AnyResponse:
    """Empty the rehearsal, once the box was ticked."""
    if request.form.get("sure") != "yes":
        read(rehearsing.standing, g.viewer)  # on a real site there is nothing to empty
        return _show(unsure=told(TICK_FIRST))
    act(rehearsing.begin_again, g.viewer)
    today = read(rehearsing.standing, g.viewer).today
    notify("success", told(BEGUN_AGAIN, day=day(today, language())))
    return redirect(LINKS.rehearsal(), 303)


def _show(typed: str = "1", wrong_days: str = "", unsure: str = "") -> Response:
    view = read(rehearsing.standing, g.viewer)
    status = 422 if wrong_days or unsure else 200
    return show(
        "admin/rehearsal.html",
        status,
        view=view,
        typed=typed,
        wrong_days=wrong_days,
        unsure=unsure,
        problems=status == 422,
    )
