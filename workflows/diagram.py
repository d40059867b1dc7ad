"""The workflow of a scheme as a Mermaid state diagram: drawn from the scheme itself, so it can't be out of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.language.model import Action, State, Workflow

INDENT = "    "
# Mermaid reads these signs as its own; a label says them by their code
SPECIAL = {
    "#": "#35;",
    '"': "#quot;",
    ":": "#58;",
    ";": "#59;",
    "<": "#lt;",
    ">": "#gt;",
    "{": "#123;",
    "}": "#125;",
}
RESERVED = "s_"  # a state may be called `end` or `state`, which are Mermaid's own words


def mermaid(workflow: Workflow, language: str, counts: Mapping[str, int] | None = None) -> str:
    """The text of a `stateDiagram-v2`, with the labels in this language (or the scheme's first one).

    `counts`: the dossiers in each state, told after its label.
    """
    lines = ["stateDiagram-v2", f"{INDENT}direction LR"]
    whole = (state for state in workflow.states.values() if state.part_of is None)
    lines += [line for state in whole for line in _state(workflow, state, language, counts)]
    lines += [f"{INDENT}[*] --> {_id(workflow.start.id)}"]
    lines += [line for action in workflow.actions.values() for line in _arrows(action, language)]
    lines += [f"{INDENT}{_id(state.id)} --> [*]" for state in workflow.states.values() if state.kind == "end"]
    return "\n".join(lines) + "\n"


def _state(
    workflow: Workflow, state: State, language: str, counts: Mapping[str, int] | None
) -> Iterator[str]:
    """A state, with its parts inside."""
    written = f'{INDENT}state "{_label(state, language, counts)}" as {_id(state.id)}'
    parts = [workflow.states[id] for id in workflow.inside(state.id)[1:]]
    yield f"{written} {{" if parts else written
    yield from (f'{INDENT}{INDENT}state "{_label(one, language, counts)}" as {_id(one.id)}' for one in parts)
    if parts:
        yield f"{INDENT}}}"


def _id(state: str) -> str:
    return RESERVED + state


def _label(state: State, language: str, counts: Mapping[str, int] | None) -> str:
    label = plain(state.label.plain(language) or state.id)
    return label if counts is None else f"{label} ({counts.get(state.id, 0)})"


def _arrows(action: Action, language: str) -> Iterator[str]:
    """One arrow from each state the action leaves: what is done, and by whom. Its parts leave it with it."""
    label = plain(f"{action.label.plain(language) or action.id} ({', '.join(action.by)})")
    for source in (one for one in action.sources if one not in action.inherited):
        yield f"{INDENT}{_id(source)} --> {_id(action.to)} : {label}"


def plain(text: str) -> str:
    """A label on one line, with the signs Mermaid would read written by their code."""
    return "".join(SPECIAL.get(sign, sign) for sign in " ".join(text.split()))
