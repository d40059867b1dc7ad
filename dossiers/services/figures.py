"""The figures of a scheme, for who heads the office, and the part of money for who pays: read from sums kept up by the worker."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from dossiers import access
from dossiers.access import Viewer
from dossiers.changes.amounts import from_cents
from dossiers.database import Account, Call, Dossier, FigureMark, JournalEntry, PaymentBatch
from dossiers.services import figure_keeping, ledger
from dossiers.services.desk import Work
from dossiers.services.figure_sums import (
    BY_DAY,
    NOW,
    Reach,
    by_bucket,
    median_and_ninetieth,
    totals,
)
from dossiers.services.figure_views import (
    AGES,
    AgentLine,
    ChartView,
    FiguresAsked,
    FiguresView,
    MoneyView,
    StateStock,
    TerritoryLine,
)
from dossiers.services.masking import hidden_ids
from dossiers.services.opened import roles_in
from dossiers.services.perimeters import is_narrowed, within
from dossiers.services.refusals import NotFound
from dossiers.services.wanted import served
from engine.asked.order import reads
from engine.language import Scheme
from engine.language.dashboard_model import Chart
from workflows.funding import budget_of

VERB, MONEY_VERB = "dashboard", "pay"
DATED = ("filed", "decided", "took", "reason", "requested", "granted", "paid", "decider")


def may_watch(viewer: Viewer, scheme: Scheme) -> bool:
    """Whether somebody may see figures of a scheme: all of them, or those of money."""
    return access.may(viewer, VERB, scheme) or access.may(viewer, MONEY_VERB, scheme)


def shown(work: Work, viewer: Viewer, slug: str, asked: FiguresAsked) -> FiguresView:
    """The figures a viewer may see: those of their own groups when they see no other dossiers, the part of money alone for
    who only pays. Raises NotFound."""
    scheme, scheme_id = served(work, viewer, slug)
    if not may_watch(viewer, scheme):
        raise NotFound("figures")
    groups = viewer.groups.get(slug, frozenset()) if is_narrowed(viewer, scheme) else None
    hidden = hidden_ids(scheme, roles_in(viewer, slug))
    everything = access.may(viewer, VERB, scheme)
    reach = Reach(scheme_id, groups, asked, scheme.workflow.inside(asked.state))
    view = figures(work, scheme, reach, everything=everything, hidden=hidden)
    return with_calls(work, viewer, view, scheme_id) if everything else view


def figures(
    work: Work, scheme: Scheme, reach: Reach, *, everything: bool = True, hidden: Collection[str] = ()
) -> FiguresView:
    """The figures within reach; no chart that reads what is `hidden`."""
    asked = reach.asked
    charts = [one for one in scheme.dashboard.charts.values() if not _reads(one) & set(hidden)]
    kinds = (
        (*DATED, *(f"chart:{one.id}" for one in charts)) if everything else ("requested", "granted", "paid")
    )
    sums: dict[str, dict[str, Any]] = {}
    for row in totals(work, reach, kinds, "kind", "key"):
        sums.setdefault(row.kind, {})[row.key] = row
    took = {int(key): int(row.number) for key, row in sums.get("took", {}).items()}
    median, ninetieth = median_and_ninetieth(took)
    arrivals = totals(work, reach, ["filed"], "grain", "day") if everything else ()
    return FiguresView(
        scheme=scheme,
        slug=scheme.id,
        asked=asked,
        as_of=as_of(work),
        counted=figure_keeping.is_counted(work, reach.scheme_id),
        everything=everything,
        narrowed=reach.groups is not None,
        monthly=asked.last - asked.first > BY_DAY,
        arrivals=by_bucket(arrivals, asked.first, asked.last),
        stock=_stock(work, scheme, reach) if everything else (),
        decided=_counts(sums, "decided"),
        median=median,
        ninetieth=ninetieth,
        reasons=_counts(sums, "reason"),
        money=_money(work, scheme, reach, sums) if scheme.award else None,
        territories=_territories(work, reach) if everything else (),
        agents=_agents(work, reach, sums) if everything else (),
        calls=(),
        charts=tuple(_chart(one, sums) for one in charts) if everything else (),
        groups=tuple(id for id in scheme.groups if reach.groups is None or id in reach.groups),
        places=_places(work, reach),
    )


def as_of(work: Work) -> datetime:
    """The instant figures are true of: now, unless something was done since that they haven't followed yet."""
    row: Any = JournalEntry
    mark = work.session.scalar(select(FigureMark.number).where(FigureMark.name == figure_keeping.SEALS))
    unsealed = select(func.min(row.at)).where(row.seal_id.is_(None)).scalar_subquery()
    sealed = select(func.min(row.at)).where(row.seal_id > (mark or 0)).scalar_subquery()
    return min(
        (at for at in work.session.execute(select(unsealed, sealed)).one() if at is not None),
        default=work.now,
    )


def with_calls(work: Work, viewer: Viewer, view: FiguresView, scheme_id: int) -> FiguresView:
    """The view with the calls of the period by motive, those about dossiers the viewer may know of and about none."""
    here: list[Any] = [Call.scheme_id == scheme_id, Call.day.between(view.asked.first, view.asked.last)]
    query = select(Call.motive, func.count()).where(*here)
    narrowed = within(viewer, view.scheme)
    if narrowed:
        seen = or_(Call.dossier_id.is_(None), and_(*narrowed))
        query = query.outerjoin(Dossier, Dossier.id == Call.dossier_id).where(seen)
    rows = work.session.execute(query.group_by(Call.motive)).all()
    return replace(view, calls=_ordered(dict(row._tuple() for row in rows)))


