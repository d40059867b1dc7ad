"""Behind a fact about other dossiers, for who looks at one: which ones, and what it came to when it counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dossiers.access import Viewer
from dossiers.changes import facts as rows
from dossiers.services import earlier
from dossiers.services.around_views import Counted, CountedThen
from dossiers.services.cases import Case
from dossiers.services.desk import Work
from dossiers.services.fact_views import parts_of
from dossiers.services.related import named
from engine.facts import OTHERS, Kept
from engine.kinds.kind import items
from engine.language.facts_model import DossiersFact, feel_value


def counted(work: Work, viewer: Viewer, case: Case, hidden: Collection[str]) -> Mapping[str, Counted]:
    """By fact, as far as this viewer may know it; the dossiers are those of now, of the decision once there is one."""
    shown = [fact for fact in earlier.of_scheme(case.scheme) if fact.id not in hidden]
    if not shown:
        return {}
    kept = rows.every(work.session, work.office.vault, case.dossier)
    now = earlier.all_of(work, case.opened, case.reading) if case.counts else {}
    return {fact.id: _of(work, viewer, case, fact, (kept, now.get(fact.id))) for fact in shown}


def _of(
    work: Work, viewer: Viewer, case: Case, fact: DossiersFact, known: tuple[Iterable[Kept], Kept | None]
) -> Counted:
    kept = tuple(one for one in known[0] if one.name == fact.id)
    last = known[1] or (kept[-1] if kept else None)
    if last is None:
        return Counted()
    ids = [str(one) for one in items(last.values.get(OTHERS))]
    others = named(work, viewer, ids) if ids else ()
    then = tuple(CountedThen(one.at, parts_of(case, fact, _values(fact, one))) for one in kept)
    return Counted(others, int(str(last.values.get("count", 0))) - len(others), then)


def _values(fact: DossiersFact, kept: Kept) -> Mapping[str, object]:
    return {name: feel_value(fact.kind(name), kept.values.get(name)) for name in fact.members}
