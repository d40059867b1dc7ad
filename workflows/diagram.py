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
    lines += [
        f'{INDENT}state "{_label(state, language, counts)}" as {_id(state.id)}'
        for state in workflow.states.values()
    ]
    lines += [f"{INDENT}[*] --> {_id(workflow.start.id)}"]
    lines += [line for action in workflow.actions.values() for line in _arrows(action, language)]
    lines += [f"{INDENT}{_id(state.id)} --> [*]" for state in workflow.states.values() if state.kind == "end"]
    return "\n".join(lines) + "\n"


def _id(state: str) -> str:
    return RESERVED + state


def _label(state: State, language: str, counts: Mapping[str, int] | None) -> str:
    label = plain(state.label.plain(language) or state.id)
    return label if counts is None else f"{label} ({counts.get(state.id, 0)})"


def _arrows(action: Action, language: str) -> Iterator[str]:
    """One arrow from each state the action leaves: what is done, and by whom."""
    label = plain(f"{action.label.plain(language) or action.id} ({', '.join(action.by)})")
    for source in action.sources:
        yield f"{INDENT}{_id(source)} --> {_id(action.to)} : {label}"


def plain(text: str) -> str:
    """A label on one line, with the signs Mermaid would read written by their code."""
    return "".join(SPECIAL.get(sign, sign) for sign in " ".join(text.split()))
