"""The dossiers of one scheme: whose turn it is, by state, by search, by any answer that lists know; lists kept."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Response, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from admin.calls import motive
from admin.doors import blueprint, open_to
from admin.list_address import ListAddress, cursor_of, wanted_of, written
from admin.showing import LINKS, act, language, notify, read, sentence, show, told
from dossiers.services import calls, lists, saved_views
from dossiers.services import inbox as service
from dossiers.services.deciders import may_simulate
from dossiers.services.export_plans import may_export
from dossiers.services.figures import may_watch
from dossiers.services.filing_for import may_file_for
from dossiers.services.held_votes import has_part
from dossiers.services.mass_messages import may_write_to_all
from dossiers.services.office_views import InboxRow, InboxView
from dossiers.services.payment_batches import may_pay
from dossiers.services.refusals import Refused
from dossiers.services.taking_next import has_queue
from dossiers.services.team import may_distribute
from dossiers.services.wanted import AnswerWanted
from engine.kinds.choice import codes_of, label_of
from engine.language.model import Field
from renderers.catalogues import marked
from renderers.summary import printed_answer

KEPT, TAKEN_OFF = marked("This list is kept."), marked("The list is kept no longer.")
OFFERED_AT_MOST = 60  # options of a choice shown as a filter; beyond, the code or text is typed
FIGURES = frozenset({"money", "decimal", "integer", "percentage"})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter on one answer. `shape`: "options", "figures", "days" or "text"; `options`: what is sent and read."""

    field_id: str
    label: str
    shape: str
    options: tuple[tuple[str, str], ...]
    text: str
    least: str
    most: str


@blueprint.get("/<slug>/")
@open_to("staff")
def inbox(slug: str) -> Response:
    """One page of the list. A filter that makes no sense filters nothing."""
    view: InboxView = read(service.overview, g.viewer, slug, wanted_of(request.args), cursor_of(request.args))
    fields = {field.id: field for field in view.listed}
    asked = {one.field: one for one in view.wanted.answers}
    chosen = [
        *asked,
        *([adding] if (adding := request.args.get("ajouter", "")) and adding not in asked else []),
    ]
    return show(
        "admin/inbox.html",
        view=view,
        lists=ListAddress(slug, view.wanted),
        narrowings=tuple(_narrowing(fields[id], asked.get(id)) for id in chosen if id in fields),
        columns=tuple(fields[id] for id in view.wanted.columns if id in fields),
        printed=_printed(view.rows, fields),
        may_simulate=may_simulate(g.viewer, view.scheme),
        may_vote=has_part(g.viewer, view.scheme),
        may_file_for=may_file_for(g.viewer, view.scheme),
        lists_to_sign=read(lists.waiting, g.viewer, view.scheme),
        may_write_to_all=may_write_to_all(g.viewer, view.scheme),
        may_export=may_export(g.viewer, view.scheme),
        may_pay=may_pay(g.viewer, view.scheme),
        may_distribute=may_distribute(g.viewer, view.scheme),
        has_queue=has_queue(g.viewer, view.scheme),
        may_watch=may_watch(g.viewer, view.scheme),
        may_log=calls.may_log(g.viewer, view.scheme),
        waiting=read(calls.waiting, g.viewer, slug),
        motive_words=motive,
    )


@blueprint.post("/<slug>/listes")
@open_to("staff")
def keep_list(slug: str) -> AnyResponse:
    """Keep the list one looks at under a name."""
    asked = request.form.get("asked", "")
    try:
        wanted = wanted_of(MultiDict(parse_qsl(asked)))
        address = ListAddress(slug, wanted)
        name, shared = request.form.get("name", ""), request.form.get("shared") == "1"
        act(saved_views.keep, g.viewer, slug, name=name, query=address.asked, shared=shared)
    except Refused as refused:
        notify("warning", sentence(refused, None))
    else:
        notify("success", told(KEPT))
    return redirect(address.to(), 303)


@blueprint.post("/<slug>/listes/<public_id>/retirer")
@open_to("staff")
def take_off_list(slug: str, public_id: str) -> AnyResponse:
    """Keep one's own list no longer."""
    act(saved_views.take_off, g.viewer, slug, public_id)
    notify("success", told(TAKEN_OFF))
    return redirect(LINKS.inbox(slug), 303)


def _narrowing(field: Field, asked: AnswerWanted | None) -> Narrowing:
    shape, options = _shape(field)
    return Narrowing(
        field.id,
        field.label.plain(language()),
        shape,
        options,
        asked.text if asked else "",
        written(asked.least) if asked else "",
        written(asked.most) if asked else "",
    )


def _shape(field: Field) -> tuple[str, tuple[tuple[str, str], ...]]:
    if field.kind in FIGURES:
        return "figures", ()
    if field.kind == "date":
        return "days", ()
    if field.kind in ("yes_no", "consent"):
        return "options", tuple((code, told(word)) for code, word in (("yes", "Yes"), ("no", "No")))
    if field.kind == "choice" and len(codes_of(field)) <= OFFERED_AT_MOST:
        return "options", tuple((code, label_of(field, code, language())) for code in codes_of(field))
    return "text", ()


def _printed(rows: tuple[InboxRow, ...], fields: dict[str, Field]) -> dict[tuple[str, str], str]:
    """The answers shown as columns, by dossier and field, as people read them."""
    return {
        (row.public_id, id): printed_answer(fields[id], answer, language())
        for row in rows
        for id, answer in row.answers.items()
        if id in fields
    }
