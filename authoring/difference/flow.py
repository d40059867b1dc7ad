"""What changes in the workflow: states, actions, deadlines, public statuses."""

from __future__ import annotations

from typing import Any

from authoring.difference.change import Counted, Sides, pairs, text_of
from engine.language.model import Action, Deadline, Scheme, State, Text
from engine.language.vote_model import Vote
from engine.problems import Path

FLOW: Path = ("workflow",)


def compare_workflow(sides: Sides) -> None:
    """States, then actions, deadlines and what the applicant reads."""
    old, new = sides.old.workflow, sides.new.workflow
    # several may become one, that was there before: it is still itself, and they are gone
    renamed = {was: now for was, now in sides.migration.states.items() if now not in old.states}
    for before, after in pairs(old.states, new.states, renamed):
        _state(sides, old.states.get(before or ""), new.states.get(after or ""))
    for before, after in pairs(old.actions, new.actions):
        _action(sides, old.actions.get(before or ""), new.actions.get(after or ""))
    for before, after in pairs(old.deadlines, new.deadlines):
        _deadline(sides, old.deadlines.get(before or ""), new.deadlines.get(after or ""))
    for before, after in pairs(old.votes, new.votes):
        _vote(sides, old.votes.get(before or ""), new.votes.get(after or ""))
    _public(sides)
    for id in dict.fromkeys([*old.opinions, *new.opinions]):
        if old.opinions.get(id) != new.opinions.get(id):
            label = (new.opinions.get(id) or old.opinions[id]).label
            sides.add("opinion_changed", (*FLOW, "opinions", id), label=label)
    for state in dict.fromkeys([*old.distribution, *new.distribution]):
        if old.distribution.get(state) != new.distribution.get(state):
            label = (new.states.get(state) or old.states[state]).label
            sides.add("distribution_changed", (*FLOW, "distribution", state), label=label)


def _state(sides: Sides, was: State | None, now: State | None) -> None:
    path: Path = (*FLOW, "states")
    if was is None and now is not None:
        sides.add("state_added", (*path, now.id), label=now.label)
        if now.part_of:
            _part(sides, now, (*path, now.id), (*path, now.id))
    elif was is not None and now is None:
        sides.add("state_removed", (*path, was.id), None, Counted("stand", was.id), label=was.label)
    elif was is not None and now is not None:
        here, there = (*path, now.id), (*path, was.id)
        told: dict[str, Any] = {"label": now.label}
        if was.id != now.id:
            sides.add("state_renamed", here, there, Counted("stand", was.id), was=was.id, now=now.id, **told)
        sides.says("state_label", (*here, "label"), (*there, "label"), was.label, now.label)
        sides.says("state_due", (*here, "due"), (*there, "due"), was.due, now.due, **told)
        if was.kind != now.kind:
            sides.add("state_ends" if now.kind == "end" else "state_goes_on", here, there, **told)
        if was.decision != now.decision:
            code = f"state_{now.decision}" if now.decision else "state_decides_nothing"
            sides.add(code, here, there, **told)
        if was.legal_clock != now.legal_clock:
            sides.add(f"state_clock_{now.legal_clock}", here, there, **told)
        if was.tasks != now.tasks:
            sides.add("state_tasks", here, there, **told)
        if (was.part_of and sides.migration.state(was.part_of)) != now.part_of:
            _part(sides, now, here, there)
        for item in pairs(was.checklist, now.checklist):
            _item(sides, was, now, *item)


def _part(sides: Sides, now: State, here: Path, there: Path) -> None:
    whole = sides.new.workflow.states[now.part_of].label if now.part_of else None
    code = "state_part" if now.part_of else "state_apart"
    sides.add(code, (*here, "part_of"), (*there, "part_of"), label=now.label, whole=whole)


def _item(sides: Sides, was: State, now: State, before: str | None, after: str | None) -> None:
    path, older = ((*FLOW, "states", one.id, "checklist") for one in (now, was))
    if before is None and after is not None:
        sides.add("item_added", (*path, after), item=now.checklist[after], label=now.label)
    elif before is not None and after is None:
        sides.add("item_removed", (*older, before), item=was.checklist[before], label=now.label)
    elif before is not None and after is not None:
        sides.says(
            "item_label", (*path, after), (*older, before), was.checklist[before], now.checklist[after]
        )


def _action(sides: Sides, was: Action | None, now: Action | None) -> None:
    if was is None or now is None:
        one = now or was
        assert one is not None
        scheme = sides.new if now else sides.old
        said: dict[str, Any] = {
            "sources": _states(scheme, one.sources),
            "to": _states(scheme, (one.to,)),
            "by": _roles(scheme, one.by),
        }
        sides.add(
            "action_added" if now else "action_removed", (*FLOW, "actions", one.id), label=one.label, **said
        )
        return
    path: Path = (*FLOW, "actions", now.id)
    told: dict[str, Any] = {"label": now.label}
    called = sides.migration.state
    sides.says("action_label", (*path, "label"), (*path, "label"), was.label, now.label)
    if {called(one) for one in sides.old.workflow.named(was.sources)} != {
        *sides.new.workflow.named(now.sources)
    }:
        old, new = _states(sides.old, was.sources), _states(sides.new, now.sources)
        sides.add("action_from", (*path, "from"), was=old, now=new, **told)
    if called(was.to) != now.to:
        old, new = _states(sides.old, (was.to,)), _states(sides.new, (now.to,))
        sides.add("action_to", (*path, "to"), was=old, now=new, **told)
    if set(was.by) != set(now.by):
        sides.add(
            "action_by", (*path, "by"), was=_roles(sides.old, was.by), now=_roles(sides.new, now.by), **told
        )
    _conditions(sides, was, now, path)
    _consequences(sides, was, now, path)


