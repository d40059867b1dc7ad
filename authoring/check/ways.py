"""The workflow's ways: states nobody may leave, actions nothing does, deadlines without effect, automatic rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from authoring.check.lengths import is_at_least, is_shorter
from authoring.check.whole import Whole, is_said_true
from authoring.proofs import TRUE, Claim, Names, Standing, impossible
from engine.language.model import Action, Deadline
from engine.problems import Path, Problem

SYSTEM = ("system",)


def check_ways(whole: Whole) -> Iterator[Problem]:
    """What of the workflow can't happen, and what can't stop happening."""
    yield from _left(whole)
    yield from _endless(whole)
    yield from _by_itself(whole)
    for deadline in whole.scheme.workflow.deadlines.values():
        yield from _deadline(whole, deadline)
    yield from _rounds(whole)


# -- actions of the system ------------------------------------------------------------------------------------------


def _happens(whole: Whole, action: Action, state: str) -> bool:
    """Whether anybody, or anything, may do an action in a state."""
    if action.by != SYSTEM or action.if_ is not None or action.id in _of_budget(whole):
        return True
    deadlines = whole.scheme.workflow.deadlines.values()
    timed = any(deadline.do == action.id and state in deadline.in_ for deadline in deadlines)
    elsewhere = action.id in whole.done_by_something and not any(one.do == action.id for one in deadlines)
    return timed or elsewhere


def _of_budget(whole: Whole) -> tuple[str | None, ...]:
    """The actions the budget does: into the waiting list, and out of it."""
    award = whole.scheme.award
    return (award.budget.queue, award.budget.promote) if award and award.budget else ()


def _left(whole: Whole) -> Iterator[Problem]:
    """States that are no end, and whose only ways out are actions the system never does."""
    for state in whole.scheme.workflow.states.values():
        ways = [action for action in whole.scheme.workflow.actions.values() if state.id in action.sources]
        is_stuck = ways and not any(_happens(whole, action, state.id) for action in ways)
        if is_stuck and state.kind != "end" and state.id in whole.reached:
            names = tuple(f"`{action.id}`" for action in ways)
            path: Path = ("workflow", "states", state.id)
            yield whole.problem("nobody_leaves", path, "error", state=state.id, actions=names)


def _endless(whole: Whole) -> Iterator[Problem]:
    """States from which no end can be reached any more, though each may be left: a circle without a way out."""
    workflow = whole.scheme.workflow
    ways = [
        (source, action.to)
        for action in workflow.actions.values()
        for source in action.sources
        if _happens(whole, action, source)
    ]
    ending = {state.id for state in workflow.states.values() if state.kind == "end"}
    while more := {source for source, target in ways if target in ending} - ending:
        ending |= more
    left = {source for source, _ in ways}
    stuck = [id for id in workflow.states if id in whole.reached and id in left and id not in ending]
    if stuck and all(id in left for _, id in ways if id not in ending):
        told = tuple(f"`{id}`" for id in stuck)
        path: Path = ("workflow", "states", stuck[-1])
        yield whole.problem("no_way_to_an_end", path, "error", states=told)


def _by_itself(whole: Whole) -> Iterator[Problem]:
    """Actions of the system without `if` that nothing else does either."""
    for action in whole.scheme.workflow.actions.values():
        others = [one for one in whole.scheme.workflow.actions.values() if one is not action]
        is_told = any(
            not any(source in one.sources for one in others)
            and whole.scheme.workflow.states[source].kind != "end"
            for source in action.sources
        )
        if not is_told and not any(_happens(whole, action, state) for state in action.sources):
            yield whole.problem("never_by_itself", ("workflow", "actions", action.id), action=action.id)


def _rounds(whole: Whole) -> Iterator[Problem]:
    """States the system leads a dossier through in a circle, when no condition excludes another."""
    timed = {deadline.do for deadline in whole.scheme.workflow.deadlines.values()}
    automatic = [
        action
        for action in whole.scheme.workflow.actions.values()
        if "system" in action.by and action.if_ is not None and action.id not in timed
    ]
    told: set[frozenset[str]] = set()
    for action in automatic:
        for source in action.sources:
            way = _circle(whole, automatic, [(source, action)], {})
            states = frozenset(state for state, _ in way or ())
            if way and states not in told:
                told.add(states)
                yield _round(whole, way)


Step = tuple[str, Action]


def _circle(
    whole: Whole, automatic: Sequence[Action], way: list[Step], seen: dict[str, bool]
) -> list[Step] | None:
    """The way from the first state back to it, each step possible together with the others."""
    first, (_, last) = way[0][0], way[-1]
    if last.to == first:
        return way if _go_together(whole, way) else None
    if last.to in seen:
        return None
    for action in automatic:
        if last.to in action.sources:
            found = _circle(whole, automatic, [*way, (last.to, action)], {**seen, last.to: True})
            if found:
                return found
    return None


def _go_together(whole: Whole, way: Sequence[Step]) -> bool:
    """Whether nothing shows that the conditions exclude one another (what depends on the state is left out)."""
    claims = [
        Claim(action.if_.compiled.tree.root, TRUE)
        for _, action in way
        if action.if_ is not None and ("dossier", "state") not in action.if_.names
    ]
    here = [
        impossible(Names(whole.scheme, Standing(True, {}, (state,))), [claim]) for state, claim in _own(way)
    ]
    return not any(here) and impossible(Names(whole.scheme, Standing(True)), claims) is None


def _own(way: Sequence[Step]) -> Iterator[tuple[str, Claim]]:
    for state, action in way:
        if action.if_ is not None:
            yield state, Claim(action.if_.compiled.tree.root, TRUE)


def _round(whole: Whole, way: Sequence[Step]) -> Problem:
    _, first = way[0]
    is_certain = all(action.if_ is not None and is_said_true(action.if_) for _, action in way)
    states = tuple(f"`{state}`" for state, _ in way)
    path: Path = ("workflow", "actions", first.id)
    return whole.problem("automatic_round", path, "error" if is_certain else "warning", states=states)


# -- deadlines ------------------------------------------------------------------------------------------------------


def _deadline(whole: Whole, deadline: Deadline) -> Iterator[Problem]:
    path: Path = ("workflow", "deadlines", deadline.id)
    if deadline.do is None and not deadline.remind and not deadline.warn and not deadline.legal:
        yield whole.problem("deadline_idle", path, deadline=deadline.id)
    elif reason := _never(whole, deadline):
        yield whole.problem("deadline_never", path, deadline=deadline.id, reason=reason)
    else:
        yield from _stranded(whole, deadline, path)
    for number, span in enumerate(deadline.remind):
        if not deadline.legal and is_at_least(span, deadline.after):
            here = (*path, "remind", number)
            yield whole.at_value("reminder_never", here, remind=str(span), after=str(deadline.after))


def _never(whole: Whole, deadline: Deadline) -> str | None:
    """Why a deadline can never be reached."""
    workflow = whole.scheme.workflow
    arrived = {action.to for action in workflow.actions.values()}
    if not any(state in arrived for state in deadline.in_):
        return "@deadline_nowhere"
    states = [workflow.states[state] for state in deadline.in_]
    if deadline.legal and all(state.legal_clock == "suspended" for state in states):
        return "@deadline_suspended"
    if deadline.do is not None and all(_left_before(whole, deadline, state) for state in deadline.in_):
        return "@deadline_later"
    return None


def _left_before(whole: Whole, deadline: Deadline, state: str) -> bool:
    """Whether another deadline always takes the dossier out of the state first."""
    workflow = whole.scheme.workflow
    for other in workflow.deadlines.values():
        done = workflow.actions.get(other.do or "")
        is_sure = (
            done is not None and done.if_ is None and done.to != state and not done.form and not other.legal
        )
        if is_sure and state in other.in_ and not deadline.legal and is_shorter(other.after, deadline.after):
            return True
    return False


def _stranded(whole: Whole, deadline: Deadline, path: Path) -> Iterator[Problem]:
    """A deadline whose action has a condition, in a state with no other way out."""
    workflow = whole.scheme.workflow
    done = workflow.actions.get(deadline.do or "")
    if done is None or done.if_ is None or is_said_true(done.if_):
        return
    for state in deadline.in_:
        others = [one for one in workflow.actions.values() if state in one.sources and one is not done]
        if not others and workflow.states[state].kind != "end":
            yield whole.problem("deadline_strands", path, deadline=deadline.id, action=done.id, state=state)
