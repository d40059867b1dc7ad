"""One filed dossier under the version it follows and under a newer one: which line of the migration it fits, and what would
change. The preview and the move weigh alike, so that what was foretold is what happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from dossiers.changes import filing
from dossiers.changes.amounts import from_cents, to_cents
from dossiers.database import VerdictRow, core, table_of
from dossiers.services import shelf
from dossiers.services.cases import Case, as_followed, load, situation
from dossiers.services.desk import Work
from dossiers.services.filling import read
from dossiers.services.opened import Opened
from engine.award import compute
from engine.eligibility import judge
from engine.kinds.kind import members
from engine.language import Scheme
from engine.language.model import MigrationLine

VERDICTS = table_of(VerdictRow)
LAST = (
    select(VERDICTS.c.eligible, VERDICTS.c.amount_cents)
    .where(VERDICTS.c.dossier_id == bindparam("dossier"))
    .order_by(VERDICTS.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Target:
    """The version dossiers are moved to."""

    version_id: int
    number: int
    scheme: Scheme


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether a dossier is eligible, and what the award comes to in cents, under one version."""

    eligible: bool | None
    cents: int | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A dossier weighed. `line` is the one it fits (None: none does, it keeps its version); `case` is the dossier under the
    newer version, None where that one has no such state; `state` as the newer version calls it."""

    line: MigrationLine | None
    state: str
    before: Judged
    after: Judged
    amount: Decimal | None
    case: Case | None

    @property
    def moves(self) -> bool:
        """Whether it takes the newer version."""
        return self.line is not None and self.line.take == "new"

    def result(self) -> dict[str, Any]:
        """The figures, as JSON: what the preview counts, and what a campaign keeps of each dossier."""
        return {
            "line": self.line.id if self.line else None,
            "takes": "new" if self.moves else "old",
            "state": self.state,
            "eligible": [self.before.eligible, self.after.eligible if self.moves else self.before.eligible],
            "cents": [self.before.cents, self.after.cents if self.moves else self.before.cents],
        }


def target_of(work: Work, version_id: int, number: int, checksum: str) -> Target:
    """A version to move to."""
    return Target(version_id, number, shelf.scheme_of(work.session, version_id, checksum))


def weigh(work: Work, target: Target, opened: Opened) -> Weighed:
    """Weigh a filed dossier that follows an older version."""
    migration = target.scheme.migration
    older, row = load(work, opened), opened.dossier
    state = migration.state(row.state) if migration else row.state
    before = _kept(work, older)
    if migration is None or not migration.speaks_of(opened.number):
        return Weighed(None, state, before, before, None, None)
    if state not in target.scheme.workflow.states:
        return Weighed(None, state, before, before, None, None)
    case, amount = _under(work, target, older)
    after = Judged(case.verdict.eligible if case.verdict else None, _cents(amount))
    known = _known(work, case, state, before, opened.number, amount)
    lines = (line for line in migration.dossiers.values() if not (is_decided(older) and _passes_over(line)))
    organisation = work.office.organisation
    line = next((one for one in lines if one.where.holds(known, work.now, organisation.zone)), None)
    return Weighed(line, state, before, after, amount, case)


def is_decided(case: Case) -> bool:
    """Whether the dossier stands where a decision or an end was reached: it keeps its form and its wording."""
    state = case.scheme.workflow.states[case.dossier.state]
    return state.decision is not None or state.kind == "end"


def _passes_over(line: MigrationLine) -> bool:
    """What is decided is never moved silently: only by an action that takes it up again."""
    return line.take == "new" and line.do is None


def _under(work: Work, target: Target, older: Case) -> tuple[Case, Decimal | None]:
    """The case as the newer version reads and judges it."""
    opened = replace(older.opened, scheme=target.scheme, version_id=target.version_id, number=target.number)
    as_filed = filing.latest(work.session, work.office.vault, older.dossier)
    assert as_filed is not None  # it was filed: `older` has been read
    filed = as_followed(work, opened, as_filed)
    reading = read(work, opened, filed.answers)
    verdict = judge(reading)
    case = replace(older, opened=opened, filed=filed, reading=reading, verdict=verdict)
    return case, compute(reading, verdict).amount


def _known(
    work: Work, case: Case, state: str, before: Judged, number: int, amount: Decimal | None
) -> Mapping[str, object]:
    """What a line of the migration may read."""
    told = situation(work, case)
    known = replace(told, state=state).known()
    old = None if before.cents is None else from_cents(before.cents)
    award = {"computed": amount, "granted": None, "paid": None}
    judged = {"eligible": before.eligible, "amount": old, "version": Decimal(number)}
    dossier = {**members(known.get("dossier")), "version": Decimal(number)}
    return {**known, "before": judged, "award": award, "dossier": dossier}


def _kept(work: Work, case: Case) -> Judged:
    """What the version it follows says: the last verdict kept."""
    row = core(work.session).execute(LAST, {"dossier": case.dossier.id}).first()
    return Judged(row.eligible, row.amount_cents) if row else Judged(None, None)


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else to_cents(amount)
