"""What a list may have done to many of its dossiers at once: only acts that the state of one of them allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, union_all

from dossiers.database import Dossier, SchemeVersion
from dossiers.services import batches, lists, shelf
from dossiers.services.desk import Work
from dossiers.services.office_views import MassActs
from dossiers.services.wanted import COUNTED
from engine.language import Scheme


def offered(
    work: Work, scheme: Scheme, roles: frozenset[str], narrowed: Sequence[Any], states: Sequence[str]
) -> MassActs:
    """The acts that somebody with these roles may ask for on a list: one of its dossiers is in a state they go from, by
    the version it was filed under.

    `narrowed`: the conditions of the list, its states apart; `states`: those it may hold.
    """
    done, signed = batches.actions(scheme, roles), lists.actions(scheme, roles)
    if not (done or signed) or not states:
        return MassActs(concerned=bool(done or signed))
    standing = _standing(work, narrowed, states)
    possible = {
        one.id
        for state, filed_under in standing
        for one in filed_under.workflow.actions.values()
        if state in one.sources
    }
    return MassActs(
        tuple(one for one in done if one.id in possible),
        tuple(one for one in signed if one.id in possible),
        concerned=True,
    )


def _standing(work: Work, narrowed: Sequence[Any], states: Sequence[str]) -> list[tuple[str, Scheme]]:
    """The states in which dossiers of the list are, each with the versions they were filed under: of each state as many are
    looked at as are counted."""
    each = [
        select(Dossier.state, Dossier.version_id).where(*narrowed, Dossier.state == state).limit(COUNTED)
        for state in sorted(states)
    ]
    some = union_all(*(select(one.subquery()) for one in each)).subquery()
    found = (
        select(some.c.state, some.c.version_id, SchemeVersion.checksum)
        .join(SchemeVersion, SchemeVersion.id == some.c.version_id)
        .distinct()
    )
    return [
        (row.state, shelf.scheme_of(work.session, row.version_id, row.checksum))
        for row in work.session.execute(found)
    ]
