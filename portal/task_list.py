"""The list of the pages of an application: how far each is, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dossiers.services.reopened_pages import is_reopened
from dossiers.services.views import ApplicationView
from renderers.row_titles import page_title


@dataclass(frozen=True, slots=True)
class Task:
    """One page in the list: `status` is "done", "todo" or "later"; `open` when it may be visited."""

    page_id: str
    title: str
    status: str
    open: bool
    reopened: bool


@dataclass(frozen=True, slots=True)
class TaskList:
    """Where an application stands. `next`: the page to fill in, or to correct, first; "" when none is left."""

    public_id: str
    scheme_title: str
    tasks: tuple[Task, ...]
    done: int
    complete: bool
    stopped: bool
    next: str
    email: str
    expires_on: date | None
    correcting: bool
    reference: str
    contact_email: str
    code: str = ""
    signs: bool = False
    channel: str | None = None
    later: str = ""


def task_list(view: ApplicationView, language: str) -> TaskList:
    """The pages asked, and how far each is."""
    journey = view.journey
    tasks = tuple(
        Task(
            step.id,
            page_title(step.asked, view.reading, language),
            step.status,
            journey.may_visit(step.id),
            is_reopened(view, step.asked),
        )
        for step in journey.steps
    )
    return TaskList(
        public_id=view.public_id,
        scheme_title=view.scheme.title.plain(language),
        tasks=tasks,
        done=sum(task.status == "done" for task in tasks),
        complete=journey.complete,
        stopped=journey.stopped is not None,
        next=journey.first_incomplete or next((task.page_id for task in tasks if task.reopened), ""),
        email=view.email,
        expires_on=view.expires_on,
        correcting=view.reopened is not None,
        reference=view.reference or "",
        contact_email=view.scheme.contact.email,
        code=view.code,
        signs=view.signs,
        channel=view.channel,
        later=view.later.plain(language) if view.later else "",
    )
