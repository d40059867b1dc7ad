"""What every site must say, the choice of language, and the organisation's colours and logo."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import redirect, request
from werkzeug.wrappers import Response

from dossiers.services import publication
from dossiers.services.refusals import NotFound
from portal.cookies import keep_language
from portal.doors import blueprint, open_to
from portal.showing import front, organisation, read, show
from renderers.links import Links
from renderers.theme import theme

LINKS = Links()


@blueprint.post("/langue")
@open_to("anyone")
def choose_language() -> Response:
    """Keep the language chosen and come back to the page, one of ours only."""
    response = redirect(_own_path(request.form.get("to", "")), 303)
    chosen = request.form.get("language", "")
    return keep_language(response, chosen) if chosen in organisation().languages else response


def _own_path(path: str) -> str:
    """A path of this site; anything else is the first page. A second slash or a backslash would lead elsewhere."""
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if own and "\\" not in path else LINKS.home()


@blueprint.get("/mentions")
@open_to("anyone")
def legal() -> Response:
    """Legal mentions, personal data by scheme, and what the rules compute."""
    schemes = [read(publication.current, card.slug).scheme for card in read(publication.open_schemes)]
    return show("portal/legal.html", schemes=schemes)


@blueprint.get("/accessibilite")
@open_to("anyone")
def accessibility() -> Response:
    """The accessibility statement, which says that no audit was made yet."""
    return show("portal/accessibility.html")


@blueprint.get("/logo")
@open_to("anyone")
def logo() -> Response:
    """The organisation's logo. A picture of the kind SVG may hold scripts: opened by itself, it runs none."""
    found = front().logo
    if found is None:
        raise NotFound("logo")
    response = FlaskResponse(found.content, mimetype=found.media_type)
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@blueprint.get("/theme.css")
@open_to("anyone")
def colours() -> Response:
    """The organisation's colours."""
    response = FlaskResponse(theme(organisation().colours), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
