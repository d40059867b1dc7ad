"""Exports: a list, all the answers or what the scheme declares, as a file the worker makes; and open data."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Response, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.list_address import ListAddress, wanted_of
from admin.showing import LINKS, act, language, notify, read, sentence, show, told
from dossiers.services import exports as service
from dossiers.services.export_plans import ANSWERS, LIST, Asked, offered
from dossiers.services.export_views import ExportsPage, Taken
from dossiers.services.open_data import OPEN_DATA
from dossiers.services.refusals import Refused
from engine.language import Scheme
from renderers import downloads, exports
from renderers.catalogues import marked
from renderers.frame import Notice
from renderers.words.exports import failure_words, slip_words

LONGEST_LIST = 2000
WHAT = {LIST: marked("The list, as it is shown"), ANSWERS: marked("All the answers")}
PUBLISHED = marked("Open data")
ASKED = marked("The file is being made. This page may be closed.")
ERASED = marked("The file is erased.")
IS_PUBLIC = marked("The file is published.")


@blueprint.get("/<slug>/exports")
@open_to("staff")
def exports_page(slug: str) -> Response:
    """What may be exported, and one's own files."""
    return _show(slug, _address(slug, request.args))


@blueprint.post("/<slug>/exports")
@open_to("staff")
def ask_export(slug: str) -> AnyResponse:
    """Ask for a file."""
    address, form = _address(slug, request.form), request.form
    what = form.get("quoi", "")
    asked = Asked(
        what,
        "csv" if what == OPEN_DATA else form.get("format", ""),
        address.wanted,
        form.get("mots") == "1" and what != OPEN_DATA,
        language(),
    )
    try:
        act(service.ask, g.viewer, slug, asked)
    except Refused as refused:
        return _show(slug, address, asked, refused)
    notify("success", told(ASKED))
    return redirect(LINKS.exports(slug), 303)


@blueprint.get("/<slug>/exports/<export_id>/fichier")
@open_to("staff")
def export_file(slug: str, export_id: str) -> AnyResponse:
    """The file; each time it is taken is journalled."""
    try:
        return streamed(act(service.take_out, g.viewer, slug, export_id))
    except Refused as refused:
        notify("warning", sentence(refused, None))
        return redirect(LINKS.exports(slug), 303)


@blueprint.post("/<slug>/exports/<export_id>/effacer")
@open_to("staff")
def erase_export(slug: str, export_id: str) -> AnyResponse:
    """Erase it before its time."""
    return _done(slug, export_id, service.erase, ERASED)


@blueprint.post("/<slug>/exports/<export_id>/publier")
@open_to("staff")
def publish_open_data(slug: str, export_id: str) -> AnyResponse:
    """Put it in place of what is published."""
    return _done(slug, export_id, service.publish, IS_PUBLIC)


def streamed(taken: Taken) -> Response:
    """A file on its way out, part by part: it is never whole in memory."""
    response = Response(taken.content, mimetype=taken.media_type)
    response.headers.update(downloads.headers(taken.name, taken.media_type, shown=False))
    response.content_length = taken.size
    return response


def _done(slug: str, export_id: str, act_of: object, said: str) -> AnyResponse:
    try:
        act(act_of, g.viewer, slug, export_id)
        notify("success", told(said))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.exports(slug), 303)


def _show(
    slug: str, address: ListAddress, asked: Asked | None = None, refused: Refused | None = None
) -> Response:
    page: ExportsPage = read(service.page, g.viewer, slug)
    return show(
        "admin/exports.html",
        409 if refused else 200,
        (Notice("warning", sentence(refused, None)),) if refused else (),
        slug=slug,
        page=page,
        address=address,
        asked=asked or Asked(LIST, "csv", for_people=True),
        what=_what(page.scheme, page.may_publish),
        formats=tuple(exports.FORMATS),
        failures={one.code: failure_words(one.code, language()) for one in page.exports if one.code},
        slips=lambda told_of: slip_words(told_of, language()),
    )


def _what(scheme: Scheme, may_publish: bool) -> dict[str, str]:
    """What may be exported, in words."""
    found = {id: told(words) for id, words in WHAT.items()}
    found |= {one.id: one.label.plain(language()) for one in offered(g.viewer, scheme)}
    return found | ({OPEN_DATA: told(PUBLISHED)} if may_publish else {})


def _address(slug: str, sent: MultiDict[str, str]) -> ListAddress:
    asked = sent.get("liste", "")[:LONGEST_LIST]
    return ListAddress(slug, wanted_of(MultiDict(parse_qsl(asked))))
