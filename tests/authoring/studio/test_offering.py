"""What the editor offers and tells at a place (the sign |§) of a scheme being typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from authoring.check import check_bundle
from authoring.studio.diagnostics import diagnostics, with_suggestion
from authoring.studio.keys import description_at
from authoring.studio.known import known
from authoring.studio.offering import offers
from authoring.studio.telling import told
from engine.language import Bundle

SCHEME = """\
scheme: small
languages: [fr]
title: Petite aide
roles: {clerk: {label: Instruction, may: [search]}}
parameters:
  highest: {type: money, values: [{from: 2026-01-01, is: 5000}]}
form:
  you:
    title: Vous
    fields:
      income: {type: money, label: Revenu}
      town: {type: text, label: Commune}
eligibility:
  modest: {require: income <= highest, otherwise: "Trop : {income}"}
award: {amount: highest}
privacy: {keep: 2 years after end, drafts: 90 days}
workflow:
  public: {seen: {label: Suivie, states: [filed, granted]}}
  states:
    draft: {kind: start}
    filed: {label: Déposée}
    granted: {label: Accordée, decision: granted, kind: end}
  actions:
    submit: {label: Déposer, from: draft, to: filed, by: applicant}
    grant: {label: Accorder, from: filed, to: granted, by: clerk, if: eligible}
