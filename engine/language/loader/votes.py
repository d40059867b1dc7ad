"""The votes of a workflow, with every name they say, and what the guards know of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.feel import types
from engine.language.loader.form import load_fields
from engine.language.loader.loading import Data, Loading, Scope
from engine.language.loader.names import mapping, sketch
from engine.language.loader.rules import words
from engine.language.scalars import read_whole
from engine.language.spans import read_span
from engine.language.vote_model import (
    FIGURES,
    NO_MAJORITY,
    NO_QUORUM,
    TIE,
    WORDS,
    Counting,
    Vote,
)
from engine.problems import Path

OWN = ("result", "ballots", "counts")  # what a vote says of itself, beside the fields of its form
MEMBER = types.Context(
    {
        "name": types.STRING,
        "email": types.STRING,
        "roles": types.List(types.STRING),
        "interests": types.List(types.STRING),
    }
)


def load_votes(load: Loading) -> dict[str, Vote]:
    """Every vote, in order."""
    return {id: _vote(load, id, data) for id, data in _declared(load).items()}


def _declared(load: Loading) -> dict[str, Any]:
    found = mapping(mapping(load.data, "workflow"), "votes")
    return {id: data for id, data in found.items() if isinstance(data, Mapping)}


def vote_scope(load: Loading, scope: Scope) -> Scope:
    """A scope, and what came of each vote: its result is one of the words that may come of it."""
    return scope.with_names({id: _type(load, data) for id, data in _declared(load).items()})


def _type(load: Loading, data: Data) -> types.Type:
    options, counting = mapping(data, "options"), mapping(data, "counting")
    idle, qualified = words(counting.get("not_counted")), counting.get("majority", "simple") != "simple"
    results = frozenset({*(one for one in options if one not in idle), TIE, NO_QUORUM})
    results |= {NO_MAJORITY} if qualified else set()
    fields = {name: sketch(load, name, found) for name, found in mapping(data, "form").items()}
    counts: dict[str, types.Type] = dict.fromkeys(options, types.Number("integer"))
    return types.Context(
        {
            "result": types.String(values=results),
            "ballots": types.Number("integer"),
            "counts": types.Context(counts),
            **{name: found.type for name, found in fields.items() if found.kind in FIGURES},
        }
    )


def _vote(load: Loading, id: str, data: Data) -> Vote:
    path: Path = ("workflow", "votes", id)
    options = {
        option: load.text_of(text, (*path, "options", option))
        for option, text in mapping(data, "options").items()
        if text is not None
    }
    form = load_fields(load, mapping(data, "form"), (*path, "form"), load.scope)
    scope = load.scope.with_names({"member": MEMBER})
    vote = Vote(
        id,
        load.label(data, path, id),
        str(data.get("in", "")),
        words(data.get("members")),
        options,
        _counting(mapping(data, "counting")),
        words(data.get("secretary")),
        load.expression(data, "steps_aside", path, scope, types.BOOLEAN),
        form,
    )
    _check(load, vote, data, path)
    return vote


def _counting(data: Data) -> Counting:
    closes = read_span(str(data.get("closes", "")).strip().removesuffix(" after start"))
    tie = data.get("tie")
    said = str(data.get("quorum", "")).strip()
    return Counting(
        read_whole(said.removesuffix(" present")) or 1,
        words(data.get("not_counted")),
        None if tie is None else str(tie),
        closes,
        data.get("majority", "simple"),
        read_whole(data.get("proxies")) or 0,
        said.endswith(" present"),
    )


def _check(load: Loading, vote: Vote, data: Data, path: Path) -> None:
    """Every name must be known, some option must count, and the vote must come to an end."""
    roles = mapping(load.source.data, "roles")
    states = mapping(mapping(load.source.data, "workflow"), "states")
    if vote.in_:
        load.known("unknown_state", (*path, "in"), vote.in_, states)
    for key, names in (("members", vote.members), ("secretary", vote.secretary)):
        for here, name in placed(load, (*path, key), names):
            load.known("unknown_role", here, name, roles)
    counting: Path = (*path, "counting")
    if vote.counting.tie is not None:
        load.known("unknown_role", (*counting, "tie"), vote.counting.tie, vote.members)
    for here, name in placed(load, (*counting, "not_counted"), vote.counting.not_counted):
        load.known("unknown_option", here, name, vote.options, of=vote.id)
    if vote.options and set(vote.options) <= set(vote.counting.not_counted):
        load.report("nothing_counted", counting, at_key=True, vote=vote.id)
    if vote.counting.closes is None and not vote.secretary:
        load.report("vote_never_closes", path, at_key=True, vote=vote.id)
    _check_ids(load, vote, data, path)


def _check_ids(load: Loading, vote: Vote, data: Data, path: Path) -> None:
    """An option is no result of another kind; a field asks a figure or words, under a name of its own."""
    for option in vote.options:
        if option in (TIE, NO_QUORUM, NO_MAJORITY):
            load.report(
                "reserved_id", (*path, "options", option), at_key=True, id=option, better=f"the_{option}"
            )
    for name, field in vote.form.items():
        here: Path = (*path, "form", name)
        if name in OWN:
            load.report("reserved_id", here, at_key=True, id=name, better=f"the_{name}")
        elif field.kind not in (*FIGURES, *WORDS):
            known = (*FIGURES, *WORDS)
            load.report("vote_form_kind", (*here, "type"), field=name, known=known, kind=field.kind)


def placed(load: Loading, path: Path, names: tuple[str, ...]) -> list[tuple[Path, str]]:
    """Each name with the path it stands at, one word or a list."""
    listed = (*path, 0) in load.source.values
    return [((*path, number) if listed else path, name) for number, name in enumerate(names)]
