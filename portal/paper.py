"""The form of a scheme on paper, for who doesn't apply online."""

from __future__ import annotations

from flask import redirect
from werkzeug.wrappers import Response

from dossiers.services import publication
from dossiers.services.files import OpenedFile
from dossiers.services.views import Published
from portal.documents import download
from portal.doors import blueprint, open_to
from portal.showing import front, language, notify, now, organisation, read, speak, told
from renderers.catalogues import marked
from renderers.links import Links
from renderers.paper_form import paper_form
from renderers.pdf import NotTypeset, pdf

LINKS = Links()
MOST_KEPT = 64
NOT_MADE = marked("The paper form can't be made at the moment: try again later, or ask us for it.")


@blueprint.get("/aides/<slug>/formulaire.pdf")
@open_to("anyone")
def blank_form(slug: str) -> Response:
    """The blank form as PDF, to print and fill in by hand."""
    published: Published = read(publication.current, slug)
    speak(published.scheme)
    try:
        content = _kept(published)
    except NotTypeset:
        notify("warning", told(NOT_MADE))
        return redirect(LINKS.scheme(slug), 303)
    return download(OpenedFile(f"{slug}.pdf", "application/pdf", content))


def _kept(published: Published) -> bytes:
    """Made once a day for each version and language: typesetting takes a process of its own."""
    papers, day = front().papers, organisation().local_date(now())
    key = (published.version_id, language(), day)
    if key not in papers:
        if len(papers) >= MOST_KEPT:
            papers.clear()
        papers[key] = _made(published)
    content: bytes = papers[key]
    return content


def _made(published: Published) -> bytes:
    paper = paper_form(
        published.scheme,
        language(),
        organisation=organisation(),
        link=front().links.scheme(published.scheme.id),
        today=organisation().local_date(now()),
    )
    return pdf(paper, front().logo, front().settings.fonts)
