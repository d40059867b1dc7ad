"""Schemes made at random, with answers typed at random, and what a reader of the form alone would say is asked.

The oracle here knows nothing of the engine: a condition is a text for the scheme and a function of what is visible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

Seen = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """FEEL for the scheme, and the same for the oracle; what is hidden or blank is None."""

    feel: str
    holds: Callable[[Seen], bool]


@dataclass(frozen=True)
class Question:
    """One field: its YAML keys, what is typed (by suffix of the control), and what is to be stored (None: nothing)."""

    id: str
    kind: str
    keys: str
    typed: Mapping[str, str]
    stored: Any
    when: Condition | None = None
    optional: bool = False
    inner: tuple[Question, ...] = ()

    def yaml(self, indent: str) -> list[str]:
        """Its lines."""
        lines = [
            f"{indent}{self.id}:",
            f"{indent}  type: {self.kind}",
            f"{indent}  label: Question {self.id}",
        ]
        lines += [f"{indent}  when: '{self.when.feel}'"] if self.when else []
        lines += [f"{indent}  optional: true"] if self.optional else []
        lines += [f"{indent}  {self.keys}"] if self.keys else []
        if self.inner:
            lines.append(f"{indent}  fields:")
            lines += [line for one in self.inner for line in one.yaml(indent + "    ")]
        return lines


@dataclass(frozen=True)
class Sheet:
    """One page."""

    id: str
    questions: tuple[Question, ...]
    when: Condition | None = None


@dataclass(frozen=True)
class Form:
    """A whole form."""

    sheets: tuple[Sheet, ...]
    switches: tuple[str, ...] = field(default=())

    def yaml(self) -> str:
        """The scheme."""
        lines = [HEAD, "form:"]
        for sheet in self.sheets:
            lines += [f"  {sheet.id}:", f"    title: Page {sheet.id}"]
            lines += [f"    when: '{sheet.when.feel}'"] if sheet.when else []
            lines.append("    fields:")
            lines += [line for one in sheet.questions for line in one.yaml("      ")]
        return "\n".join([*lines, TAIL])

    def asked(self, changed: Mapping[str, Question]) -> dict[str, dict[str, Any]]:
        """What is asked, page by page, and what of it is to be stored; `changed` questions stand in the place of theirs."""
        seen: dict[str, Any] = {}
        pages: dict[str, dict[str, Any]] = {}
        for sheet in self.sheets:
            if sheet.when and not sheet.when.holds(seen):
                continue
            for plain in sheet.questions:
                one = changed.get(plain.id, plain)
                if one.when is None or one.when.holds(seen):
                    seen[one.id] = one.stored
                    pages.setdefault(sheet.id, {})[one.id] = one.stored
        return pages

    @property
    def questions(self) -> dict[str, Question]:
        """Every question by its id."""
        return {one.id: one for sheet in self.sheets for one in sheet.questions}


HEAD = """\
scheme: trial
languages: [fr]
title: Aide d'essai
summary: Inventée pour les essais.
reference: "ESSAI-{year}-{number:05}"
contact: {email: essai@organisme.example}
privacy: {keep: 2 years after end, drafts: 90 days}
roles: {clerk: {label: Instruction, may: [search, view]}}"""
TAIL = """\
workflow:
  public:
    received: {label: Reçue, states: [submitted]}
    decided: {label: Décidée, states: [accepted]}
  states:
    draft: {kind: start}
    submitted: {label: Déposée}
    accepted: {label: Acceptée, decision: granted, kind: end}
  actions:
    submit: {label: Déposer, from: draft, to: submitted, by: applicant}
    accept: {label: Accepter, from: submitted, to: accepted, by: clerk}
