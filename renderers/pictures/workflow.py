"""The workflow drawn: a box for each state, the name of each action on its way from one state to the next.

The order of the states in the file says which way is forward; an arrow back to an earlier state goes upwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.language import Scheme
from engine.language.model import Action
from renderers.catalogues import count, marked, plural, say
from renderers.pictures.arrows import Line, Way, arrows
from renderers.pictures.placing import Placed, place
from renderers.pictures.wrapping import cut, width
from renderers.words import span

BOX, LABEL = 148.0, 156.0  # how wide a state and the name of an action are
LINE, PAD = 16.0, 9.0
BOLD = 1.12  # how much wider a bold letter is
APPLICANT, SYSTEM = marked("the applicant"), marked("the system")
AFTER = marked("after %(span)s")
DOSSIERS = plural("%(number)s dossier", "%(number)s dossiers")


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its corner, its lines, the dossiers in it ("" without counts)."""

    id: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    figure: str


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an action on its way, and below it who does it."""

    id: str
    x: float
    y: float
    lines: tuple[str, ...]
    who: tuple[str, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that the template draws."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    names: tuple[Name, ...]
    lines: tuple[Line, ...]


def steps(scheme: Scheme, language: str, counts: Mapping[str, int] | None) -> list[dict[str, object]]:
    """The same in words: each state with what leaves it, for a list beside the picture."""
    workflow = scheme.workflow
    return [
        {
            "label": _label(scheme, state.id, language),
            "figure": _figure(counts, state.id, language),
            "kind": state.kind,
            "actions": [
                {
                    "label": action.label.plain(language),
                    "who": ", ".join(_who(scheme, action, language)),
                    "to": _label(scheme, action.to, language),
                }
                for action in workflow.actions.values()
                if state.id in action.sources
            ],
        }
        for state in workflow.states.values()
    ]


def draw_workflow(scheme: Scheme, language: str, counts: Mapping[str, int] | None = None) -> Drawing:
    """Place everything; `counts` are the dossiers by state."""
    ways = tuple(_ways(scheme))
    boxes = {
        state: cut(_label(scheme, state, language), (BOX - 2 * PAD) / BOLD)
        for state in scheme.workflow.states
    }
    names = {
        way.id: (
            cut(scheme.workflow.actions[way.action].label.plain(language), LABEL),
            tuple(_cut_who(scheme, scheme.workflow.actions[way.action], language)),
        )
        for way in ways
    }
    more = 1 if counts is not None else 0
    sizes = {state: (BOX, LINE * (len(lines) + more) + 2 * PAD) for state, lines in boxes.items()}
    sizes |= {
        id: (_widest((*lines, *who)), LINE * (len(lines) + len(who))) for id, (lines, who) in names.items()
    }
    placed = place(sizes, [edge for way in ways for edge in way.edges])
    return Drawing(
        placed.width,
        placed.height,
        tuple(
            _box(scheme, state, lines, placed, sizes[state][1], _figure(counts, state, language))
            for state, lines in boxes.items()
        ),
        tuple(Name(id, *placed.middles[id], lines, who, sizes[id][1]) for id, (lines, who) in names.items()),
        tuple(arrows(ways, placed, sizes)),
    )


def _widest(lines: tuple[str, ...]) -> float:
    return max(width(line) for line in lines)


def _ways(scheme: Scheme) -> Iterator[Way]:
    order = {state: number for number, state in enumerate(scheme.workflow.states)}
    for action in scheme.workflow.actions.values():
        forward = tuple(source for source in action.sources if order[source] < order[action.to])
        back = tuple(source for source in action.sources if order[source] >= order[action.to])
        if forward:
            yield Way(f"action {action.id}", forward, action.to, False)
        if back:
            yield Way(f"action {action.id} back", back, action.to, True)


def _box(
    scheme: Scheme, state: str, lines: tuple[str, ...], placed: Placed, height: float, figure: str
) -> Box:
    x, y = placed.middles[state]
    kind = scheme.workflow.states[state].kind
    return Box(state, kind, x - BOX / 2, y - height / 2, BOX, height, lines, figure)


def _label(scheme: Scheme, state: str, language: str) -> str:
    return scheme.workflow.states[state].label.plain(language) or state


def _figure(counts: Mapping[str, int] | None, state: str, language: str) -> str:
    if counts is None:
        return ""
    number = counts.get(state, 0)
    return count(language, *DOSSIERS, number, {"number": number})


def _who(scheme: Scheme, action: Action, language: str) -> Iterator[str]:
    """Who may do an action, and after how long a deadline does it."""
    others = {"applicant": APPLICANT, "system": SYSTEM}
    called = {id: one.label for id, one in scheme.roles.items()}
    called |= {id: one.label for id, one in scheme.parties.items()}
    for who in action.by:
        yield say(language, others[who]) if who in others else called[who].plain(language)
    for deadline in scheme.workflow.deadlines.values():
        if deadline.do == action.id:
            yield say(language, AFTER, {"span": span(deadline.after, language)})


def _cut_who(scheme: Scheme, action: Action, language: str) -> tuple[str, ...]:
    return cut(f"({', '.join(_who(scheme, action, language))})", LABEL, 2)
