"""Roles without anything to do, and roles that decide on what they may not see."""

from __future__ import annotations

from collections.abc import Iterator

from authoring.check.whole import Whole, expressions, staff_of
from engine.language.model import Action
from engine.problems import Path, Problem


def check_roles(whole: Whole) -> Iterator[Problem]:
    """Warn for idle roles, roles that act without seeing or are given what they can't act on, and answers nobody sees."""
    yield from _idle(whole)
    yield from _hidden_from_everybody(whole)
    for action in whole.scheme.workflow.actions.values():
        yield from _blind(whole, action)
    yield from _given_for_nothing(whole)


def _idle(whole: Whole) -> Iterator[Problem]:
    scheme = whole.scheme
    acting = {who for action in scheme.workflow.actions.values() for who in action.by}
    acting |= {who for vote in scheme.workflow.votes.values() for who in (*vote.members, *vote.secretary)}
    acting |= {who for kind in scheme.workflow.opinions.values() for who in kind.by}
    warned = {who for deadline in scheme.workflow.deadlines.values() for who in deadline.warn}
    said = {word for key, word in whole.words if key not in ("hide_from", "may", "label")}
    for role in scheme.roles.values():
        path: Path = ("roles", role.id)
        if role.id not in acting | warned and not role.may and role.id not in said:
            yield whole.problem("idle_role", path, role=role.id)
        elif role.id in acting and not role.may & {"view", "search"}:
            yield whole.problem("role_sees_nothing", path, role=role.id)


def _given_for_nothing(whole: Whole) -> Iterator[Problem]:
    """Dossiers are given to a role that can't act on them where they are."""
    flow = whole.scheme.workflow
    for rule in flow.distribution.values():
        acting = {
            who for action in flow.actions.values() if rule.state in action.sources for who in action.by
        }
        for role in rule.to:
            if role not in acting:
                path: Path = ("workflow", "distribution", rule.state)
                yield whole.problem("given_can_do_nothing", path, state=rule.state, role=role)


def _hidden_from_everybody(whole: Whole) -> Iterator[Problem]:
    roles = whole.scheme.roles.keys()
    for id, field in whole.scheme.fields.items():
        if roles and roles <= field.hide_from:
            path: Path = ("form", field.page, "fields", id, "hide_from")
            yield whole.problem("hidden_from_all", path, field=id)


def _blind(whole: Whole, action: Action) -> Iterator[Problem]:
    """The condition of an action reads an answer that is hidden from who must do it."""
    read = _read(whole, action)
    fields = whole.scheme.fields
    for role in staff_of(whole.scheme, action):
        hidden = [name for name in sorted(read) if name in fields and role in fields[name].hide_from]
        if hidden:
            path: Path = ("workflow", "actions", action.id, "if")
            told = tuple(f"`{name}`" for name in hidden)
            yield whole.at_value("decides_unseen", path, action=action.id, role=role, fields=told)


def _read(whole: Whole, action: Action) -> set[str]:
    """The answers the condition of an action reads, those of the rules it names included."""
    found: set[str] = set()
    for one in expressions((action.if_, action.otherwise)):
        found |= {path[0] for path in one.names} - action.form.keys()
        for rule in whole.scheme.eligibility.values():
            if ("eligible",) in one.names or ("rules", rule.id) in one.names:
                found |= {path[0] for path in rule.require.names}
    return found
