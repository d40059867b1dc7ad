"""The steps of a scenario's walk: who does what, and how time goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from engine.language.loader.given_documents import check_documents
from engine.language.loader.loading import Data, Loading
from engine.language.loader.names import mapping
from engine.language.loader.parties import party_names
from engine.language.loader.rules import words
from engine.language.loader.workflow import who_may_act
from engine.language.model import APPLICANT, Act, Ballots, Edit, OpinionGiven, Step, TaskDone, Until, Wait
from engine.language.opinion_model import ANSWERS
from engine.language.scalars import read_date, read_whole
from engine.language.spans import read_span
from engine.problems import Path

_ACT = re.compile(r"(?P<action>\S+) by (?P<who>\S+)(?P<refused> is refused)?")
_WAIT = re.compile(r"wait (?P<span>.+)")
_TASK = re.compile(r"task (?P<task>\S+) by (?P<who>\S+)")
_VOTE = re.compile(r"vote (?P<vote>\S+)")
_OPINION = re.compile(r"opinion (?P<kind>\S+) is (?P<answer>\S+)")
ABSENT = "absent"  # beside the roles: how many members give no ballot
ASKED = "asked"  # what an opinion says that has not come yet
EDIT = "edit"  # what an applicant does to what was filed, where no action bears that name
_ON = re.compile(r"on (?P<day>\S+)")


def load_steps(load: Loading, data: Data, path: Path) -> tuple[Step, ...]:
    """What stands under `then`, without what can't be understood, which is told."""
    steps = (
        _step(load, raw, (*path, "then", number))
        for number, raw in enumerate(data.get("then") or ())
        if raw is not None
    )
    return tuple(step for step in steps if step is not None)


def _step(load: Loading, raw: object, path: Path) -> Step | None:
    """`submit by applicant`, with answers under it or without; `wait 2 months`; `on 2020-06-01`."""
    if isinstance(raw, Mapping):
        said, given = next(iter(raw.items()), ("", None))
        if isinstance(given, Mapping) and (found := _VOTE.fullmatch(" ".join(str(said).split()))):
            return _ballots(load, found["vote"], given, (*path, str(said)))
        return _act(load, str(said), given if isinstance(given, Mapping) else {}, (*path, str(said)))
    said = " ".join(str(raw).split())
    if (found := _WAIT.fullmatch(said)) and (span := read_span(found["span"])):
        return Wait(span)
    if (found := _ON.fullmatch(said)) and (day := read_date(found["day"])):
        return Until(day)
    if found := _TASK.fullmatch(said):
        return _task(load, found["task"], found["who"], path)
    if found := _OPINION.fullmatch(said):
        return _opinion(load, found["kind"], found["answer"], path)
    return _act(load, said, {}, path)


def _task(load: Loading, id: str, who: str, path: Path) -> TaskDone | None:
    states = mapping(mapping(load.source.data, "workflow"), "states")
    tasks = [task for state in states.values() for task in mapping(state, "tasks")]
    is_known = load.known("unknown_task", path, id, tasks)
    is_role = load.known("unknown_role", path, who, mapping(load.source.data, "roles"))
    return TaskDone(id, who) if is_known and is_role else None


def _opinion(load: Loading, id: str, answer: str, path: Path) -> OpinionGiven | None:
    kinds = mapping(mapping(load.source.data, "workflow"), "opinions")
    is_known = load.known("unknown_opinion", path, id, kinds)
    says = load.known("unknown_option", path, answer, (*ANSWERS, ASKED), of=id)
    return OpinionGiven(id, answer) if is_known and says else None


def _ballots(load: Loading, id: str, given: Data, path: Path) -> Ballots | None:
    """A role's ballot, or all those of its holders: an option, or an option with what it proposes under it."""
    votes = mapping(mapping(load.source.data, "workflow"), "votes")
    if not load.known("unknown_vote", path, id, votes, at_key=True):
        return None
    found: list[tuple[str, str, Mapping[str, object]]] = []
    for role, said in given.items():
        if role == ABSENT:
            continue
        if not load.known(
            "unknown_role", (*path, role), str(role), words(mapping(votes, id).get("members")), at_key=True
        ):
            continue
        for number, one in enumerate(said if isinstance(said, list) else [said]):
            here = (*path, role, number) if isinstance(said, list) else (*path, role)
            found += _ballot(load, id, str(role), one, here)
    return Ballots(id, tuple(found), _absent(load, given, path))


def _absent(load: Loading, given: Data, path: Path) -> int:
    """How many members give no ballot."""
    if ABSENT not in given:
        return 0
    found = read_whole(given[ABSENT])
    if found is None:
        found_is = f"`{given[ABSENT]}`"
        load.report("wrong_value", (*path, ABSENT), key=ABSENT, found=found_is, wanted="@sort_integer")
    return found or 0


def _ballot(
    load: Loading, id: str, role: str, said: object, path: Path
) -> list[tuple[str, str, Mapping[str, object]]]:
    vote = mapping(mapping(mapping(load.source.data, "workflow"), "votes"), id)
    option, given = next(iter(said.items()), ("", None)) if isinstance(said, Mapping) else (said, None)
    option, form = str(option), given if isinstance(given, Mapping) else {}
    for name in form:
        load.known("unknown_field", (*path, option, name), str(name), mapping(vote, "form"), at_key=True)
    if not load.known("unknown_option", path, option, mapping(vote, "options"), of=id):
        return []
    return [(role, option, {str(name): value for name, value in form.items()})]


def _act(load: Loading, said: str, given: Data, path: Path) -> Act | Edit | None:
    found = _ACT.fullmatch(" ".join(said.split()))
    if found is None:
        load.report("act_not_understood", path, act=said)
        return None
    action, who = found["action"], found["who"]
    actions = mapping(mapping(load.source.data, "workflow"), "actions")
    if (action, who) == (EDIT, APPLICANT) and action not in actions:
        return Edit(_known(load, given, load.field_names(), path), bool(found["refused"]))
    if not load.known("unknown_action", path, action, actions):
        return None
    if not load.known("unknown_role", path, who, who_may_act(load)):
        return None
    answers = _known(load, given, _askable(load, actions[action], who), path)
    return Act(action, who, answers, bool(found["refused"]))


def _known(load: Loading, given: Data, names: Iterable[str], path: Path) -> dict[str, object]:
    """What is given with an act, the names nothing bears told."""
    known = list(names)
    for name in given:
        load.known("unknown_field", (*path, name), str(name), known, at_key=True)
    check_documents(load, given, path)
    return {str(name): value for name, value in given.items() if name in known}


def _askable(load: Loading, action: Any, who: str) -> Iterable[str]:
    """What may be given with an act: the action's own form; for a party the answers too, to correct them."""
    own = list(mapping(action, "form"))
    return [*own, *load.field_names()] if who in party_names(load) else own
