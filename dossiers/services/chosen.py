"""Which dossiers a batch is about: some ticked one by one, or all of a list as it is filtered."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from dossiers.access import Viewer
from dossiers.database import Dossier
from dossiers.services.desk import Work
from dossiers.services.opened import roles_in
from dossiers.services.refusals import Refused
from dossiers.services.wanted import Wanted, conditions, served, states_wanted

MOST = 10_000  # dossiers in one batch


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose in a list: the `public_ids` ticked, or the whole list when there are none."""

    wanted: Wanted = field(default_factory=Wanted)
    public_ids: tuple[str, ...] = ()


def chosen(work: Work, viewer: Viewer, slug: str, choice: Choice) -> list[int]:
    """The row ids of the dossiers chosen, those that have waited longest first: only what the viewer's lists show.

    Raises NotFound for a scheme the viewer doesn't serve, Refused: nothing_chosen, too_many_chosen.
    """
    scheme, scheme_id = served(work, viewer, slug)
    wanted = Wanted() if choice.public_ids else choice.wanted
    here = conditions(work, viewer, scheme, scheme_id, wanted)
    states = states_wanted(wanted, scheme, roles_in(viewer, slug))
    here += [] if states is None else [Dossier.state.in_(states)]
    here += [Dossier.public_id.in_(choice.public_ids)] if choice.public_ids else []
    query = select(Dossier.id).where(*here).order_by(Dossier.state_since, Dossier.id)
    found = list(work.session.scalars(query.limit(MOST + 1)))
    if not found:
        raise Refused("nothing_chosen")
    if len(found) > MOST:
        raise Refused("too_many_chosen", max=MOST)
    return found
