"""What several roles do side by side in a state: said to be done, or not after all; the dossier then goes on by itself."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import insert

from dossiers import journal
from dossiers.access import Viewer
from dossiers.database import ChecklistMark
from dossiers.services.cases import Case, load, task_marks
from dossiers.services.desk import Work
from dossiers.services.opened import for_staff, roles_in
from dossiers.services.progress import follow_automatic
from dossiers.services.refusals import Refused
from dossiers.services.staff import actor_of
from dossiers.services.task_views import TaskLine
from engine.language.model import Task


def lines(viewer: Viewer, case: Case) -> tuple[TaskLine, ...]:
    """The tasks of the state a dossier stands in."""
    marks, roles = task_marks(case), roles_in(viewer, case.opened.slug)
    return tuple(
        TaskLine(task, bool(roles & set(task.by)), True, marks[id].by, marks[id].at)
        if id in marks
        else TaskLine(task, bool(roles & set(task.by)), False, None, None)
        for id, task in _tasks(case).items()
    )


def say(work: Work, viewer: Viewer, public_id: str, id: str, *, done: bool) -> None:
    """Say that a task is done, or not after all. Raises NotFound, Refused: anonymised, no_such_item, not_allowed."""
    opened = for_staff(work, viewer, public_id, lock=True)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    task = opened.scheme.workflow.states[opened.dossier.state].tasks.get(id)
    if task is None:
        raise Refused("no_such_item", item=id)
    if not roles_in(viewer, opened.slug) & set(task.by):
        raise Refused("not_allowed", verb="task")
    actor = actor_of(viewer, opened.slug)
    mark = {"dossier_id": opened.dossier.id, "item": f"tasks.{id}", "done": done, "by": actor.name}
    work.session.execute(insert(ChecklistMark).values({**mark, "at": work.now}))
    journal.record(
        work.session,
        stream=opened.stream,
        actor=actor,
        action="task_done" if done else "task_undone",
        at=work.now,
        payload={"task": id},
        dossier_id=opened.dossier.id,
    )
    follow_automatic(work, load(work, opened))


def _tasks(case: Case) -> Mapping[str, Task]:
    return case.scheme.workflow.states[case.dossier.state].tasks
