"""A message to all the applicants of a list: counted, written, confirmed, then watched while the worker sends it."""

from __future__ import annotations

from urllib.parse import parse_qsl

from flask import Response, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from admin.doors import blueprint, open_to
from admin.list_address import ListAddress, wanted_of
from admin.showing import LINKS, act, notify, read, sentence, show, told
from dossiers.services import campaigns, items_seen, publication
from dossiers.services import mass_messages as service
from dossiers.services.campaign_views import Campaign
from dossiers.services.mass_messages import Counted
from dossiers.services.refusals import Refused
from renderers.catalogues import marked
from renderers.frame import Notice

LONGEST_LIST = 2000
BEGUN = marked("The message is being sent, to one applicant after another. This page may be closed.")
STOPPED = marked("Stopped: what is sent stays sent.")


@blueprint.get("/<slug>/envois/nouveau")
@open_to("staff")
def ask_message(slug: str) -> Response:
    """How many would be written to, and what."""
    return _ask(slug, _address(slug, request.args))


@blueprint.post("/<slug>/envois")
@open_to("staff")
def begin_message(slug: str) -> AnyResponse:
    """Begin, on the number of dossiers that was shown."""
    address, form = _address(slug, request.form), request.form
    expected = form.get("_expected", "")
    try:
        begun: Campaign = act(
            service.begin,
            g.viewer,
            slug,
            address.wanted,
            body=form.get("body", ""),
            beforehand=form.get("modele", ""),
            expected=int(expected) if expected.isascii() and expected.isdigit() else None,
        )
    except Refused as refused:
        return _ask(slug, address, form.get("body", ""), form.get("modele", ""), refused)
    notify("success", told(BEGUN))
    return redirect(LINKS.mass_message(slug, begun.public_id), 303)


@blueprint.get("/<slug>/envois/<campaign_id>")
@open_to("staff")
def message_to_all(slug: str, campaign_id: str) -> Response:
    """How far it is, and what became of each."""
    found: Campaign = read(service.find, g.viewer, slug, campaign_id)
    return show(
        "admin/mass_message.html",
        slug=slug,
        scheme=read(publication.current, slug).scheme,
        campaign=found,
        progress=read(campaigns.progress, found.id),
        items=read(items_seen.items, g.viewer, found),
    )


@blueprint.post("/<slug>/envois/<campaign_id>/arreter")
@open_to("staff")
def stop_message(slug: str, campaign_id: str) -> AnyResponse:
    """Write to nobody else."""
    try:
        act(service.stop, g.viewer, slug, campaign_id)
        notify("success", told(STOPPED))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.mass_message(slug, campaign_id), 303)


def _ask(
    slug: str, address: ListAddress, body: str = "", beforehand: str = "", refused: Refused | None = None
) -> Response:
    counted: Counted = read(service.count, g.viewer, slug, address.wanted)
    why = (Notice("warning", sentence(refused, counted.scheme)),) if refused else ()
    return show(
        "admin/mass_message_ask.html",
        422 if refused else 200,
        why,
        slug=slug,
        scheme=counted.scheme,
        counted=counted,
        address=address,
        body=body,
        beforehand=beforehand,
    )


def _address(slug: str, sent: MultiDict[str, str]) -> ListAddress:
    """The list it is about, as its address says."""
    return ListAddress(slug, wanted_of(MultiDict(parse_qsl(sent.get("liste", "")[:LONGEST_LIST]))))
