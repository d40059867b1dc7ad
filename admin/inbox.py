"""The dossiers of one scheme: by state, by search, one's own, those that are late."""

from __future__ import annotations

from flask import Response, g, request

from admin.doors import blueprint, open_to
from admin.showing import read, show
from dossiers.services import inbox as service
from dossiers.services.deciders import may_simulate
from dossiers.services.office_views import InboxView


@blueprint.get("/<slug>/")
@open_to("staff")
def inbox(slug: str) -> Response:
    """One page of the list. A filter that makes no sense filters nothing."""
    asked = request.args
    page = asked.get("page", "1")
    view: InboxView = read(
        service.overview,
        g.viewer,
        slug,
        state=asked.get("etat") or None,
        query=asked.get("q", "")[:200],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        mine=asked.get("a-moi") == "1",
        overdue=asked.get("en-retard") == "1",
    )
    decides = may_simulate(g.viewer, view.scheme)
    return show("admin/inbox.html", view=view, everything=sum(view.counts.values()), may_simulate=decides)
