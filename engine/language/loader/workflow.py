"""The workflow: states, actions, deadlines, public statuses, and every name one says of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel import types
from engine.language.expressions import Text
from engine.language.loader.deadlines import load_deadline
from engine.language.loader.distribution import load_distribution
from engine.language.loader.form import load_fields
from engine.language.loader.later_forms import named_form
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import action_scope, mapping, sketch
from engine.language.loader.opinions import load_opinions, opinion_scope
from engine.language.loader.parties import SYSTEM, party_names
from engine.language.loader.rules import actors, words
from engine.language.loader.sub_states import (
    check_parts,
    first_of,
    in_parts,
    join,
    outer_of,
    seen_in,
    with_outer,
    with_parts,
)
from engine.language.loader.votes import load_votes, placed, vote_scope
from engine.language.model import (
    APPLICANT,
    Action,
    Change,
    Deadline,
    Effect,
    PublicStatus,
    State,
    Task,
    Workflow,
)
from engine.language.spans import Span, read_span
from engine.problems import Path

DRAFT = {"fr": "Brouillon", "en": "Draft"}


def load_workflow(load: Loading, silence: Span | None) -> Workflow:
    """The whole workflow; `silence` is what `legal.silence` stands for."""
    data = mapping(load.data, "workflow")
    alone = {id: _state(load, id, with_outer(load, id, found)) for id, found in _items(data, "states")}
    for id, found in _items(data, "states"):
        check_parts(load, id, found)
    states = join(load, alone)
    actions = {id: _action(load, id, found) for id, found in _items(data, "actions")}
    deadlines: dict[str, Deadline] = {}
    for id, found in _items(data, "deadlines"):
        if (deadline := load_deadline(load, id, found, silence)) is not None:
            deadlines[id] = deadline
    public = {id: _public(load, id, found) for id, found in _items(data, "public")}
    shared_out, asked = load_distribution(load), load_opinions(load)
    return Workflow(public, states, actions, deadlines, load_votes(load), shared_out, asked)


def _items(data: Mapping[str, Any], key: str) -> list[tuple[str, Data]]:
    return [(id, found) for id, found in mapping(data, key).items() if isinstance(found, Mapping)]


def _names(load: Loading, key: str) -> dict[str, Any]:
    """What the file declares under a key of the workflow, faulty entries included."""
    return mapping(mapping(load.source.data, "workflow"), key)


def _state(load: Loading, id: str, data: Data) -> State:
    path: Path = ("workflow", "states", id)
    kind = data.get("kind", "middle")
    if "label" not in data and kind == "start":
        label = Text({language: (DRAFT.get(language, "Draft"),) for language in load.languages})
    elif "label" not in data:
        unread = "kind" in mapping(_names(load, "states"), id) and "kind" not in data
        if not unread and not _misspelt(load, path, "label"):
            load.report("missing_key", path, at_key=True, key="label")
        label = Text({load.languages[0]: (id,)})
    else:
        label = load.label(data, path, id)
    checklist = {
        item: load.text_of(text, (*path, "checklist", item))
        for item, text in mapping(data, "checklist").items()
        if text is not None
    }
    due = read_span(str(data.get("due", "")))
    clock = data.get("legal_clock", "running")
    editable = data.get("editable") is True
    if editable and (kind != "middle" or "decision" in data):
        load.report("editable_state", (*path, "editable"), at_key=True, state=id)
    writing, tasks = data.get("messages", "both"), _tasks(load, data, path)
    return State(id, label, kind, due, checklist, clock, data.get("decision"), editable, writing, tasks)


def _tasks(load: Loading, data: Data, path: Path) -> dict[str, Task]:
    """What several roles do side by side in a state."""
    found: dict[str, Task] = {}
    for id, task in mapping(data, "tasks").items():
        here: Path = (*path, "tasks", id)
        if not isinstance(task, Mapping):
            continue
        by = words(task.get("by"))
        for place, name in placed(load, (*here, "by"), by):
            load.known("unknown_role", place, name, mapping(load.source.data, "roles"))
        if id == "done":
            load.report("reserved_id", here, at_key=True, id=id, better="all_done")
        found[id] = Task(id, load.label(task, here, id), by)
    return found


def _misspelt(load: Loading, path: Path, key: str) -> bool:
    """Whether a misspelt key was told which meant this one."""
    told = (problem for problem in load.problems if problem.code == "unknown_key")
    return load.source.damaged or any(
        problem.path[:-1] == path and problem.suggestion == key for problem in told
    )


def _action(load: Loading, id: str, data: Data) -> Action:
    path: Path = ("workflow", "actions", id)
    form = mapping(data, "form")
    rules = mapping(load.source.data, "eligibility")
    items, tasks = (set(seen_in(load, words(data.get("from")), key)) for key in ("checklist", "tasks"))
    known = action_scope(load.scope, rules, items, tasks)
    scope = opinion_scope(load, vote_scope(load, known))
    fields = load_fields(load, form, (*path, "form"), scope)
    own = scope.with_names({name: sketch(load, name, found).type for name, found in form.items()})
    by = actors(data.get("by"))
    if_ = in_parts(load, load.expression(data, "if", path, own, types.BOOLEAN))
    named, to = words(data.get("from")), str(data.get("to", ""))
    sources = with_parts(load, named)
    action = Action(
        id,
        _action_label(load, id, data, by, path),
        tuple(one for one in sources if one in named or one != to),  # nothing leads from a part to itself
        first_of(load, to),
        by,
        if_,
        load.text(data, "otherwise", path, own),
        words(data.get("not_by_who_did")),
        data.get("comment") or ("optional" if "proposes" in data or data.get("amount") in form else None),
        fields,
        _changes(load, data, form, path),
        _effects(load, data, path),
        together=isinstance(data.get("by"), Mapping),
        signs=words(data.get("signs")),
        amount=load.expression(data, "amount", path, own, types.NUMBER),
        listed_by=words(data.get("listed_by")),
        proposes=_amount_field(load, data, "proposes", form, path),
        batch=data.get("batch"),
        files=_files(load, data, by, path),
        inherited=frozenset(sources) - {*named, to},
        stays=to in named and with_parts(load, (to,)) != (to,),
    )
    _check_names(load, action, data, path)
    return action


def _files(load: Loading, data: Data, by: tuple[str, ...], path: Path) -> str:
    """The form asked later that an action files: the applicant's alone, as they fill it in."""
    form = named_form(load, data, path)
    if form and by != (APPLICANT,):
        load.report("form_by_applicant", (*path, "by"), form=form)
    return form


