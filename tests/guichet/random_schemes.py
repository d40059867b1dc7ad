"""Schemes made at random, with answers typed at random, and what a reader of the form alone would say is asked.

The oracle here knows nothing of the engine: a condition is a text for the scheme and a function of what is visible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.guichet.random_questions import PLAIN, Condition, Question, linked, plain, rows


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
            for one in sheet.questions:
                if one.apart:
                    lines += [
                        f"  {one.id}_each:",
                        f"    title: Page {one.id}",
                        f"    for_each: {one.id}",
                        "    fields:",
                    ]
                    lines += [line for inner in one.apart for line in inner.yaml("      ")]
        return "\n".join([*lines, TAIL])

    def asked(self, changed: Mapping[str, Question]) -> dict[str, dict[str, Any]]:
        """What is asked, page by page, and what of it is to be stored; `changed` questions stand in the place of theirs."""
        seen: dict[str, Any] = {}
        pages: dict[str, dict[str, Any]] = {}
        for sheet in self.sheets:
            if sheet.when and not sheet.when.holds(seen):
                continue
            for given in sheet.questions:
                one = changed.get(given.id, given)
                if one.when is None or one.when.holds(seen):
                    seen[one.id] = one.stored
                    pages.setdefault(sheet.id, {})[one.id] = one.stored
            for one in sheet.questions:
                if one.id in pages.get(sheet.id, {}):
                    pages |= {id: {} for id in one.row_pages}
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
        sides = [one for one in known if one.kind == "choice" and one.stored == "b"]
        if sides and draw(st.booleans()):
            questions.append(linked(f"p{number}_list", sides[-1]))
        sheets.append(Sheet(f"page_{number}", tuple(questions), when))
    return Form(tuple(sheets), tuple(one.id for one in known if one.kind == "yes_no"))


@st.composite
def _question(draw: st.DrawFn, id: str, known: list[Question], *, first: bool) -> Question:
    when = None if first else draw(conditions(known))
    kind = (
        "yes_no"
        if first
        else draw(st.sampled_from(["yes_no", "repeat", "repeat", "repeat", "choice", "choice", *PLAIN]))
    )
    optional = kind not in ("yes_no", "consent") and draw(st.booleans())
    blank = optional and draw(st.booleans())
    if kind == "yes_no":
        said = draw(st.booleans())
        return Question(id, kind, "", {"": "yes" if said else "no"}, said, when)
    if kind == "repeat":
        return draw(rows(id, when, optional=optional))
    return draw(plain(id, kind, when, optional=optional, blank=blank))
