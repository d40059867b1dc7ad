"""The envelopes of a scheme in figures, for who works on its dossiers."""

from __future__ import annotations

from flask import Response, g

from admin.doors import blueprint, open_to
from admin.showing import read, show
from dossiers.services import ledger


@blueprint.get("/dispositifs/<slug>/enveloppes")
@open_to("staff")
def envelopes(slug: str) -> Response:
    """What is voted, set apart, committed, paid, and left."""
    scheme, found = read(ledger.for_staff, g.viewer, slug)
    return show(
        "admin/envelopes.html", scheme=scheme, slug=slug, envelopes=found, currency=scheme.award.currency
    )
