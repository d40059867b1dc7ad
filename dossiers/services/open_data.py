"""Open data: the subsidies a scheme publishes, in the national form; nobody's who must not be, nothing that wouldn't pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, case, func, select

from dossiers.access import Viewer
from dossiers.changes import facts
from dossiers.changes.amounts import from_cents
from dossiers.database import AmountStep, Dossier
from dossiers.services import publication
from dossiers.services.desk import Work
from dossiers.services.export_making import Made
from dossiers.services.export_plans import Asked, Plan, Sheet, may_export
from dossiers.services.export_rows import Chunk, Reading, ids_of
from dossiers.services.perimeters import is_narrowed
from dossiers.services.refusals import NotFound
from dossiers.services.wanted import FILED
from engine.asked import read_answers
from engine.facts import known
from engine.kinds import Json
from engine.language import Scheme
from engine.language.export_model import Column, OpenData
from engine.language.leaves import leaves
from renderers import scdl
from renderers.exports import Head, Out, Table, blocks, write
from renderers.words import phrase

OPEN_DATA = "open_data"
LANGUAGE = "fr"  # of what is published
TOLD = 50  # slips told one by one


def may_publish(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether somebody may make open data: who may export, and sees every dossier."""
    return scheme.open_data is not None and may_export(viewer, scheme) and not is_narrowed(viewer, scheme)


@dataclass(slots=True)
class LeftOut:
    """What isn't in the file: how many for which reason, and the first slips (reference, column, code)."""

    counts: Counter[str] = field(default_factory=Counter)
    slips: list[tuple[str, str, str]] = field(default_factory=list)

    def told(self) -> Mapping[str, Any]:
        """As the export keeps it."""
        return {"left_out": dict(self.counts), "slips": [list(one) for one in self.slips[:TOLD]]}


def make_open_data(work: Work, viewer: Viewer | None, slug: str, out: Out) -> tuple[Made, Mapping[str, Any]]:
    """Write the file, and what was left out of it. Raises NotFound: who may not, a scheme that publishes nothing."""
    found = publication.current(work, slug)
    said = found.scheme.open_data
    if said is None or (viewer is not None and not may_publish(viewer, found.scheme)):
        raise NotFound("open_data")
    plan = _plan(found.scheme, found.scheme_id, found.version_id, said)
    ids, left, count = ids_of(work, plan), LeftOut(), 0

    def rows() -> Iterator[tuple[str, ...]]:
        nonlocal count
        for row in _rows(work, plan, said, ids, left):
            count += 1
            yield tuple(row[name] for name in scdl.NAMES)

    heads = tuple(Head(name, "text") for name in scdl.NAMES)
    write([Table("subventions", heads, blocks(rows()))], "csv", out, count=1)
    return Made(len(ids), count, ()), left.told()


def _plan(scheme: Scheme, scheme_id: int, version_id: int, said: OpenData) -> Plan:
    """Every answer of the dossiers in these states that were granted more than what is published over."""
    over = int(said.granted_over * 100)
    granted = case(
        (AmountStep.kind == "granted", AmountStep.cents),
        (AmountStep.kind == "reversed", -AmountStep.cents),
        else_=0,
    )
    many = select(AmountStep.dossier_id).group_by(AmountStep.dossier_id).having(func.sum(granted) > over)
    conditions = (
        Dossier.scheme_id == scheme_id,
        *FILED,
        Dossier.purged_at.is_(None),
        Dossier.state.in_(sorted(said.states)),
        Dossier.id.in_(many),
    )
    about = tuple(Column(name, about=name) for name in ("reference", "decided_at", "state_since"))
    answers = tuple(Column(leaf.name, leaf=leaf) for one in scheme.fields.values() for leaf in leaves(one))
    sheet = Sheet(OPEN_DATA, (*about, *answers))
    return Plan(Asked(OPEN_DATA, "csv"), scheme, scheme_id, version_id, (sheet,), conditions)


def _rows(
    work: Work, plan: Plan, said: OpenData, ids: Sequence[int], left: LeftOut
) -> Iterator[Mapping[str, str]]:
    reading = Reading(work, plan, plan.sheets[0])
    for start in range(0, len(ids), reading.CHUNK):
        chunk = ids[start : start + reading.CHUNK]
        money, sealed = _Money(work, chunk), facts.sealed_of(work.session, list(chunk))
        for dossier in _read(reading.chunk(chunk)):
            values = _values(work, plan.scheme, dossier, sealed.get(dossier.row.id, {}))
            if not _may_be_published(work, said, values):
                left.counts["except"] += 1
                continue
            row = _row(work, plan.scheme, said, dossier, values, money)
            slips = list(scdl.check_row(row, 1))
            if not slips:
                yield row
                continue
            left.counts[slips[0].code if slips[0].code == "no_number" else "slip"] += 1
            left.slips += [(dossier.row.reference or "", one.column, one.code) for one in slips]


