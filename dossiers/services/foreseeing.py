"""What would become of each dossier of a batch, if it were done now: looked at without a lock, and without the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from dossiers.database import Dossier, SchemeVersion
from dossiers.services import shelf
from dossiers.services.cases import load, situation
from dossiers.services.desk import Work
from dossiers.services.masking import hidden_ids, mask_refusal, mask_verdict
from dossiers.services.opened import by_id
from dossiers.services.refusals import Refused
from engine.kinds.file import may_come_later
from engine.language import Scheme
from engine.language.model import Action
from workflows import lifecycle
from workflows.lifecycle import Actor, Refusal
from workflows.payment import is_payment

CHUNK = 500
SHOWN = 50  # dossiers named before the act, of those that may have it done and of those that can't


@dataclass(frozen=True, slots=True)
class Cannot:
    """Why some of the dossiers chosen can't have it done now, one of the refusals alike, and how many they are."""

    refusal: Refused | Refusal
    count: int


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How many dossiers are chosen, and why some can't have it done now, the most frequent reason first; `able`: the row
    ids of the others; `unable`: the public ids of the first of those that can't, each with its own reason."""

    total: int
    cannot: tuple[Cannot, ...]
    able: tuple[int, ...]
    unable: Mapping[str, Refused | Refusal]

    @property
    def can(self) -> int:
        """How many may have it done now."""
        return len(self.able)


def foresee(
    work: Work,
    actor: Actor,
    action: str,
    ids: Sequence[int],
    *,
    shown_to: Collection[str],
    listed: Collection[int] = (),
) -> Foreseen:
    """What the action would come to on these dossiers, done by this actor; told to somebody with the roles `shown_to`.

    `listed`: those that wait on a list already, and can't be put on another.
    """
    first: dict[tuple[str, str], Refused | Refusal] = {}
    counts: Counter[tuple[str, str]] = Counter()
    able: list[int] = []
    unable: dict[str, Refused | Refusal] = {}
    for id, public_id, refusal in _looked_at(work, actor, action, ids, shown_to):
        refusal = Refused("on_another_list") if id in listed else refusal
        if refusal is None:
            able.append(id)
            continue
        key = (refusal.code, str(refusal.params.get("did", refusal.params.get("fields", ""))))
        first.setdefault(key, refusal)
        counts[key] += 1
        if len(unable) < SHOWN:
            unable[public_id] = refusal
    cannot = tuple(Cannot(first[key], count) for key, count in counts.most_common())
    return Foreseen(len(ids), cannot, tuple(able), unable)


def _looked_at(
    work: Work, actor: Actor, action: str, ids: Sequence[int], shown_to: Collection[str]
) -> Iterator[tuple[int, str, Refused | Refusal | None]]:
    for start in range(0, len(ids), CHUNK):
        for id, public_id, state, purged, scheme in _rows(work, ids[start : start + CHUNK]):
            found = Refused("anonymised", at=purged) if purged else _by_row(scheme, state, action, actor)
            if found is None and _needs_reading(scheme, state, scheme.workflow.actions[action]):
                found = _by_reading(work, id, action, actor, shown_to)
            yield id, public_id, found


def _rows(work: Work, ids: Sequence[int]) -> Iterable[tuple[int, str, str, object, Scheme]]:
    query = (
        select(Dossier.id, Dossier.public_id, Dossier.state, Dossier.purged_at, Dossier.version_id)
        .add_columns(SchemeVersion.checksum)
        .join(SchemeVersion, SchemeVersion.id == Dossier.version_id)
        .where(Dossier.id.in_(ids))
        .order_by(Dossier.state_since, Dossier.id)
    )
    for row in work.session.execute(query).all():
        scheme = shelf.scheme_of(work.session, row.version_id, row.checksum)
        yield row.id, row.public_id, row.state, row.purged_at, scheme


def _by_row(scheme: Scheme, state: str, action: str, actor: Actor) -> Refused | Refusal | None:
    """What is known without opening the dossier: the action exists in its version, from its state, for these roles."""
    found = scheme.workflow.actions.get(action)
    if found is None:
        return Refused("unknown_action", action=action)
    if state not in found.sources:
        return Refused("not_from_here", action=action, state=state)
    return None if actor.roles & set(found.by) else Refused("not_yours", action=action, by=found.by)


def _needs_reading(scheme: Scheme, state: str, action: Action) -> bool:
    """Whether something in the dossier may stand against it: a condition, who did what, documents a payment awaits."""
    if action.if_ or action.not_by_who_did:
        return True
    awaits = any(may_come_later(field) for field in scheme.fields.values())
    return awaits and is_payment(scheme, state, action.to, "staff")


def _by_reading(work: Work, id: int, action: str, actor: Actor, shown_to: Collection[str]) -> Refusal | None:
    opened = by_id(work, id, lock=False)
    if opened is None:
        return None
    case = load(work, opened)
    hidden = hidden_ids(case.scheme, shown_to)
    verdict = mask_verdict(case.verdict, case.scheme, hidden) if case.verdict else None
    refusal = lifecycle.looked_at(situation(work, replace(case, verdict=verdict)), action, actor)
    return mask_refusal(refusal, case.scheme.workflow.actions[action], hidden) if refusal else None