"""

# what is typed, and what is stored of it; `marker` stands for a word found nowhere else
PLAIN: dict[str, list[tuple[str, dict[str, str], Any]]] = {
    "text": [("", {"": " marker "}, "marker"), ("max_length: 40", {"": "marker é"}, "marker é")],
    "long_text": [("", {"": "marker\r\nligne"}, "marker\nligne")],
    "integer": [("", {"": "1 200"}, 1200), ("min: 0", {"": "7"}, 7)],
    "decimal": [("", {"": "12,50"}, "12.5")],
    "money": [("", {"": "12 000,50"}, "12000.50"), ("max: 50000", {"": "0"}, "0.00")],
    "percentage": [("", {"": "40 %"}, "40")],
    "date": [
        ("", {"-day": "1er", "-month": "mars", "-year": "2020"}, "2020-03-01"),
        ("max: today()", {"-day": "31/12/2019"}, "2019-12-31"),
    ],
    "choice": [("options: {a: Une, b: Deux}", {"": "b"}, "b")],
    "choices": [("options: {a: Une, b: Deux}", {"": "a"}, ["a"])],
    "email": [("", {"": "marker@fictif.example"}, "marker@fictif.example")],
    "phone": [("", {"": "04 50 00 00 00"}, "+33450000000")],
    "siret": [("", {"": "732 829 320 00074"}, "73282932000074")],
    "person": [
        ("", {"-first_name": "Ada", "-last_name": "marker"}, {"first_name": "Ada", "last_name": "marker"})
    ],
    "consent": [("", {"": "yes"}, True)],
}
IN_ROWS = ("text", "integer", "money", "choice", "date")


def marked(value: Any, marker: str) -> Any:
    """The same with a word of its own."""
    if isinstance(value, str):
        return value.replace("marker", marker)
    if isinstance(value, dict):
        return {key: marked(one, marker) for key, one in value.items()}
    return value


def conditions(known: list[Question]) -> st.SearchStrategy[Condition | None]:
    """A condition on one or two of the questions before."""
    single = [_about(one) for one in known if one.kind in ("yes_no", "choice", "integer", "money")]
    if not single:
        return st.none()
    one = st.sampled_from([each for some in single for each in some])
    both = st.builds(_and, one, one)
    return st.one_of(st.none(), one, both, st.builds(_or, one, one))


def _about(one: Question) -> list[Condition]:
    id = one.id
    if one.kind == "yes_no":
        return [
            Condition(id, lambda seen: seen.get(id) is True),
            Condition(f"not({id})", lambda seen: seen.get(id) is False),
        ]
    if one.kind == "choice":
        return [Condition(f'{id} = "b"', lambda seen: seen.get(id) == "b")]
    return [
        Condition(f"{id} > 100", lambda seen: seen.get(id) is not None and float(seen[id]) > 100),
        Condition(f"{id} = null", lambda seen: seen.get(id) is None),
    ]


def _and(one: Condition, other: Condition) -> Condition:
    return Condition(f"({one.feel}) and ({other.feel})", lambda seen: one.holds(seen) and other.holds(seen))


def _or(one: Condition, other: Condition) -> Condition:
    return Condition(f"({one.feel}) or ({other.feel})", lambda seen: one.holds(seen) or other.holds(seen))


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of one to three pages; the first question is a yes or no that others may depend on."""
    known: list[Question] = []
    sheets = []
    for number in range(draw(st.integers(1, 3))):
        when = draw(conditions(known)) if number else None
        questions = []
        for place in range(draw(st.integers(1, 4))):
            one = draw(_question(f"p{number}_q{place}", known, first=not known))
            questions.append(one)
            known.append(one)
        sheets.append(Sheet(f"page_{number}", tuple(questions), when))
    return Form(tuple(sheets), tuple(one.id for one in known if one.kind == "yes_no"))


@st.composite
def _question(draw: st.DrawFn, id: str, known: list[Question], *, first: bool) -> Question:
    when = None if first else draw(conditions(known))
    kind = (
        "yes_no" if first else draw(st.sampled_from(["yes_no", "yes_no", "repeat", "text", "text", *PLAIN]))
    )
    optional = kind not in ("yes_no", "consent") and draw(st.booleans())
    blank = optional and draw(st.booleans())
    if kind == "yes_no":
        said = draw(st.booleans())
        return Question(id, kind, "", {"": "yes" if said else "no"}, said, when)
    if kind == "repeat":
        return draw(_rows(id, when, optional=optional))
    return draw(_plain(id, kind, when, optional=optional, blank=blank))


@st.composite
def _plain(
    draw: st.DrawFn, id: str, kind: str, when: Condition | None, *, optional: bool, blank: bool
) -> Question:
    keys, typed, stored = draw(st.sampled_from(PLAIN[kind]))
    marker = f"zq{id.replace('_', '')}x"
    if blank:
        nothing: Any = [] if kind == "choices" else None
        return Question(id, kind, keys, dict.fromkeys(typed, ""), nothing, when, optional)
    return Question(id, kind, keys, marked(typed, marker), marked(stored, marker), when, optional)


@st.composite
def _rows(draw: st.DrawFn, id: str, when: Condition | None, *, optional: bool) -> Question:
    """A repeat: its first column is a yes or no, on which the others may depend."""
    ask = Question(f"{id}_ask", "yes_no", "", {"": "yes"}, True)
    on_ask = Condition(ask.id, lambda seen: seen.get(ask.id) is True)
    kinds = draw(st.lists(st.sampled_from(IN_ROWS), min_size=1, max_size=2))
    cells = tuple(
        draw(
            _plain(f"{id}_c{place}", kind, draw(st.sampled_from([None, on_ask])), optional=False, blank=False)
        )
        for place, kind in enumerate(kinds)
    )
    typed: dict[str, str] = {}
    rows = []
    for number in range(draw(st.integers(0 if optional else 1, 2))):
        said = draw(st.booleans())
        row: dict[str, Any] = {ask.id: said}
        typed |= {f"-{number}": "row", f"-{number}-{ask.id}": "yes" if said else "no"}
        for cell in cells:
            typed |= {f"-{number}-{cell.id}{suffix}": text for suffix, text in cell.typed.items()}
            if cell.when is None or cell.when.holds(row):
                row[cell.id] = cell.stored
        rows.append(row)
    return Question(id, "repeat", "", typed, rows, when, optional, (ask, *cells))
