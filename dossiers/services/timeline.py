"""What happened, in the applicant's eyes: filings and changes of the public status, never an internal state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dossiers.services.timeline_views import StatusStep, TimelineEntry
from engine.language.model import Action, PublicStatus, Scheme, Workflow
from workflows.payment import may_be_paid, suspends

ACCOUNT_GIVEN = "account_given"  # in place of the one the bank refused
UNDONE = "payment_undone"  # a payment that had ended the dossier came back
FILED_AGAIN = "filed_again"  # the journal's word for what the applicant changed unasked


@dataclass(frozen=True, slots=True)
class Move:
    """One move of a dossier, as the journal has it; `filed` is the number of the filing made with it, if any."""

    at: datetime
    action: str
    actor_kind: str
    source: str | None
    target: str | None
    filed: int | None


def entries(scheme: Scheme, moves: Iterable[Move]) -> tuple[TimelineEntry, ...]:
    """The moves an applicant reads, oldest first; a move between two states of one public status says nothing, but for
    a payment that stops or goes on."""
    found: list[TimelineEntry] = []
    workflow, stopped = scheme.workflow, False
    for move in moves:
        if move.target is None:
            found.append(TimelineEntry(move.at, _beside_kind(workflow, move)))
            continue
        status = workflow.public_of(move.target)
        before = workflow.public_of(move.source) if move.source else None
        was_stopped, stopped = stopped, _is_stopped(scheme, move, stopped)
        if move.filed is not None and not (move.filed > 1 and _is_signed(workflow, move)):
            found.append(TimelineEntry(move.at, filing_kind(workflow, move), status))
        elif move.action == UNDONE:
            found.append(TimelineEntry(move.at, "payment_back", status))
        elif asked(workflow, move):
            found.append(TimelineEntry(move.at, "asked", status))
        elif move.actor_kind == "applicant":
            found.append(TimelineEntry(move.at, "withdrawn", status))
        elif stopped and not was_stopped:
            found.append(TimelineEntry(move.at, "suspended", status))
        elif was_stopped and not stopped and _goes_on(scheme, move.target):
            found.append(TimelineEntry(move.at, "resumed", status))
        elif status is not None and status != before:
            found.append(TimelineEntry(move.at, "status", status))
    return tuple(found)


def _is_stopped(scheme: Scheme, move: Move, before: bool) -> bool:
    """Whether the payment is stopped once a move is made: it stays so while the dossier only goes on to where nothing can
    be paid either."""
    states, source, target = scheme.workflow.states, move.source or "", move.target or ""
    if source not in states or target not in states:  # of an older version
        return False
    if suspends(scheme, source, target):
        return True
    return before and _stands(scheme, target) and not may_be_paid(scheme, target)


def _goes_on(scheme: Scheme, target: str) -> bool:
    return target in scheme.workflow.states and _stands(scheme, target) and may_be_paid(scheme, target)


def _stands(scheme: Scheme, state: str) -> bool:
    here = scheme.workflow.states[state]
    return here.decision == "granted" and here.kind != "end"


def _beside_kind(workflow: Workflow, move: Move) -> str:
    """What happened in a state that stayed."""
    if move.action == ACCOUNT_GIVEN:
        return ACCOUNT_GIVEN
    return "corrected_by_office" if move.filed is None else filing_kind(workflow, move)


def filing_kind(workflow: Workflow, move: Move) -> str:
    """What a move that made a filing is to who filed: "filed" (signing it is, too), "filed_again" of one's own will,
    "answered" (a form asked later, another account, a document awaited), or "corrected"."""
    if move.filed == 1 or _is_signed(workflow, move):
        return "filed"
    if move.target is None:
        return "filed_again" if move.action == FILED_AGAIN else "answered"
    action = workflow.actions.get(move.action)
    return "answered" if action is not None and action.files else "corrected"


def _is_signed(workflow: Workflow, move: Move) -> bool:
    """Whether the move is one that was signed: it corrects nothing."""
    action = workflow.actions.get(move.action)
    return action is not None and bool(action.signs)


def asked(workflow: Workflow, move: Move) -> bool:
    """Whether the move reopened answers: something is expected of the applicant since."""
    action = workflow.actions.get(move.action)
    return action is not None and asks(action)


def asks(action: Action) -> bool:
    """Whether an action opens answers again."""
    return any(change.kind == "reopen" for change in action.changes)


def steps(workflow: Workflow, moves: Sequence[Move], state: str) -> tuple[StatusStep, ...]:
    """The public statuses as a way: those the dossier has been through, the present one, those of the straight way
    ahead. Left out is a status no way leads to from here, and one that only comes when something is asked of the applicant."""
    now = workflow.public_of(state)
    been = [workflow.public_of(move.target) for move in moves if move.target]
    ahead = _reachable(workflow, state)
    found: list[StatusStep] = []
    for status in workflow.public.values():
        if status == now:
            found.append(StatusStep(status, "now"))
        elif _comes_before(workflow, status, now) and status in been:
            found.append(StatusStep(status, "done"))
        elif _is_ahead(workflow, status, ahead) and not _comes_before(workflow, status, now):
            found.append(StatusStep(status, "later"))
    return tuple(found)


def _is_ahead(workflow: Workflow, status: PublicStatus, ahead: Collection[str]) -> bool:
    """Whether a dossier comes to this status in the ordinary way: nobody reads that they will have to correct something."""
    states = set(status.states)
    into = [
        one for one in workflow.actions.values() if one.to in states and not states.issuperset(one.sources)
    ]
    return not states.isdisjoint(ahead) and not (into and all(asks(one) for one in into))


def _comes_before(workflow: Workflow, status: PublicStatus, now: PublicStatus | None) -> bool:
    order = list(workflow.public)
    return now is not None and order.index(status.id) < order.index(now.id)


def _reachable(workflow: Workflow, state: str) -> set[str]:
    """The states some chain of actions leads to."""
    found: set[str] = set()
    waiting = [state]
    while waiting:
        here = waiting.pop()
        targets = {action.to for action in workflow.actions.values() if here in action.sources}
        waiting += targets - found
        found |= targets
    return found