def _conditions(sides: Sides, was: Action, now: Action, path: Path) -> None:
    told: dict[str, Any] = {"label": now.label}
    sides.says("action_if", (*path, "if"), (*path, "if"), text_of(was.if_), text_of(now.if_), **told)
    amounts = text_of(was.amount), text_of(now.amount)
    sides.says("action_amount", (*path, "amount"), (*path, "amount"), *amounts, **told)
    eyes = tuple(sorted(was.not_by_who_did)), tuple(sorted(now.not_by_who_did))
    sides.says("action_eyes", (*path, "not_by_who_did"), (*path, "not_by_who_did"), *eyes, **told)
    if set(was.listed_by) != set(now.listed_by):
        old, new = _roles(sides.old, was.listed_by), _roles(sides.new, now.listed_by)
        sides.says("action_lists", (*path, "listed_by"), (*path, "listed_by"), old, new, **told)
    if was.comment != now.comment and (now.comment == "required" or not now.amount_field):
        code = "action_comment" if now.comment == "required" else "action_no_comment"
        sides.add(code, (*path, "comment"), **told)
    asked = (tuple(field.label for field in one.form.values()) for one in (was, now))
    sides.says("action_form", (*path, "form"), (*path, "form"), *asked, **told)
    money = [(one.proposes, one.batch) for one in (was, now)]
    if money[0] != money[1]:
        sides.add("action_money", path, **told)


def _consequences(sides: Sides, was: Action, now: Action, path: Path) -> None:
    """The mails and letters, and what happens inside the house."""
    old, new = ([(one.kind, one.name) for one in action.effects] for action in (was, now))
    for kind, name in new:
        if (kind, name) not in old:
            sides.add(f"sends_{kind}", (*path, "effects"), name=name, label=now.label)
    for kind, name in old:
        if (kind, name) not in new:
            sides.add(f"sends_no_{kind}", (*path, "effects"), name=name, label=now.label)
    if was.changes != now.changes:
        sides.add("action_changes", (*path, "changes"), label=now.label)


def _deadline(sides: Sides, was: Deadline | None, now: Deadline | None) -> None:
    if was is None or now is None:
        one = now or was
        assert one is not None
        states = _states(sides.new if now else sides.old, one.in_)
        code = "deadline_added" if now else "deadline_removed"
        sides.add(code, (*FLOW, "deadlines", one.id), name=one.id, after=one.after, states=states)
        return
    path: Path = (*FLOW, "deadlines", now.id)
    sides.says("deadline_after", (*path, "after"), (*path, "after"), was.after, now.after, name=now.id)
    called = {sides.migration.state(one) for one in sides.old.workflow.named(was.in_)}
    others = (was.do, was.remind, was.warn, was.before) != (now.do, now.remind, now.warn, now.before)
    if others or called != {*sides.new.workflow.named(now.in_)}:
        sides.add("deadline_changed", path, name=now.id)


def _vote(sides: Sides, was: Vote | None, now: Vote | None) -> None:
    if was is None or now is None:
        one = now or was
        assert one is not None
        code = "vote_added" if now else "vote_removed"
        sides.add(code, (*FLOW, "votes", one.id), label=one.label, states=_states(sides.new, (one.in_,)))
        return
    path: Path = (*FLOW, "votes", now.id)
    places = ((was.in_, was.members, was.secretary), (now.in_, now.members, now.secretary))
    asked = tuple((one.label, one.options, tuple(one.form.values())) for one in (was, now))
    rules = tuple((one.counting, text_of(one.steps_aside)) for one in (was, now))
    if places[0] != places[1] or asked[0] != asked[1] or rules[0] != rules[1]:
        sides.add("vote_changed", path, label=now.label)


def _public(sides: Sides) -> None:
    old, new = sides.old.workflow.public, sides.new.workflow.public
    for before, after in pairs(old, new):
        path: Path = (*FLOW, "public", after or before or "")
        if before is None and after is not None:
            sides.add("status_added", path, label=new[after].label)
        elif before is not None and after is None:
            sides.add("status_removed", path, label=old[before].label)
        elif before is not None and after is not None:
            sides.says("status_label", path, path, old[before].label, new[after].label)
            called = {sides.migration.state(one) for one in sides.old.workflow.named(old[before].states)}
            if called != {*sides.new.workflow.named(new[after].states)}:
                sides.add(
                    "status_states", path, label=new[after].label, now=_states(sides.new, new[after].states)
                )


def _states(scheme: Scheme, ids: tuple[str, ...]) -> tuple[Text | str, ...]:
    """States by their labels; the parts of one that is named go without saying."""
    states = scheme.workflow.states
    return tuple(states[id].label if id in states else id for id in scheme.workflow.named(ids))


def _roles(scheme: Scheme, ids: tuple[str, ...]) -> tuple[Text | str, ...]:
    """Roles by their labels; "@applicant" and "@system" are words of the catalogue."""
    called = {id: one.label for id, one in scheme.roles.items()}
    called |= {id: one.label for id, one in scheme.parties.items()}
    return tuple(called.get(id, f"@{id}") for id in ids)
