"""An action on many dossiers at once: chosen in a list, confirmed once, watched while the worker does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Response, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from admin.case_page import Typing
from admin.doors import blueprint, open_to
from admin.list_address import ListAddress, wanted_of
from admin.lists import show_list
from admin.showing import LINKS, act, front, language, notify, read, sentence, show, told, zone
from dossiers.services import batches as service
from dossiers.services import campaigns, items_seen, lists, publication
from dossiers.services.campaign_views import Campaign, Item, ItemState, Progress
from dossiers.services.chosen import Choice
from dossiers.services.fired import FormRejected
from dossiers.services.listing import PER_PAGE
from dossiers.services.refusals import Refused
from engine.language import Scheme
from renderers.catalogues import marked
from renderers.controls import Questions, controls
from renderers.frame import Notice
from renderers.problem_list import problem_list
from renderers.words import refusal_sentence
from renderers.words.campaigns import item_sentence

LONGEST_LIST = 2000
LISTED = "bordereau:"  # before the name of an action that is to be put on a list
ITEMS = 100  # dossiers on one page of a batch
STATES: dict[str, ItemState] = {
    "faits": "done",
    "a-venir": "pending",
    "refuses": "refused",
    "laisses": "skipped",
}
BEGUN = marked("It has begun: %(total)s dossiers, one after the other. This page may be closed.")
PREPARED = marked("The list holds %(total)s decisions, and waits for its signature.")
STOPPED = marked("Stopped: what is done stays done.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a request chose: as the list it comes from says, and as the address or the form repeats it."""

    address: ListAddress
    asked: str
    public_ids: tuple[str, ...]
    ticked: bool

    @property
    def choice(self) -> Choice:
        """For the services."""
        return Choice(self.address.wanted, self.public_ids)


@blueprint.get("/<slug>/lots/nouveau")
@open_to("staff")
def ask_batch(slug: str) -> AnyResponse:
    """What an action would come to on the dossiers chosen, and what it asks, once."""
    found = _chosen(slug, request.args)
    if found.ticked and not found.public_ids:
        notify("warning", sentence(Refused("nothing_chosen"), None))
        return redirect(found.address.to(), 303)
    return _ask(slug, found, request.args.get("_action", ""))


@blueprint.post("/<slug>/lots")
@open_to("staff")
def begin_batch(slug: str) -> AnyResponse:
    """Begin, or prepare a list, on the number of dossiers that was shown; slips come back with what was typed."""
    found, form = _chosen(slug, request.form), request.form
    action, typing = form.get("_action", ""), Typing(_controls(), comment=form.get("_comment", ""))
    expected, is_list = form.get("_expected", ""), action.startswith(LISTED)
    try:
        begun: Campaign | FormRejected = act(
            lists.prepare if is_list else service.begin,
            g.viewer,
            slug,
            action.removeprefix(LISTED),
            found.choice,
            comment=typing.comment,
            form=typing.typed,
            expected=int(expected) if expected.isascii() and expected.isdigit() else None,
        )
    except Refused as refused:
        return _ask(slug, found, action, typing, refused)
    if isinstance(begun, FormRejected):
        return _ask(slug, found, action, Typing(begun.typed, begun.problems, typing.comment))
    notify("success", told(PREPARED if is_list else BEGUN, total=begun.preview["chosen"]))
    return redirect(LINKS.batch(slug, begun.public_id), 303)


@blueprint.get("/<slug>/lots")
@open_to("staff")
def batches(slug: str) -> Response:
    """The batches of a scheme that concern the viewer."""
    found = read(service.of_scheme, g.viewer, slug)
    return show("admin/batches.html", slug=slug, scheme=_scheme(slug), batches=found)


