"""A dossier given to somebody by hand, handed over with a word, or put back in the queue."""

from __future__ import annotations

from dossiers.access import Viewer
from dossiers.services import agents, perimeters
from dossiers.services.agents import Colleague
from dossiers.services.correspondence import worded
from dossiers.services.desk import Work
from dossiers.services.distributing import GIVEN, give
from dossiers.services.opened import Opened, for_staff
from dossiers.services.refusals import NotFound, Refused
from dossiers.services.staff import actor_of, require
from workflows.distribution import Agent, reaches
from workflows.matrix import at_work

ASSIGN = "assign"


def hand_over(work: Work, viewer: Viewer, public_id: str, to: str, *, note: str = "") -> str:
    """Give a dossier to an account (its public id), or put it back in the queue (""); returns the name of who has it now.

    Raises NotFound, Refused: not_allowed, too_long, anonymised, not_seen_by (of who would be given it).
    """
    opened = for_staff(work, viewer, public_id, lock=True)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    require(viewer, opened, ASSIGN)
    word = worded(note) if note.strip() else ""
    whom = _colleague(work, opened, to) if to else None
    actor = actor_of(viewer, opened.slug)
    give(work, opened, whom, actor, action=GIVEN, comment=word)
    return whom.name if whom else ""


def offered(work: Work, opened: Opened) -> tuple[Colleague, ...]:
    """Those a dossier may be given to: who sees it and has something to do with it where it stands. Whoever else held it
    would keep it from those who can go on with it."""
    roles = at_work(opened.scheme.workflow, opened.dossier.state)
    return tuple(one for one in seeing(work, opened) if one.agent.roles & roles)


def seeing(work: Work, opened: Opened) -> tuple[Colleague, ...]:
    """Those who work on the scheme and see a dossier."""
    groups = perimeters.marks(work, opened.dossier.id) if opened.scheme.groups else frozenset()
    return tuple(
        one for one in agents.of_scheme(work, opened.slug) if reaches(opened.ruling, one.agent, groups)
    )


def _colleague(work: Work, opened: Opened, public_id: str) -> Agent:
    roles = at_work(opened.scheme.workflow, opened.dossier.state)
    people = [one for one in agents.of_scheme(work, opened.slug) if one.agent.roles & roles]
    found = next((one.agent for one in people if one.public_id == public_id), None)
    if found is None:
        raise NotFound("account")
    if not reaches(opened.ruling, found, perimeters.marks(work, opened.dossier.id)):
        raise Refused("not_seen_by", who=found.name)
    return found
