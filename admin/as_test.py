"""A dossier made into a test of its scheme, to be copied: for administrators who serve the scheme."""

from __future__ import annotations

from flask import Response, g

from admin.doors import blueprint, open_to
from admin.dossier import opened
from admin.showing import act, show
from dossiers.services import as_test as tests


@blueprint.get("/<slug>/<public_id>/essai")
@open_to("administrator")
def as_test(slug: str, public_id: str) -> Response:
    """The YAML to paste under `tests:`; the reading is journalled."""
    case = opened(slug, public_id)
    text: str = act(tests.as_test, g.viewer, public_id)
    return show("admin/as_test.html", case=case, text=text)