def _action_label(load: Loading, id: str, data: Data, by: tuple[str, ...], path: Path) -> Text:
    if "label" in data:
        return load.label(data, path, id)
    if set(by) != {SYSTEM} and not _misspelt(load, path, "label"):
        load.report("missing_label", path, at_key=True, severity="warning", id=id)
    return Text({load.languages[0]: (id.replace("_", " ").capitalize(),)})


def _check_names(load: Loading, action: Action, data: Data, path: Path) -> None:
    states, actions = _names(load, "states"), _names(load, "actions")
    named = (("from", words(data.get("from"))), ("to", words(data.get("to"))))
    for key, names in named:
        for here, name in placed(load, (*path, key), names):
            load.known("unknown_state", here, name, states)
    target = states.get(outer_of(load).get(action.to, action.to))
    if action.amount is not None and isinstance(target, Mapping) and target.get("decision") != "granted":
        load.report("amount_without_grant", (*path, "amount"), at_key=True, action=action.id)
    by: Path = (*path, "by", "all_of") if action.together else (*path, "by")
    for here, name in placed(load, by, action.by):
        load.known("unknown_role", here, name, who_may_act(load))
    for here, name in placed(load, (*path, "listed_by"), action.listed_by):
        load.known("unknown_role", here, name, mapping(load.source.data, "roles"))
    if action.listed_by and not set(action.by) & set(mapping(load.source.data, "roles")):
        load.report("list_nobody_signs", (*path, "listed_by"), at_key=True, action=action.id)
    for here, name in placed(load, (*path, "signs"), action.signs):
        load.known("unknown_page", here, name, mapping(load.source.data, "form"))
    for here, name in placed(load, (*path, "not_by_who_did"), action.not_by_who_did):
        load.known("unknown_action", here, name, actions)


def who_may_act(load: Loading) -> tuple[str, ...]:
    """Everybody an action may name."""
    return (*mapping(load.source.data, "roles"), *party_names(load), SYSTEM)


def _changes(load: Loading, data: Data, form: Mapping[str, Any], path: Path) -> tuple[Change, ...]:
    found: list[Change] = []
    for number, change in enumerate(data.get("changes") or ()):
        for kind, value in change.items() if isinstance(change, Mapping) else ():
            here = (*path, "changes", number, kind)
            if kind == "assign":
                found.append(Change("assign", str(value)))
            elif kind == "reopen":
                _check_reopen(load, here, str(value), form)
                found.append(Change("reopen", str(value)))
    return tuple(found)


def _amount_field(load: Loading, data: Data, key: str, form: Mapping[str, Any], path: Path) -> str | None:
    """The field of the form an action's amount is written in."""
    if data.get(key) is None:
        return None
    name, here = str(data[key]), (*path, key)
    if not load.known("unknown_field", here, name, form):
        return None
    if mapping(form, name).get("type") != "money":
        load.report("no_amount", here, field=name)
    return name


def _check_reopen(load: Loading, path: Path, name: str, form: Mapping[str, Any]) -> None:
    if load.known("unknown_field", path, name, form) and mapping(form, name).get("type") != "fields":
        load.report("reopen_no_fields", path, field=name)


def _effects(load: Loading, data: Data, path: Path) -> tuple[Effect, ...]:
    found: list[Effect] = []
    for number, effect in enumerate(data.get("effects") or ()):
        for kind, name in effect.items() if isinstance(effect, Mapping) else ():
            if kind in {"mail", "letter"}:
                load.use_text(str(name), (*path, "effects", number, kind))
                found.append(Effect(kind, str(name)))
    return tuple(found)


def _public(load: Loading, id: str, data: Data) -> PublicStatus:
    path: Path = ("workflow", "public", id)
    states = words(data.get("states"))
    for here, name in placed(load, (*path, "states"), states):
        load.known("unknown_state", here, name, _names(load, "states"))
    said = {
        name
        for one in _names(load, "public").values()
        for name in words(mapping({"": one}, "").get("states"))
    }
    inherited = (part for part in with_parts(load, states) if part not in said)
    return PublicStatus(id, load.label(data, path, id), (*states, *inherited))