"""
FILES = {"scheme.yaml": SCHEME, "texts/accepted.fr.md": "Objet : x\n", "lists/towns.csv": "code,label\n1,A\n"}


def place(text: str, file: str = "scheme.yaml"):
    at = text.index("|§")
    lines = text[:at].split("\n")
    return {**FILES, file: text.replace("|§", "")}, file, len(lines) - 1, len(lines[-1])


def offered(old: str, new: str) -> list[str]:
    assert old in SCHEME
    _, found = offers(*place(SCHEME.replace(old, new)), "fr")
    return [one.label for one in found]


@pytest.mark.parametrize(
    ("old", "new", "wanted", "unwanted"),
    [
        ("award:", "aw|§", ["award"], ["workflow"]),
        ("award:", "su|§\naward:", ["summary"], ["scheme"]),
        (
            "town: {type: text, ",
            "town: {|§ type: text, ",
            ["help", "when", "max_length"],
            ["type", "decimals"],
        ),
        ("town: {type: text", "town: {type: mo|§", ["money"], ["text"]),
        ("require: income", "require: inc|§", ["income"], ["town"]),
        ("require: income", "require: |§", ["income", "highest", "min", "and"], ["filed"]),
        ("{income}", "{in|§}", ["income"], []),
        ("to: filed", "to: |§", ["filed", "granted"], ["income", "clerk"]),
        ("kind: end}", "part_of: fi|§}", ["filed"], ["granted"]),
        ("by: clerk", "by: |§", ["clerk", "applicant"], ["filed"]),
        ("may: [search]", "may: [search, vi|§]", ["view"], []),
        ("kind: end}", "kind: e|§}", ["end"], ["draft"]),
        ("if: eligible", "effects: [{mail: |§}]", ["accepted"], []),
        ("town: {type: text", "town: {type: choice, list: |§", ["towns"], ["accepted"]),
    ],
)
def test_what_may_stand_at_a_place_is_offered(old, new, wanted, unwanted):
    found = offered(old, new)
    assert set(wanted) <= set(found)
    assert not set(unwanted) & set(found)


def test_keys_come_with_what_they_are_and_names_with_their_label():
    _, [key] = offers(*place(SCHEME.replace("award:", "awar|§")), "fr")
    assert (key.sort, key.insert) == ("key", "award: ")
    assert key.note
    _, [name] = offers(*place(SCHEME.replace("require: income", "require: incom|§")), "fr")
    assert (name.sort, name.detail) == ("field", "money · Revenu")


def test_tests_beside_the_scheme_are_offered_its_fields_and_actions():
    text = "one:\n  answers:\n    inc|§\n"
    assert [one.label for one in offers(*place(text, "tests.yaml"), "fr")[1]] == ["income"]


def test_pointing_tells_key_name_function_and_type():
    key = told(*place(SCHEME.replace("award:", "aw|§ard:")), "fr")
    assert key.note == description_at(("award",), known(FILES, "fr"))
    name = told(*place(SCHEME.replace("require: income", "require: inc|§ome")), "fr")
    assert (name.name.kind, name.name.label, name.type) == (
        "money",
        "Revenu",
        "une condition (vrai ou faux)",
    )
    call = told(*place(SCHEME.replace("amount: highest", 'amount: "mi|§n(highest, 3)"')), "fr")
    assert call.function[0].startswith("min(")
    assert call.type == "un nombre"
    assert told(*place(SCHEME.replace("award:", "\n|§\naward:")), "fr") is None


@pytest.mark.parametrize("cut", range(0, len(SCHEME), 7))
def test_no_text_cut_short_is_an_error(cut):
    lines = SCHEME[:cut].split("\n")
    files = {**FILES, "scheme.yaml": SCHEME[:cut]}
    offers(files, "scheme.yaml", len(lines) - 1, len(lines[-1]), "fr")
    told(files, "scheme.yaml", len(lines) - 1, len(lines[-1]), "en")


@pytest.mark.parametrize(
    ("old", "new", "instead"),
    [
        ("require: income", "require: incom", "income"),
        ("otherwise:", "otherwize:", "otherwise"),
        ("to: filed", "to: filled", "filed"),
        ("type: text", "type: txt", "text"),
        ("by: clerk", "by: clark", "clerk"),
    ],
)
def test_accepting_a_suggestion_mends_the_scheme(old, new, instead):
    files = {"scheme.yaml": SCHEME.replace(old, new)}
    found = diagnostics(check_bundle(Bundle(files)).problems, files, "fr")
    one = next(one for one in found if one.instead)
    assert one.instead == instead
    line = files["scheme.yaml"].split("\n")[one.line - 1]
    assert line[one.column : one.end] == new.split(": ")[-1].rstrip(":")
    mended = with_suggestion(files, one)
    assert mended["scheme.yaml"] == SCHEME


@pytest.mark.parametrize(
    ("good", "typed", "instead"),
    [
        ("may: [search, view]", "may: chercher, voir", "[search, view]"),
        ("require: income <= highest and income > 0", "require: income <= highest et income > 0", "and"),
        ("optional: true, type: text", "optional: oui, type: text", "true"),
        ("type: yes_no", "type: oui_non", "yes_no"),
    ],
)
def test_accepting_what_a_place_takes_mends_the_scheme(good, typed, instead):
    whole = SCHEME.replace("require: income <= highest", "require: income <= highest and income > 0")
    whole = whole.replace("type: text", "optional: true, type: text", 1)
    if good.endswith("yes_no"):
        whole = whole.replace("optional: true, type: text", "type: yes_no")
    if good.startswith("may"):
        whole = re.sub(r"may: \[[^]]*\]", good, whole)
    assert good in whole
    files = {"scheme.yaml": whole.replace(good, typed)}
    one = next(one for one in diagnostics(check_bundle(Bundle(files)).problems, files, "fr") if one.instead)
    assert one.instead == instead
    assert with_suggestion(files, one)["scheme.yaml"] == whole


def test_accepting_a_suggestion_for_a_part_keeps_what_stands_before_it():
    good = SCHEME.replace("type: text, label: Commune", "type: address, label: Adresse").replace(
        "require: income <= highest", 'require: town.postcode = "74000"'
    )
    files = {"scheme.yaml": good.replace("town.postcode", "town.postcod")}
    (one,) = diagnostics(check_bundle(Bundle(files)).problems, files, "en")

    assert one.instead == "town.postcode"
    assert with_suggestion(files, one)["scheme.yaml"] == good


def test_every_problem_underlines_something():
    files = {"scheme.yaml": "scheme: x\n\ttab: 1\ntitle: a: b\n"}
    found = diagnostics(check_bundle(Bundle(files)).problems, files, "en")
    assert found
    assert all(one.end > one.column >= 0 for one in found)


def test_shipped_scheme_is_known_whole():
    bundle = Bundle.read(Path(__file__).parents[3] / "schemes/haute-savoie-emergency-grant")
    sorts = {one.sort for one in known(bundle.files, "en").names}
    assert sorts >= {"field", "parameter", "state", "action", "role", "rule", "text", "list"}


def test_names_of_a_shared_workflow_are_offered_like_those_written():
    text = "scheme: small\nworkflow:\n  use: instruction\n  actions:\n    archive: {from: "
    _, found = offers({"scheme.yaml": text}, "scheme.yaml", 4, len(text.split("\n")[4]), "fr")
    states = {one.label: one.detail for one in found if one.sort == "state"}
    assert states["on_hold"] == "En attente de pièces"


def test_shared_workflows_are_offered_after_use():
    text = "scheme: small\nworkflow:\n  use: "
    _, found = offers({"scheme.yaml": text}, "scheme.yaml", 2, 7, "fr")
    assert [(one.label, one.sort) for one in found] == [("instruction", "shared"), ("remedies", "shared")]