@blueprint.get("/<slug>/lots/<campaign_id>")
@open_to("staff")
def batch(slug: str, campaign_id: str) -> Response:
    """How far a batch is, and what became of each dossier."""
    found: Campaign = read(service.find, g.viewer, slug, campaign_id)
    scheme = _scheme(slug)
    if found.kind == "list" and found.state == "waiting":
        return show_list(slug, scheme, found)
    progress = read(campaigns.progress, found.id)
    word = request.args.get("etat") or _telling(progress)
    state, page = STATES.get(word, "refused"), _number(request.args.get("page", ""))
    items: tuple[Item, ...] = read(items_seen.items, g.viewer, found, state, ITEMS, (page - 1) * ITEMS)
    return show(
        "admin/batch.html",
        slug=slug,
        scheme=scheme,
        batch=found,
        action=scheme.workflow.actions.get(str(found.options["action"])),
        progress=progress,
        states=STATES,
        word=word if word in STATES else "refuses",
        items=[(one, item_sentence(one, str(found.options["action"]), scheme, language())) for one in items],
        page=page,
        pages=max(1, -(-progress.counts[state] // ITEMS)),
    )


def _telling(progress: Progress) -> str:
    """What is looked at first: those refused, where there are any."""
    return next(
        (word for word in ("refuses", "faits", "a-venir") if progress.counts[STATES[word]]), "refuses"
    )


@blueprint.post("/<slug>/lots/<campaign_id>/arreter")
@open_to("staff")
def stop_batch(slug: str, campaign_id: str) -> AnyResponse:
    """Stop a batch where it stands."""
    try:
        act(service.stop, g.viewer, slug, campaign_id)
        notify("success", told(STOPPED))
    except Refused as refused:
        notify("warning", sentence(refused, None))
    return redirect(LINKS.batch(slug, campaign_id), 303)


def _ask(
    slug: str, found: Chosen, action: str, typing: Typing | None = None, refused: Refused | None = None
) -> Response:
    typing = typing or Typing()
    asking = lists.ask if action.startswith(LISTED) else service.ask
    asked: service.Asked = front().desk.read(
        asking, g.viewer, slug, action.removeprefix(LISTED), found.choice
    )
    questions = Questions(language(), typing.typed, typing.problems, askable=asked.askable)
    comment_problem = sentence(refused, asked.scheme) if refused and refused.code == "comment_missing" else ""
    notices = (Notice("warning", sentence(refused, asked.scheme)),) if refused and not comment_problem else ()
    form = asked.action.form
    return show(
        "admin/batch_ask.html",
        422 if refused or typing.problems else 200,
        notices,
        slug=slug,
        scheme=asked.scheme,
        action=asked.action,
        sent=action,
        is_list=action.startswith(LISTED),
        target=asked.scheme.workflow.states[asked.action.to],
        foreseen=asked.foreseen,
        reasons=[(_why(one.refusal, asked.scheme), one.count) for one in asked.foreseen.cannot],
        able=[(row, "") for row in asked.able],
        unable=[(row, _why(refusal, asked.scheme)) for row, refusal in asked.unable],
        chosen=found,
        controls=controls(form.values(), questions),
        problems=problem_list(typing.problems, form, language()),
        comment=typing.comment,
        comment_problem=comment_problem,
    )


def _why(refusal: object, scheme: Scheme) -> str:
    return refusal_sentence(refusal, scheme, language(), zone=zone())  # type: ignore[arg-type]


def _chosen(slug: str, sent: MultiDict[str, str]) -> Chosen:
    """What was chosen in a list: the dossiers ticked (`_sur=coches`), or the whole of it."""
    asked = sent.get("_asked", "")[:LONGEST_LIST]
    ticked = sent.get("_sur", "") == "coches"
    ids = tuple(dict.fromkeys(sent.getlist("_d")))[: 2 * PER_PAGE] if ticked else ()
    return Chosen(ListAddress(slug, wanted_of(MultiDict(parse_qsl(asked)))), asked, ids, ticked)


def _scheme(slug: str) -> Scheme:
    found: Scheme = read(publication.current, slug).scheme
    return found


def _controls() -> Mapping[str, list[str]]:
    """The controls of the action's own form."""
    return {
        name: values
        for name, values in request.form.lists()
        if not name.startswith("_") and name != "csrf_token"
    }


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
