"""Words the office puts on dossiers: those their scheme declares, or its own where it declares none."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from dossiers.access import Viewer
from dossiers.database import Dossier, Tag, insert_or_ignore
from dossiers.services import noting
from dossiers.services.desk import Work
from dossiers.services.opened import Opened, for_staff, roles_in
from dossiers.services.perimeters import within
from dossiers.services.refusals import Refused
from dossiers.services.staff import actor_of, require
from engine.language import Scheme

TAG = "tag"
LONGEST, MOST, OFFERED = 40, 20, 60


def tag(work: Work, viewer: Viewer, public_id: str, word: str) -> str:
    """Put a tag on a dossier; returns it as kept. Raises NotFound, Refused: not_allowed, anonymised, empty, too_long,
    no_such_tag, too_many."""
    opened = _permitted(work, viewer, public_id)
    kept = " ".join(word.split())
    if not kept:
        raise Refused("empty")
    if opened.scheme.tags and kept not in opened.scheme.tags:
        raise Refused("no_such_tag")
    if len(kept) > LONGEST:
        raise Refused("too_long", max=LONGEST)
    if len(of(work, opened.dossier.id)) >= MOST:
        raise Refused("too_many", field="", max=MOST)
    if insert_or_ignore(work.session, Tag, {"dossier_id": opened.dossier.id, "word": kept}):
        noting.note(work, opened, actor_of(viewer, opened.slug), "tagged", {"tag": kept})
    return kept


def untag(work: Work, viewer: Viewer, public_id: str, word: str) -> None:
    """Take a tag off; nothing when it isn't there. Raises NotFound, Refused: not_allowed, anonymised."""
    opened = _permitted(work, viewer, public_id)
    there = (Tag.dossier_id == opened.dossier.id, Tag.word == word)
    if work.session.execute(delete(Tag).where(*there).returning(Tag.word)).first() is not None:
        noting.note(work, opened, actor_of(viewer, opened.slug), "untagged", {"tag": word})


def of(work: Work, dossier_id: int) -> tuple[str, ...]:
    """The tags of a dossier."""
    return tuple(
        work.session.scalars(select(Tag.word).where(Tag.dossier_id == dossier_id).order_by(Tag.word))
    )


def of_each(work: Work, dossier_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The tags of several dossiers."""
    found: dict[int, tuple[str, ...]] = {}
    query = select(Tag.dossier_id, Tag.word).where(Tag.dossier_id.in_(dossier_ids)).order_by(Tag.word)
    for id, word in work.session.execute(query) if dossier_ids else ():
        found[id] = (*found.get(id, ()), word)
    return found


def is_used(scheme: Scheme) -> bool:
    """Whether anybody may tag dossiers of a scheme."""
    return any(TAG in role.may for role in scheme.roles.values())


def offered(work: Work, viewer: Viewer, scheme: Scheme, scheme_id: int) -> tuple[str, ...]:
    """The tags a list may be narrowed by: those declared, or those in use."""
    if scheme.tags or not is_used(scheme) or not roles_in(viewer, scheme.id):
        return tuple(scheme.tags)
    query = select(Tag.word).join(Dossier, Dossier.id == Tag.dossier_id)
    there = query.where(Dossier.scheme_id == scheme_id, *within(viewer, scheme)).distinct()
    return tuple(work.session.scalars(there.order_by(Tag.word).limit(OFFERED)))


def _permitted(work: Work, viewer: Viewer, public_id: str) -> Opened:
    opened = for_staff(work, viewer, public_id, lock=True)
    if opened.dossier.purged_at is not None:
        raise Refused("anonymised", at=opened.dossier.purged_at)
    require(viewer, opened, TAG)
    return opened
