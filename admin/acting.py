"""What staff do with a dossier: the workflow's actions, notes, messages, ticks, mails sent again. All by POST."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import g, redirect, request
from werkzeug.wrappers import Response

from admin.case_page import Typing, show_case
from admin.doors import blueprint, open_to
from admin.dossier import headed, opened
from admin.showing import act, language, notify, sentence, told
from admin.way import behind, list_of, to_dossier
from dossiers.services import bounces, casework, kept_typing, tasks
from dossiers.services.fired import Fired, FormRejected
from dossiers.services.headings import Heading
from dossiers.services.office_views import CaseView
from dossiers.services.refusals import Refused
from dossiers.services.supplying import Unkept
from dossiers.services.uploads import Upload
from renderers.attached import file_problems
from renderers.catalogues import marked
from renderers.frame import Notice

DONE = marked("Done: “%(action)s”. Dossier %(reference)s is now “%(state)s”.")
EXHAUSTED = marked("There is not enough money left: this was done instead.")
MAIL_LEAVES = marked("The applicant is being written to.")
NOTED = marked("The note is kept. The applicant doesn't see it.")
WRITTEN = marked("The message is in the applicant's dossier; a mail tells them so.")
SENT_AGAIN = marked("The mail is being sent again.")
CAME_BACK = marked("It is noted that this mail did not arrive.")
TASK_DONE, TASK_UNDONE = marked("The task is done."), marked("The task is not done after all.")
TICKED, UNTICKED = marked("Ticked: “%(item)s”."), marked("Unticked: “%(item)s”.")


@blueprint.post("/<slug>/<public_id>/actions/<action>")
@open_to("staff")
def fire(slug: str, public_id: str, action: str) -> Response:
    """Do an action. Slips come back with all that was typed (422); who comes too late reads who came first (409)."""
    before, onward = headed(slug, public_id), behind(slug, public_id)
    comment, form = request.form.get("_comment", ""), _controls()
    try:
        done: Fired | FormRejected = act(
            casework.fire, g.viewer, public_id, action, comment=comment, form=form, revision=_revision()
        )
    except Refused as refused:
        return _refused(opened(slug, public_id), action, refused, Typing(form, comment=comment))
    if isinstance(done, FormRejected):
        typing = Typing(done.typed, done.problems, comment)
        return show_case(opened(slug, public_id), action=action, typing=typing, status=422)
    _forget_kept()
    _tell(before, done)
    # the next one of the list they are in, else of the state it left
    onward = onward if list_of(slug) else done.next_id
    return redirect(to_dossier(slug, done.public_id, onward=onward), 303)


def _refused(case: CaseView, action: str, refused: Refused, typing: Typing) -> Response:
    told_why = sentence(refused, case.scheme)
    if refused.code in ("comment_missing", "amount_unexplained"):
        typing = Typing(typing.typed, comment=typing.comment, comment_problem=told_why)
        return show_case(case, action=action, typing=typing, status=422)
    return show_case(case, action=action, typing=typing, status=409, notices=(Notice("warning", told_why),))


def _tell(before: Heading, done: Fired) -> None:
    workflow = before.scheme.workflow
    text = told(
        DONE,
        action=workflow.actions[done.action].label.plain(language()),
        reference=before.reference,
        state=workflow.states[done.target].label.plain(language()),
    )
    if done.exhausted:
        notify("warning", f"{told(EXHAUSTED)} {text}")
        return
    notify("success", f"{text} {told(MAIL_LEAVES)}" if done.effects else text)


@blueprint.post("/<slug>/<public_id>/notes")
@open_to("staff")
def note(slug: str, public_id: str) -> Response:
    """Keep a note among staff."""
    body, field = request.form.get("body", ""), request.form.get("field", "")
    keep = partial(casework.note, field=field)
    return _write(slug, public_id, keep, body, Typing(note=body), "answers" if field else "notes", NOTED)


@blueprint.post("/<slug>/<public_id>/messages")
@open_to("staff")
def message(slug: str, public_id: str) -> Response:
    """Write to the applicant, with files."""
    body = request.form.get("body", "")
    sent = [Upload(one.filename, one.read()) for one in request.files.getlist("files") if one.filename]
    typing = Typing(message=body)
    return _write(slug, public_id, casework.message, body, typing, "messages", WRITTEN, files=sent)


def _write(
    slug: str,
    public_id: str,
    service: Callable[..., Any],
    body: str,
    typing: Typing,
    part: str,
    said: str,
    **more: Any,
) -> Response:
    headed(slug, public_id)
    try:
        act(service, g.viewer, public_id, body=body, **more)
    except (Refused, Unkept) as wrong:
        case = opened(slug, public_id)
        told_why = (
            file_problems(wrong, language()) if isinstance(wrong, Unkept) else sentence(wrong, case.scheme)
        )
        return show_case(case, typing=typing, status=422, notices=(Notice("warning", told_why),))
    _forget_kept()
    notify("success", told(said))
    return redirect(to_dossier(slug, public_id, part), 303)


def _forget_kept() -> None:
    """Forget typing that outlived its session, once it has been sent."""
    if handle := request.form.get("_kept", ""):
        act(kept_typing.forget, g.viewer, handle)


@blueprint.post("/<slug>/<public_id>/liste/<item>")
@open_to("staff")
def check(slug: str, public_id: str, item: str) -> Response:
    """Tick or untick an item of the checklist."""
    before = headed(slug, public_id)
    done = request.form.get("done") == "1"
    try:
        act(casework.check, g.viewer, public_id, item, done=done)
    except Refused as refused:
        why = Notice("warning", sentence(refused, before.scheme))
        return show_case(opened(slug, public_id), status=409, notices=(why,))
    notify("success", told(TICKED if done else UNTICKED, item=before.item(item, language())))
    return redirect(to_dossier(slug, public_id, "checklist"), 303)


@blueprint.post("/<slug>/<public_id>/taches/<task_id>")
@open_to("staff")
def task(slug: str, public_id: str, task_id: str) -> Response:
    """Say that a task is done, or not after all; what the system does then is told by the page."""
    headed(slug, public_id)
    done = request.form.get("done") == "1"
    try:
        act(tasks.say, g.viewer, public_id, task_id, done=done)
    except Refused as refused:
        case = opened(slug, public_id)
        return show_case(case, status=409, notices=(Notice("warning", sentence(refused, case.scheme)),))
    notify("success", told(TASK_DONE if done else TASK_UNDONE))
    return redirect(to_dossier(slug, public_id, "tasks"), 303)


@blueprint.post("/<slug>/<public_id>/courriels/<int:mail_id>")
@open_to("staff")
def resend(slug: str, public_id: str, mail_id: int) -> Response:
    """Send one of the dossier's mails again."""
    headed(slug, public_id)
    act(casework.resend, g.viewer, public_id, mail_id)
    notify("success", told(SENT_AGAIN))
    return redirect(to_dossier(slug, public_id, "mails"), 303)


@blueprint.post("/<slug>/<public_id>/courriels/<int:mail_id>/revenu")
@open_to("staff")
def bounced(slug: str, public_id: str, mail_id: int) -> Response:
    """Note that one of the dossier's mails came back."""
    before = headed(slug, public_id)
    try:
        act(bounces.note_by_hand, g.viewer, public_id, mail_id, why=request.form.get("why", ""))
    except Refused as refused:
        if refused.code != "too_long":
            raise
        notify("warning", sentence(refused, before.scheme))
    else:
        notify("success", told(CAME_BACK))
    return redirect(to_dossier(slug, public_id, "mails"), 303)


def _controls() -> dict[str, list[str]]:
    """The controls of the action's own form."""
    return {
        name: values
        for name, values in request.form.lists()
        if not name.startswith("_") and name != "csrf_token"
    }


def _revision() -> int | None:
    """The revision of the dossier the page was made from; None when it doesn't say."""
    text = request.form.get("_revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