@dataclass(frozen=True, slots=True)
class Read:
    """A dossier as it was read: its row and its answers."""

    row: Row[Any]
    answers: Mapping[str, Json]


def _read(chunk: Chunk) -> Iterator[Read]:
    for row, answers in zip(chunk.rows, chunk.answers, strict=True):
        yield Read(row, answers)


def _values(work: Work, scheme: Scheme, dossier: Read, sealed: Mapping[str, bytes]) -> Any:
    """What the rules know of a dossier."""
    organisation = work.office.organisation
    kept = facts.opened(work.office.vault, dossier.row.public_id, sealed)
    return read_answers(
        scheme,
        dossier.answers,
        now=work.now,
        organisation=organisation,
        deposited_on=organisation.local_date(dossier.row.filed_at),
        facts=known(scheme, kept),
    )


def _may_be_published(work: Work, said: OpenData, reading: Any) -> bool:
    """Only when the exception is known not to hold: while an answer it reads isn't there, nobody is published."""
    if said.except_ is None:
        return True
    if any(reading.values.get(path[0]) is None for path in said.except_.names):
        return False
    return said.except_.value(reading.values, work.now, work.office.organisation.zone) is False


def _row(
    work: Work, scheme: Scheme, said: OpenData, dossier: Read, reading: Any, money: _Money
) -> Mapping[str, str]:
    organisation = work.office.organisation
    whom, answers, id = said.beneficiary, reading.answers, dossier.row.id
    days = [organisation.local_date(at) for at in money.paid_at.get(id, ())]
    agreed = str(answers.get(said.agreed_on) or "") or _day(organisation.local_date(_decided(dossier)))
    first, last = (min(days), max(days)) if days else (agreed, agreed)
    parts = scheme.award is not None and len(scheme.award.instalments) > 1
    about = phrase(said.about.say(LANGUAGE, reading.values, work.now, organisation.zone), LANGUAGE)
    return {
        "nomAttribuant": said.granter_name or organisation.name,
        "idAttribuant": said.granter_siret,
        "dateConvention": agreed,
        "referenceDecision": dossier.row.reference or "",
        "nomBeneficiaire": str(answers.get(whom.name) or ""),
        "idBeneficiaire": str(answers.get(whom.siret) or ""),
        "rnaBeneficiaire": str(answers.get(whom.rna) or ""),
        "objet": " ".join(about.split())[: scdl.LONGEST],
        "montant": f"{money.granted.get(id, Decimal(0)):f}",
        "nature": scdl.CASH,
        "conditionsVersement": scdl.IN_PARTS if parts else scdl.AT_ONCE,
        "datesPeriodeVersement": str(first) if first == last else f"{first}/{last}",
        "idRAE": "",
        "notificationUE": scdl.YES if said.is_de_minimis else scdl.NO,
        "pourcentageSubvention": "1.00",
        "dispositifAide": "",
    }


def _decided(dossier: Read) -> datetime:
    found: datetime = dossier.row.decided_at or dossier.row.state_since
    return found


def _day(day: date) -> str:
    return day.isoformat()


class _Money:
    """What some dossiers were granted, and when they were paid."""

    def __init__(self, work: Work, ids: Sequence[int]) -> None:
        self.granted: dict[int, Decimal] = {}
        self.paid_at: dict[int, list[datetime]]
        signs = {"granted": 1, "reversed": -1}
        query = select(
            AmountStep.dossier_id, AmountStep.kind, AmountStep.cents, AmountStep.at, AmountStep.why
        )
        query = query.where(AmountStep.dossier_id.in_(ids)).order_by(AmountStep.id)
        payments: dict[int, list[tuple[int, datetime]]] = {}
        for id, kind, cents, at, why in work.session.execute(query):
            made = payments.setdefault(id, [])
            if kind in signs:
                self.granted[id] = self.granted.get(id, Decimal(0)) + signs[kind] * from_cents(cents)
            elif kind == "paid":
                made.append((cents, at))
            elif kind == "returned" and why == "bank":
                _take_out(made, cents)
        self.paid_at = {id: [at for _, at in made] for id, made in payments.items()}


def _take_out(made: list[tuple[int, datetime]], cents: int) -> None:
    """Leave the last payment of this sum out: the bank sent it back, so that it was never made."""
    place = next((place for place in reversed(range(len(made))) if made[place][0] == cents), None)
    if place is not None:
        del made[place]
