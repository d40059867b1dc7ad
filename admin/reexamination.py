"""Refused dossiers judged again under the version in force: what it would do, its beginning, and how far it is."""

from __future__ import annotations

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.doors import blueprint, open_to
from admin.showing import LINKS, act, front, notify, read, sentence, show, told
from admin.simulation import number
from dossiers.services import deciders, publication
from dossiers.services.refusals import Refused
from renderers.catalogues import marked
from renderers.frame import Notice
from renderers.words import reexaminations as words

BEGUN = marked("The re-examination has begun: %(total)s dossiers are judged again, one after the other.")


@blueprint.get("/dispositifs/<slug>/reexamen")
@open_to("staff")
def reexamination(slug: str) -> Response:
    """The figures of what would be done, the form that begins it, and the campaigns so far."""
    return _show(slug, request.args.get("action") or None, number("contre"))


@blueprint.post("/dispositifs/<slug>/reexamen")
@open_to("staff")
def begin_reexamination(slug: str) -> Response:
    """Begin, on the figures that were shown; the worker goes on with it."""
    from dossiers.services import campaigns
    from dossiers.services import reexamination as service

    form = request.form
    action, against = form.get("action") or None, _posted("contre")
    deciders.require(g.viewer, read(publication.current, slug).scheme)
    try:
        campaign = act(
            service.begin,
            g.viewer,
            slug,
            comment=form.get("comment", ""),
            action=action,
            against=against,
            expected=_posted("expected"),
        )
    except Refused as refused:
        return _show(slug, action, against, refused)
    total = read(campaigns.progress, campaign.id).total
    notify("success", told(BEGUN, total=total))
    return redirect(LINKS.reexamination(slug), 303)


def _show(slug: str, action: str | None, against: int | None, refused: Refused | None = None) -> Response:
    from dossiers.services import campaigns
    from dossiers.services import reexamination as service

    scheme = read(publication.current, slug).scheme
    deciders.require(g.viewer, scheme)
    notices = [Notice("warning", sentence(refused, scheme))] if refused else []
    preview = None
    try:
        preview = front().desk.read(service.preview, slug, action=action, against=against)
    except Refused as why:
        notices = notices or [Notice("warning", sentence(why, scheme))]
    found = [(one, read(campaigns.progress, one.id)) for one in read(campaigns.of_scheme, slug)]
    return show(
        "admin/reexamination.html",
        422 if refused else 200,
        tuple(notices),
        slug=slug,
        scheme=scheme,
        preview=preview,
        actions=service.actions(scheme),
        versions=[one.number for one in read(publication.versions, slug)],
        against=against,
        comment=request.form.get("comment", ""),
        campaigns=[pair for pair in found if pair[0].kind == "reexamination"],
        words=words,
    )


def _posted(name: str) -> int | None:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