def _reads(chart: Chart) -> set[str]:
    """The names of the scheme a chart lets guess."""
    return {*chart.by[:1], *(reads(chart.where) if chart.where else ())}


def _counts(sums: Mapping[str, Mapping[str, Any]], kind: str) -> tuple[tuple[str, int], ...]:
    return _ordered({key: int(row.number) for key, row in sums.get(kind, {}).items()})


def _ordered(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The greatest first."""
    return tuple(sorted(((key, n) for key, n in counts.items() if n), key=lambda one: (-one[1], one[0])))


def _stock(work: Work, scheme: Scheme, reach: Reach) -> tuple[StateStock, ...]:
    today = work.office.organisation.local_date(work.now)
    found: dict[str, list[int]] = {}
    for row in totals(work, reach, ["stock"], "state", "day", period=NOW):
        ages = found.setdefault(row.state, [0] * (len(AGES) + 1))
        ages[_age(row.day, today)] += int(row.number)
    order = [id for id in scheme.workflow.states if id in found] + sorted(
        found.keys() - scheme.workflow.states.keys()
    )
    ends = {id for id, state in scheme.workflow.states.items() if state.kind == "end"}
    return tuple(StateStock(id, sum(found[id]), () if id in ends else tuple(found[id])) for id in order)


def _age(since: date, today: date) -> int:
    return next((place for place, most in enumerate(AGES) if (today - since).days <= most), len(AGES))


def _money(work: Work, scheme: Scheme, reach: Reach, sums: Mapping[str, Mapping[str, Any]]) -> MoneyView:
    of = {
        kind: sum(int(row.cents) for row in sums.get(kind, {}).values())
        for kind in ("requested", "granted", "paid")
    }
    now = {
        row.kind: (int(row.number), from_cents(int(row.cents)))
        for row in totals(work, reach, ["due", "owed"], "kind", period=NOW)
    }
    nothing = (0, from_cents(0))
    whole = reach.groups is None and not reach.asked.is_narrowed
    return MoneyView(
        requested=from_cents(of["requested"]),
        granted=from_cents(of["granted"]),
        paid=from_cents(of["paid"]),
        due=now.get("due", nothing),
        owed=now.get("owed", nothing),
        envelopes=ledger.overview(work, scheme.id)[1] if whole and budget_of(scheme) is not None else (),
        batches=_batches(work, reach.scheme_id) if whole else (),
    )


def _batches(work: Work, scheme_id: int) -> tuple[tuple[str, int], ...]:
    query = select(PaymentBatch.state, func.count()).where(PaymentBatch.scheme_id == scheme_id)
    return tuple((state, count) for state, count in work.session.execute(query.group_by(PaymentBatch.state)))


def _territories(work: Work, reach: Reach) -> tuple[TerritoryLine, ...]:
    found: dict[str, dict[str, Any]] = {}
    for row in totals(work, reach, ["filed", "decided", "granted"], "territory", "kind", "key"):
        found.setdefault(row.territory, {})[f"{row.kind}{row.key}"] = row
    if set(found) <= {""}:
        return ()
    return tuple(
        TerritoryLine(
            code,
            int(rows["filed"].number) if "filed" in rows else 0,
            int(rows["decidedgranted"].number) if "decidedgranted" in rows else 0,
            from_cents(int(rows["granted"].cents) if "granted" in rows else 0),
        )
        for code, rows in sorted(found.items(), key=lambda one: (one[0] == "", one[0]))
    )


def _places(work: Work, reach: Reach) -> tuple[str, ...]:
    """The départements dossiers lie in, whatever is asked for."""
    every = replace(reach, asked=replace(reach.asked, group="", territory="", state=""))
    return tuple(
        sorted(
            row.territory for row in totals(work, every, ["stock"], "territory", period=NOW) if row.territory
        )
    )


def _agents(work: Work, reach: Reach, sums: Mapping[str, Mapping[str, Any]]) -> tuple[AgentLine, ...]:
    held = {row.key: int(row.number) for row in totals(work, reach, ["held"], "key", period=NOW)}
    decided = {key: int(row.number) for key, row in sums.get("decider", {}).items() if key}
    ids = {*held, *decided}
    known = [int(id) for id in ids if id.isdecimal()]
    names = {
        str(id): name
        for id, name in work.session.execute(select(Account.id, Account.name).where(Account.id.in_(known)))
    }
    lines = [AgentLine(names.get(id, ""), held.get(id, 0), decided.get(id, 0)) for id in ids]
    return tuple(sorted(lines, key=lambda one: (one.name == "", -one.held, one.name)))


def _chart(chart: Chart, sums: Mapping[str, Mapping[str, Any]]) -> ChartView:
    rows = sums.get(f"chart:{chart.id}", {})
    found = [(key, int(row.number), from_cents(int(row.cents))) for key, row in rows.items()]
    by_amount = chart.measure == "granted"
    found.sort(key=lambda one: (-one[2] if by_amount else -one[1], one[0]))
    return ChartView(chart, tuple(found))
