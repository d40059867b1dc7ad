"""The workflow drawn: a box for each state, the name of each action on its way from one state to the next.

The order of the states in the file says which way is forward; an arrow back to an earlier state goes upwards. The parts of a
state stand in its box; an action that leaves or reaches one of them names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.language import Scheme
from engine.language.model import Action
from renderers.catalogues import count, marked, plural, say
from renderers.pictures.arrows import Line, Way, arrows
from renderers.pictures.placing import place
from renderers.pictures.wrapping import cut, width
from renderers.words import span
from workflows.parts import in_order, outermost

BOX, LABEL = 148.0, 156.0  # how wide a state and the name of an action are
LINE, PAD = 16.0, 9.0
INSET = 7.0  # between the parts of a state, and around them
BOLD = 1.12  # how much wider a bold letter is
APPLICANT, SYSTEM = marked("the applicant"), marked("the system")
AFTER = marked("after %(span)s")
DOSSIERS = plural("%(number)s dossier", "%(number)s dossiers")


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its corner, its lines, the dossiers in it ("" without counts), its parts inside it."""

    id: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    figure: str
    parts: tuple[Box, ...] = ()


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
            "label": " – ".join(_label(scheme, id, language) for id in reversed(workflow.around(state.id))),
            "figure": _figure(scheme, counts, state.id, language),
            "kind": state.kind,
            "actions": [
                {
                    "label": action.label.plain(language),
                    "who": ", ".join(_who(scheme, action, language)),
                    "to": _label(scheme, action.to, language),
                }
                for action in workflow.actions.values()
                if state.id in action.sources and state.id not in action.inherited
            ],
        }
        for state in map(workflow.states.__getitem__, in_order(workflow))
    ]


def draw_workflow(scheme: Scheme, language: str, counts: Mapping[str, int] | None = None) -> Drawing:
    """Place everything; `counts` are the dossiers by state."""
    ways = tuple(_ways(scheme))
    boxes = {
        state.id: _content(scheme, state.id, language, counts)
        for state in scheme.workflow.states.values()
        if state.part_of is None
    }
    names = {way.id: _written(scheme, way, language) for way in ways}
    sizes = {state: (BOX, found.height) for state, found in boxes.items()}
    sizes |= {
        id: (_widest((*lines, *who)), LINE * (len(lines) + len(who))) for id, (lines, who) in names.items()
    }
    placed = place(sizes, [edge for way in ways for edge in way.edges])
    return Drawing(
        placed.width,
        placed.height,
        tuple(_placed(found, *placed.middles[state]) for state, found in boxes.items()),
        tuple(Name(id, *placed.middles[id], lines, who, sizes[id][1]) for id, (lines, who) in names.items()),
        tuple(arrows(ways, placed, sizes)),
    )


def _content(
    scheme: Scheme, state: str, language: str, counts: Mapping[str, int] | None, wide: float = BOX
) -> Box:
    """What stands in the box of a state, its corner at the origin: its label, its figure, its parts one below the other."""
    workflow = scheme.workflow
    lines = cut(_label(scheme, state, language), (wide - 2 * PAD) / BOLD)
    height = LINE * (len(lines) + (counts is not None)) + 2 * PAD
    parts: list[Box] = []
    for id in workflow.inside(state)[1:]:
        part = _content(scheme, id, language, counts, wide - 2 * INSET)
        parts.append(replace(part, x=INSET, y=height))
        height += part.height + INSET
    kind, figure = workflow.states[state].kind, _figure(scheme, counts, state, language)
    return Box(state, kind, 0, 0, wide, height, lines, figure, tuple(parts))


def _placed(box: Box, x: float, y: float) -> Box:
    """The box with its middle there, its parts with it."""
    left, top = x - box.width / 2, y - box.height / 2
    parts = tuple(replace(part, x=left + part.x, y=top + part.y) for part in box.parts)
    return replace(box, x=left, y=top, parts=parts)


def _written(scheme: Scheme, way: Way, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is written of an action on its way: its name; who does it, and between which parts."""
    action = scheme.workflow.actions[way.action]
    name = cut(action.label.plain(language), LABEL)
    return name, (*_cut_who(scheme, action, language), *_between(scheme, way, action, language))


def _between(scheme: Scheme, way: Way, action: Action, language: str) -> tuple[str, ...]:
    workflow = scheme.workflow
    left = [id for id in _sources(action) if workflow.states[id].part_of in way.sources]
    here = ", ".join(_label(scheme, id, language) for id in left)
    there = _label(scheme, action.to, language) if workflow.states[action.to].part_of else ""
    return cut(f"{here} → {there}".strip(), LABEL, 2) if here or there else ()


def _sources(action: Action) -> list[str]:
    """The states an action names: their parts are left with them."""
    return [source for source in action.sources if source not in action.inherited]


def _widest(lines: tuple[str, ...]) -> float:
    return max(width(line) for line in lines)


def _ways(scheme: Scheme) -> Iterator[Way]:
    workflow = scheme.workflow
    order = {state: number for number, state in enumerate(workflow.states)}
    for action in workflow.actions.values():
        to = outermost(workflow, action.to)
        sources = dict.fromkeys(outermost(workflow, source) for source in _sources(action))
        forward = tuple(source for source in sources if order[source] < order[to])
        back = tuple(source for source in sources if order[source] >= order[to])
        if forward:
            yield Way(f"action {action.id}", forward, to, False)
        if back:
            yield Way(f"action {action.id} back", back, to, True)


def _label(scheme: Scheme, state: str, language: str) -> str:
    return scheme.workflow.states[state].label.plain(language) or state


def _figure(scheme: Scheme, counts: Mapping[str, int] | None, state: str, language: str) -> str:
    if counts is None:
        return ""
    number = sum(counts.get(id, 0) for id in scheme.workflow.inside(state))
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
