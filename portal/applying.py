"""Filling in an application: the list of its pages, each page, the page that ends it early."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from flask import g, redirect, request
from werkzeug.wrappers import Response

from dossiers.services import applications, files, links, looking_up
from dossiers.services.looking_up import LookedUp
from dossiers.services.masking import rules_told
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.reopened_pages import onward_from
from dossiers.services.views import ApplicationView, Rejected, Saved
from portal.doors import blueprint, open_to
from portal.form_pages import (
    Typing,
    asked_page,
    form_page,
    has_bad_documents,
    is_asked_about,
    way_on,
)
from portal.reasons import reasons_of
from portal.sent import (
    asked_ids,
    changed_row,
    controls_sent,
    documents_sent,
    kept_sent,
    replacement_sent,
    row_of,
    source_sent,
)
from portal.showing import act, forget_kept, language, notify, organisation, read, show, speak, told
from portal.time_left import closing, session_hours
from renderers.catalogues import marked
from renderers.controls import stored
from renderers.links import Links
from renderers.row_titles import page_title

LINKS = Links()
NEW_QUESTIONS = marked("Your answers are kept. They lead to more questions on this page.")
ROW_BUTTONS = frozenset({"_add", "_remove", "_up", "_down"})
STALE = marked(
    "This page had been opened before your last changes: your other answers were left as they were."
)
KEPT = marked("Your answers are kept. A link to come back is on its way to %(email)s.")
SEEN = marked("The document has been added.")
TWICE = marked("%(names)s: already among your documents, it is kept once.")
FILLED_IN = marked("Some answers were filled in for you: check them, and correct what is wrong.")
UNKNOWN = marked("Nothing is known under this number: check it. You may go on all the same.")
SILENT = marked("Nothing could be filled in just now. Answer yourself and go on: the service checks later.")


def application(public_id: str) -> ApplicationView:
    """The application, for its applicant. Raises NotFound, and Refused("not_editable") once it is filed."""
    view = cast("ApplicationView", read(applications.form, g.viewer, public_id))
    speak(view.scheme)
    return view


def onward(view: ApplicationView) -> Response:
    """To where the journey stands (302): what a link to a later page leads to."""
    way = way_on(view.journey)
    if way == "stop":
        return redirect(LINKS.stop(view.public_id))
    return redirect(LINKS.check(view.public_id) if way == "check" else LINKS.page(view.public_id, way[5:]))


@blueprint.get("/demandes/<public_id>/<page_id>")
@open_to("applicant")
def page(public_id: str, page_id: str) -> Response:
    """One page of questions; a page not yet open leads to the first incomplete one."""
    view = application(public_id)
    if page_id.partition("-")[0] not in view.scheme.form:
        raise NotFound("page")
    asked = asked_page(view, page_id)
    if asked is None:
        return onward(view)
    return show_page(view, page_id)


def show_page(view: ApplicationView, page_id: str, typing: Typing | None = None, kept: str = "") -> Response:
    """A page as stored; with what was typed and what is wrong (422) when it was refused.

    `kept`: the handle of typing that outlived its session, forgotten once the page is saved.
    """
    asked = asked_page(view, page_id)
    if asked is None:
        return onward(view)
    speak(view.scheme)
    shown = form_page(view, asked, language(), typing)
    status = (
        422 if shown.problems and typing is not None else 200
    )  # what no longer fits is no fault of theirs
    status = 409 if shown.conflicts else status
    return show(
        "portal/page.html",
        status,
        page=shown,
        reason=view.reason if is_asked_about(view, asked) else (),
        problems=shown.problems,
        kept=kept or kept_sent(),
        zone=organisation().zone,
        closing=closing(view),
        session_hours=session_hours(),
    )


@blueprint.post("/demandes/<public_id>/<page_id>")
@open_to("applicant")
def save(public_id: str, page_id: str) -> Response:
    """Keep a page and go on; or add and remove a row or a document on it."""
    try:
        return _save(public_id, page_id)
    except Refused as refused:
        if refused.code in ("incomplete", "stopped", "no_such_page"):
            return onward(application(public_id))  # nothing was kept: the page wasn't open
        raise


def _save(public_id: str, page_id: str) -> Response:
    form = request.form
    if not ROW_BUTTONS.isdisjoint(form):
        return _change_rows(public_id, page_id)
    name, replacing, instead = replacement_sent()
    kept: Saved | Rejected = act(
        applications.save_page,
        g.viewer,
        public_id,
        page_id,
        form=controls_sent(),
        files={**documents_sent(), **({name: instead} if instead else {})},
        asked=asked_ids(),
        source=source_sent(),
        replacing=replacing if instead else "",
    )
    if kept.twice:
        notify("info", told(TWICE, names=", ".join(kept.twice)))
    if "_remove_document" in form:
        return _remove_document(public_id, page_id, kept)
    if kept.wanted:
        kept = _looked_up(public_id, page_id, kept)
    if isinstance(kept, Rejected):
        return _rejected(page_id, kept)
    return _saved(page_id, kept)


def _looked_up(public_id: str, page_id: str, kept: Saved | Rejected) -> Saved | Rejected:
    """What was saved, once the sources were asked: a question filled in is missing no more."""
    found: LookedUp = act(looking_up.look_up, g.viewer, public_id, kept.wanted)
    here = {id for id in found.filled if found.view.scheme.fields[id].page == page_id}
    if found.filled:
        notify("success", told(FILLED_IN))
    elif found.missing:
        notify("warning", told(UNKNOWN))
    elif found.silent:
        notify("info", told(SILENT))
    if isinstance(kept, Saved):
        following = page_id if kept.next == page_id else onward_from(found.view, page_id)
        return replace(kept, view=found.view, next=following)
    problems = tuple(one for one in kept.problems if not one.path or one.path[0] not in here)
    typed = {name: said for name, said in kept.typed.items() if name.partition("-")[0] not in here}
    fields = (found.view.scheme.fields[id] for id in here)
    typed |= stored(fields, found.view.reading.answers)
    return replace(kept, problems=problems, typed=typed, view=found.view)


def _saved(page_id: str, kept: Saved) -> Response:
    """Onward: another page, the check, or the list when the rest is for later."""
    forget_kept()
    public_id = kept.view.public_id
    if kept.stale:
        notify("warning", told(STALE))
    if request.form.get("_then") == "later":
        return _later(kept.view)
    if "_refresh" in request.form:
        return _refreshed(kept, page_id)
    if _documents_only():
        return _documents_added(kept, page_id)
    if "_look_up" in request.form:
        return redirect(LINKS.page(public_id, page_id), 303)
    if kept.view.journey.stopped is not None:
        return redirect(LINKS.stop(public_id), 303)
    if kept.next == page_id:
        notify("info", told(NEW_QUESTIONS))
    target = LINKS.check(public_id) if kept.next == applications.CHECK else LINKS.page(public_id, kept.next)
    return redirect(target, 303)


def _rejected(page_id: str, kept: Rejected) -> Response:
    """The page again with all that was typed. Leaving for later, or adding a document, demands no answer yet."""
    if kept.conflicts:
        return show_page(kept.view, page_id, _typing(kept))
    unfinished = all(problem.code in ("missing", "not_accepted") for problem in kept.problems)
    if request.form.get("_then") == "later" and not has_bad_documents(kept):
        return _later(kept.view)  # what can't be read is kept as typed
    if unfinished and "_refresh" in request.form:
        return _refreshed(kept, page_id)
    if unfinished and _documents_only():
        return _documents_added(kept, page_id)
    if (unfinished and "_look_up" in request.form) or not kept.problems:
        return redirect(LINKS.page(kept.view.public_id, page_id), 303)
    return show_page(kept.view, page_id, _typing(kept))


def _refreshed(kept: Saved | Rejected, page_id: str) -> Response:
    """Back to the question whose choices were asked for."""
    return redirect(f"{LINKS.page(kept.view.public_id, page_id)}#q-{request.form['_refresh']}", 303)


def _documents_only() -> bool:
    """Whether a button was pressed that sends documents and goes nowhere."""
    return "_add_documents" in request.form or "_replace_document" in request.form


def _documents_added(kept: Saved | Rejected, page_id: str) -> Response:
    """Back to the question; nothing is praised when nothing was sent."""
    field = request.form.get("_add_documents") or replacement_sent()[0]
    if any(one.filename for one in request.files.values()) and not kept.twice:
        notify("success", told(SEEN))
    return redirect(f"{LINKS.page(kept.view.public_id, page_id)}#q-{field}", 303)


def _typing(kept: Rejected) -> Typing:
    asked = asked_ids()
    presented = frozenset(kept.view.reading.asked if asked is None else asked)
    return Typing(kept.typed, kept.problems, presented, kept.conflicts)


def _later(view: ApplicationView) -> Response:
    act(links.mail_resume, g.viewer, view.public_id)
    notify("success", told(KEPT, email=view.email))
    return redirect(LINKS.application(view.public_id), 303)


def _change_rows(public_id: str, page_id: str) -> Response:
    """Add a row, remove or move one: what was typed on the page stays."""
    form = request.form
    act_on: Any
    row: dict[str, Any]
    if "_add" in form:
        act_on, row = applications.add_row, {"field": form["_add"], "files": documents_sent()}
    elif "_remove" in form:
        field, index = row_of(form["_remove"])
        act_on, row = applications.remove_row, {"field": field, "index": index}
    else:
        field, index = row_of(form.get("_up") or form["_down"])
        to = index - 1 if "_up" in form else index + 1
        act_on, row = applications.move_row, {"field": field, "index": index, "to": to}
    kept = act(act_on, g.viewer, public_id, page_id, form=controls_sent(), source=source_sent(), **row)
    if isinstance(kept, Rejected):
        return show_page(kept.view, page_id, _typing(kept))
    return redirect(f"{LINKS.page(public_id, page_id)}#{changed_row()}", 303)


def _remove_document(public_id: str, page_id: str, kept: Saved | Rejected) -> Response:
    """Take a document back; slips in the rest of the page are told at the same time."""
    view: ApplicationView = act(files.remove, g.viewer, public_id, request.form["_remove_document"])
    if isinstance(kept, Rejected):
        if kept.conflicts:
            return show_page(view, page_id, _typing(kept))
        slips = tuple(one for one in kept.problems if one.code not in ("missing", "not_accepted"))
        if slips:
            return show_page(view, page_id, Typing(kept.typed, slips, frozenset(asked_ids() or ())))
    return redirect(LINKS.page(public_id, page_id), 303)


@blueprint.get("/demandes/<public_id>/non-eligible")
@open_to("applicant")
def stop(public_id: str) -> Response:
    """Why the aid can't be granted: no way on but another answer."""
    view = application(public_id)
    stopped = view.journey.stopped
    if stopped is None:
        return onward(view)
    back = view.journey.stopped_after or ""
    stood = view.reading.page(back)
    return show(
        "portal/stop.html",
        public_id=public_id,
        scheme_title=view.scheme.title.plain(language()),
        contact=view.scheme.contact,
        page_title=page_title(stood, view.reading, language()) if stood else "",
        change=LINKS.page(public_id, back),
        reasons=reasons_of(rules_told((stopped,), view.scheme), language()),
    )


@blueprint.post("/demandes/<public_id>/lien-de-reprise")
@open_to("applicant")
def resume(public_id: str) -> Response:
    """Send the link to come back now."""
    return _later(application(public_id))
