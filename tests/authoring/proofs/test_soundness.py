"""Nothing is called impossible that some answer makes so: the prover against FEEL itself, on invented conditions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from authoring.proofs import EVERYTHING, FALSE, NOT_FALSE, NOT_TRUE, TRUE, Claim, Names, Standing, solver
from authoring.proofs.worlds import Splitter, Undecided
from engine import feel
from engine.language import Bundle, load_scheme

SCHEME = """\
scheme: proofs
languages: [fr]
title: Preuves
privacy: {keep: 1 year after end}
roles: {clerk: {label: Instruction, may: [view]}}
form:
  you:
    title: Vous
    fields:
      open: {type: yes_no, label: Ouvert}
      shape: {type: choice, label: Sorte, options: {a: A, b: B, c: C}}
      size: {type: integer, label: Nombre, min: 0, max: 6}
      price: {type: money, label: Prix, min: -2, max: 4}
      more: {type: integer, label: Autre, when: open, min: 1, max: 3}
      day: {type: date, label: Jour, when: 'shape = "a"', min: 'date("2020-01-01")', max: 'date("2020-01-03")'}
      note: {type: text, label: Note, optional: true}
computed:
  half: {label: Moitié, value: size / 2}
  large: {label: Grand, value: size > 3 and open}
workflow:
  public: {done: {label: Suivi, states: [filed]}}
  states: {draft: {kind: start}, filed: {label: Déposée, kind: end}}
  actions: {submit: {label: Déposer, from: draft, to: filed, by: applicant}}
"""
NUMBERS = (
    "size",
    "price",
    "more",
    "size + more",
    "price - size",
    "2 * size",
    "size * price",
    "-price",
    "min(size, price)",
    "size / 2",
    "half",
    "if open then size else more",
)
TEXTS = ("shape", "note")
HALF, LARGE = feel.compile("size / 2"), feel.compile("size > 3 and open")
# a figure stands where a condition should: neither true nor false, though it must be answered
NUMBER_AS_CONDITION = {
    "open": True,
    "shape": "a",
    "size": Decimal(0),
    "price": Decimal(0),
    "more": Decimal(1),
    "day": date(2020, 1, 1),
    "note": None,
    "half": Decimal(0),
    "large": False,
}
FIGURES = st.integers(-3, 7).map(str)
OPERATORS = st.sampled_from(("<", "<=", ">", ">=", "=", "!="))


def atoms() -> st.SearchStrategy[str]:
    numbers, days = (
        st.sampled_from(NUMBERS),
        st.sampled_from(("2019-12-31", "2020-01-01", "2020-01-02", "2020-01-04")),
    )
    texts = st.sampled_from(('"a"', '"b"', '"z"'))
    return st.one_of(
        st.sampled_from(
            (
                "open",
                "not(open)",
                "large",
                "large = null",
                "true",
                "false",
                "null",
                "open = null",
                "open = true",
                'starts with(note, "a")',
                "note = shape",
                "size = null",
                "day = null",
                "more != null",
            )
        ),
        st.tuples(numbers, OPERATORS, FIGURES).map(" ".join),
        st.tuples(FIGURES, OPERATORS, numbers).map(" ".join),
        st.tuples(numbers, OPERATORS, numbers).map(" ".join),
        st.tuples(numbers, FIGURES, FIGURES).map(lambda one: f"{one[0]} between {one[1]} and {one[2]}"),
        st.tuples(numbers, FIGURES, FIGURES).map(lambda one: f"{one[0]} in ([{one[1]}..3), > {one[2]})"),
        st.tuples(st.sampled_from(TEXTS), st.sampled_from(("=", "!=")), texts).map(" ".join),
        st.tuples(st.sampled_from(TEXTS), texts, texts).map(lambda one: f"{one[0]} in ({one[1]}, {one[2]})"),
        st.tuples(OPERATORS, days).map(lambda one: f'day {one[0]} date("{one[1]}")'),
    )


def conditions() -> st.SearchStrategy[str]:
    return st.recursive(
        atoms(),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " and ".join(parts) + ")"),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: "(" + " or ".join(parts) + ")"),
            inner.map(lambda part: f"not({part})"),
            st.tuples(inner, inner, inner).map(lambda one: f"(if {one[0]} then {one[1]} else {one[2]})"),
        ),
        max_leaves=6,
    )


def answers(filed: bool) -> st.SearchStrategy[dict[str, object]]:
    """Values the form accepts; in a draft anything may still be unanswered."""

    def within(known: dict[str, object]) -> dict[str, object]:
        values = dict(known)
        if values["open"] is not True:
            values["more"] = None
        if values["shape"] != "a":
            values["day"] = None
        values["half"] = HALF.run(values)
        values["large"] = LARGE.run(values)
        return values

    def maybe(strategy: st.SearchStrategy[object], optional: bool = not filed) -> st.SearchStrategy[object]:
        return st.none() | strategy if optional else strategy

    cents = st.integers(-200, 400).map(lambda one: Decimal(one) / 100)
    whole = lambda low, high: st.integers(low, high).map(Decimal)  # noqa: E731
    return st.fixed_dictionaries(
        {
            "open": maybe(st.booleans()),
            "shape": maybe(st.sampled_from("abc")),
            "size": maybe(whole(0, 6)),
            "price": maybe(st.one_of(whole(-2, 4), cents)),
            "more": maybe(whole(1, 3)),
            "day": maybe(st.integers(1, 3).map(lambda day: date(2020, 1, day))),
            "note": maybe(st.sampled_from(("a", "b", "zz")), True),
        }
    ).map(within)


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(Bundle({"scheme.yaml": SCHEME}))


@pytest.mark.parametrize("filed", [False, True], ids=["draft", "filed"])
@pytest.mark.parametrize("by", ["ranges", "z3"])
def test_what_an_answer_makes_so_is_never_called_impossible(scheme, filed, by):
    assert solver.library() is not None, "the extra `test` brings z3"
    names = Names(scheme, Standing(filed=filed))

    @settings(max_examples=25 if by == "z3" else 200, deadline=None)
    @given(conditions(), st.lists(answers(filed), min_size=1, max_size=20))
    @example("(open and if open then size else more < 0)", [NUMBER_AS_CONDITION])
    def prove(text, samples):
        compiled = feel.compile(text)
        given_values = {value if isinstance(value := compiled.run(one), bool) else None for one in samples}
        for truths in (
            TRUE,
            FALSE,
            NOT_TRUE,
            NOT_FALSE,
            frozenset({None}),
            frozenset({True, False}),
            EVERYTHING,
        ):
            if given_values & truths:
                claim = Claim(compiled.tree.root, truths)
                assert not refuted(names, claim, by), (text, truths, samples)

    prove()


def refuted(names: Names, claim: Claim, by: str) -> bool:
    if by == "z3":
        return solver.refutes(names, [claim])
    try:
        return not Splitter(names).worlds([claim])
    except Undecided:
        return False
