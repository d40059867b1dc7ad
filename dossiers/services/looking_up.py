"""Looking up what the answers just given make known, and filling in the fields that wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dossiers.access import Viewer
from dossiers.changes import facts as rows
from dossiers.services.desk import Work
from dossiers.services.facts import Learnt, as_kept, before_page, still_asked
from dossiers.services.filling import Filling, filling, keep, read
from dossiers.services.filling_view import view_of
from dossiers.services.opened import for_applicant
from dossiers.services.source_views import Wanted
from dossiers.services.views import ApplicationView
from engine.facts import Kept, suggestion
from engine.kinds import Json


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The application once its sources were asked. `filled`: the fields filled in; `missing`: the facts whose source knows
    no such thing; `silent`: those whose source gave no answer."""

    view: ApplicationView
    filled: frozenset[str]
    missing: frozenset[str]
    silent: frozenset[str]


@before_page
def look_up(work: Work, viewer: Viewer, public_id: str, wanted: tuple[Wanted, ...]) -> LookedUp:
    """Keep what the sources said, and fill in the fields that are still blank or hold what a source said before.

    The sources are asked before, within two seconds. Raises NotFound, Refused("not_editable").
    """
    before = filling(work, for_applicant(work, viewer, public_id, lock=True))
    learnt = still_asked(before.reading, work.prepared)
    new = {one.wanted.name: as_kept(one, work.now) for one in learnt}
    rows.add(work.session, work.office.vault, before.opened.dossier, new.values())
    known = {**before.kept, **new}
    filled = _filled(before, known, new)
    saved = replace_kept(work, before, known, filled)
    return LookedUp(
        view_of(work, saved),
        frozenset(filled),
        _with_status(learnt, "missing"),
        _with_status(learnt, "down", "wrong"),
    )


def replace_kept(
    work: Work, before: Filling, known: Mapping[str, Kept], filled: Mapping[str, Json]
) -> Filling:
    """The draft read with other facts; written when answers were filled in."""
    reading = read(work, before.opened, {**before.answers, **filled}, known)
    if filled:
        return keep(work, replace(before, kept=known), reading, [])
    return replace(before, kept=known, reading=reading)


def _filled(before: Filling, known: Mapping[str, Kept], new: Mapping[str, Kept]) -> dict[str, Json]:
    """What the new facts put into the fields that are blank, or hold what was filled in before; what was typed and can't be
    read is no blank."""
    found: dict[str, Json] = {}
    for field in before.opened.scheme.fields.values():
        if field.filled_by is None or field.filled_by[0] not in new or not before.may_change(field):
            continue
        if field.id in before.typed:
            continue
        value, present = suggestion(field, known), before.answers.get(field.id)
        if value is not None and value != present and present in (None, suggestion(field, before.kept)):
            found[field.id] = value
    return found


def _with_status(learnt: tuple[Learnt, ...], *statuses: str) -> frozenset[str]:
    return frozenset(one.wanted.name for one in learnt if one.answer.status in statuses)
