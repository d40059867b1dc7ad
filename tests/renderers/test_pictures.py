"""The pictures of a scheme: all that is there is drawn, nothing stands on anything else, and no style is carried."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.language import Bundle, load_scheme
from renderers.pictures import draw_workflow, form_mermaid, form_svg, steps, workflow_svg
from renderers.pictures.placing import place

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SMALL = """\
scheme: pictures
languages: [fr]
title: Aide <au> loyer
form:
  you:
    title: Vous
    fields:
      tenant: {type: yes_no, label: Locataire}
      rent: {type: money, label: Loyer, when: tenant, optional: true}
      children:
        type: repeat
        label: Enfants
        fields: {age: {type: integer, label: Âge}, school: {type: text, label: École, when: age > 5}}
  home: {title: Logement, when: rent > 100, fields: {end: {type: text, label: 'Rue "des" Lilas'}}}
roles: {clerk: {label: Instruction, may: [view]}}
workflow:
  public: {seen: {label: Vue, states: [filed, over]}}
  states: {draft: {kind: start}, filed: {label: Déposée}, over: {label: Finie, kind: end}}
  actions:
    submit: {label: Déposer, from: draft, to: filed, by: applicant}
    note: {label: Noter, from: filed, to: filed, by: clerk}
    reopen: {label: Rouvrir, from: over, to: filed, by: clerk}
    close: {label: Clore, from: [draft, filed], to: over, by: system}
  deadlines: {late: {in: filed, after: 2 months, do: close}}
"""


@pytest.fixture(scope="module")
def scheme():
    return load_scheme(Bundle({"scheme.yaml": SMALL}))


@pytest.fixture(
    scope="module",
    params=[
        "schemes/haute-savoie-emergency-grant",
        "schemes/bicycle-grant.yaml",
        "examples/joint-renovation-grant",
        "examples/commission-grant",
    ],
)
def shipped(request):
    return load_scheme(ROOT / request.param)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_every_state_and_action_is_drawn_with_its_figure(scheme):
    written = texts(workflow_svg(scheme, "fr", {"filed": 12, "over": 1}))
    for text in (
        "Brouillon",
        "0 dossier",
        "Déposée",
        "12 dossiers",
        "1 dossier",
        "Noter",
        "(Instruction)",
        "Rouvrir",
    ):
        assert text in written
    assert "(le système, après 2 mois)" in " ".join(written)


def test_picture_is_told_in_words_too(scheme):
    root = ElementTree.fromstring(workflow_svg(scheme, "fr"))
    assert root.get("role") == "img"
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "Circuit\u00a0: Aide <au> loyer"
    assert told is not None and "Rouvrir (Instruction) → Déposée" in (told.text or "")
    assert [step["label"] for step in steps(scheme, "fr", None)] == ["Brouillon", "Déposée", "Finie"]


@pytest.mark.parametrize("draw", [workflow_svg, form_svg])
def test_strict_policy_lets_the_picture_in(shipped, draw):
    svg = draw(shipped, "fr")
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=", svg)
    ElementTree.fromstring(svg)


def test_arrow_of_each_action_reaches_its_state(scheme):
    drawing = draw_workflow(scheme, "fr")
    assert sorted(line.action for line in drawing.lines if line.has_point) == [
        "close",
        "note",
        "reopen",
        "submit",
    ]


def test_nothing_overlaps_in_the_shipped_schemes(shipped):
    drawing = draw_workflow(shipped, "fr", {})
    frames = [(box.x, box.y, box.width, box.height) for box in drawing.boxes]
    frames += [(name.x - 20, name.y - name.height / 2, 40, name.height) for name in drawing.names]
    assert [pair for pair in combinations(frames, 2) if overlap(*pair)] == []


def test_parts_of_a_state_stand_inside_its_box_and_are_counted_with_it():
    found = load_scheme(ROOT / "examples/commission-grant")
    drawing = draw_workflow(found, "fr", {"checking": 2, "substance": 3})
    [whole] = [box for box in drawing.boxes if box.parts]
    assert (whole.id, whole.figure, [part.id for part in whole.parts]) == (
        "in_review",
        "5 dossiers",
        ["checking", "substance"],
    )
    frames = [(part.x, part.y, part.width, part.height) for part in whole.parts]
    assert not overlap(*frames)
    for x, y, wide, high in frames:
        assert whole.x < x and x + wide < whole.x + whole.width
        assert whole.y < y and y + high < whole.y + whole.height
    [check] = [name for name in drawing.names if name.lines == ("Dossier vérifié",)]
    assert " ".join(check.who).endswith("Vérification → Examen au fond")
    told = [step["label"] for step in steps(found, "fr", None)]
    assert told[2:5] == ["En instruction", "En instruction – Vérification", "En instruction – Examen au fond"]


def overlap(one, other) -> bool:
    apart = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    return not (apart or one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1])


@st.composite
def graphs(draw):
    """Boxes of several sizes and arrows between them, all downwards; some boxes may stand alone."""
    names = [f"n{number}" for number in range(draw(st.integers(1, 14)))]
    sizes = {
        name: (draw(st.sampled_from((60.0, 150.0))), draw(st.sampled_from((32.0, 66.0)))) for name in names
    }
    pairs = st.sampled_from(list(combinations(names, 2))) if len(names) > 1 else st.nothing()
    return sizes, draw(st.lists(pairs, max_size=25, unique=True)) if len(names) > 1 else []


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_no_box_stands_on_another_and_no_arrow_crosses_one(graph):
    sizes, edges = graph
    placed = place(sizes, edges)
    frames = {
        name: (x - sizes[name][0] / 2, y - sizes[name][1] / 2, *sizes[name])
        for name, (x, y) in placed.middles.items()
    }
    assert [pair for pair in combinations(frames.values(), 2) if overlap(*pair)] == []
    for frame in frames.values():
        assert frame[0] >= 0 and frame[1] >= 0
        assert frame[0] + frame[2] <= placed.width + 0.01 and frame[1] + frame[3] <= placed.height + 0.01
    for (source, target), points in placed.ways.items():
        assert placed.middles[source][1] < placed.middles[target][1]
        for (x, top), (_, bottom) in zip(points[::2], points[1::2], strict=True):
            assert not any(overlap((x, top, 0.01, bottom - top), frame) for frame in frames.values())


def test_form_is_drawn_with_its_conditions(scheme):
    written = texts(form_svg(scheme, "fr"))
    for text in (
        "Vous",
        "Locataire",
        "si tenant",
        "facultatif",
        "École",
        "si age > 5",
        "Logement",
        "si rent > 100",
    ):
        assert text in written


def test_form_as_mermaid_names_pages_fields_and_conditions(scheme):
    assert form_mermaid(scheme, "fr") == (
        "flowchart TD\n"
        '    subgraph p_you["Vous"]\n'
        '        f_tenant["Locataire"]\n'
        '        f_rent["Loyer"]\n'
        '        f_children["Enfants"]\n'
        '        f_children__age["Âge"]\n'
        '        f_children__school["École"]\n'
        "    end\n"
        '    subgraph p_home["Logement"]\n'
        '        f_end["Rue #quot;des#quot; Lilas"]\n'
        "    end\n"
        "    p_you --> p_home\n"
        '    f_tenant -. "tenant" .-> f_rent\n'
        '    f_children__age -. "age #gt; 5" .-> f_children__school\n'
        '    f_rent -. "rent #gt; 100" .-> p_home\n'
    )
