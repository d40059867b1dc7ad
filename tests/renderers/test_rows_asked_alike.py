"""Questions that rows ask alike are written out once, and stand in each row as if they had been written there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.kinds import KINDS, kind_of
from engine.problems import AnswerProblem
from renderers.control_views import Again
from renderers.controls import Questions, controls
from renderers.moulds import CHOSEN, NAME, VALUE, WRITTEN, Moulds
from renderers.questions import Once
from tests.renderers.test_fields import shown

ROWS = 3
VALUES = st.text(st.sampled_from('ab1 <>"&é\u2014\ue000'), max_size=8) | st.sampled_from(
    ["yes", "no", "red", "blue", "12,50", NAME, VALUE % 0, ""]
)


@pytest.fixture(scope="module")
def repeat(every_kind, question):
    """Rows of every kind of question there may be in rows, one that waits for another, and rows in the rows."""
    kinds = (one.name for one in KINDS if one.name not in ("repeat", "matrix", "fields"))
    fields = {kind: replace(every_kind[kind], id=kind) for kind in kinds if kind in every_kind}
    inner = {"share": question("percentage", "Part", id="share"), "date": question("date", "Jour", id="date")}
    fields["rows"] = question("repeat", "Lignes", id="rows", fields=inner, layout="table")
    return question("repeat", "Lieux", id="places", fields=fields)


def html(repeat, typed, *, alike: bool, **more) -> str:
    once = Once() if alike else Once(moulds=dict.fromkeys(("places", "places/rows"), Moulds(frozenset())))
    return shown(controls([repeat], Questions("fr", typed, once=once, **more))[0])


def names(repeat, start: str):
    for one in repeat.fields.values():
        for suffix in kind_of(one).inputs(one) if not one.fields else ():
            yield f"{start}-{one.id}{suffix}"


@settings(max_examples=15)
@given(data=st.data())
def test_each_row_is_written_as_it_would_be_alone(repeat, data):
    starts = [(repeat, f"places-{row}") for row in range(ROWS)]
    starts += [
        (repeat.fields["rows"], f"places-{row}-rows-{inner}") for row in range(ROWS) for inner in range(2)
    ]
    typed = {start: ["row"] for _, start in starts}
    for asked, start in starts:
        typed |= {name: [data.draw(VALUES)] for name in names(asked, start)}

    assert html(repeat, typed, alike=True) == html(repeat, typed, alike=False)


def test_rows_ask_alike_what_no_row_decides(repeat):
    rows = controls([repeat], Questions("fr", {"places-0": ["row"], "places-1": ["row"]}))[0].rows
    alike = {one.kind for one in rows[0].controls if isinstance(one, Again)}

    assert alike == (WRITTEN | CHOSEN) & repeat.fields.keys()
    first, second = ({one.kind: one for one in row.controls if isinstance(one, Again)} for row in rows)
    assert all(first[kind].mould is second[kind].mould for kind in alike)


@pytest.mark.parametrize("said", ["problems", "sources", "remarks", "look_ups"])
def test_question_of_which_something_is_said_is_written_alone(repeat, said):
    name = "places-1-siret"
    more = {
        "problems": (AnswerProblem(("places", 1, "siret"), "missing", {}),),
        "sources": {name: "Trouvé au registre"},
        "remarks": {name: "Vérifiez ce numéro"},
        "look_ups": frozenset({name}),
    }[said]
    typed = {"places-0": ["row"], "places-1": ["row"]}

    found = html(repeat, typed, alike=True, **{said: more})

    assert found == html(repeat, typed, alike=False, **{said: more})
    assert found != html(repeat, typed, alike=True)
