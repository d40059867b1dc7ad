"""Each kind of question as HTML: a label for every control, hints and problems tied to it, and nothing typed runs."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from engine.kinds import KINDS
from engine.language.form_model import Line
from engine.language.lists import ReferenceList
from engine.problems import AnswerProblem
from renderers import pages
from renderers.control_views import Control
from renderers.controls import Questions, controls
from tests.renderers.conftest import text

HOSTILE = "\"><script>alert(1)</script>{{ 7*1913 }}' onfocus='x"
NAMES = [kind.name for kind in KINDS]


class Reader(HTMLParser):
    """The elements of a piece of HTML, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.found if tag in tags]


def shown(control: Control, language: str = "fr") -> str:
    source = '{% from "fields/field.html" import field with context %}{{ field(control) }}'
    return pages.environment(language).from_string(source).render(control=control)


def made(field, typed=None, problems=(), language="fr", **more) -> Control:
    return controls([field], Questions(language, typed or {}, tuple(problems), **more))[0]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", NAMES)
def test_every_kind_has_a_template(kind, language, every_kind):
    html = shown(made(every_kind[kind], {"a_repeat-0": ["row"]}, language=language), language)
    assert f"Libellé de {kind}" in html


@pytest.mark.parametrize("kind", NAMES)
def test_every_control_has_a_label(kind, every_kind):
    field = every_kind[kind]
    control = made(field, {f"{field.id}-0": ["row"]}, askable=(every_kind["text"],))
    reader = Reader(shown(control))
    labelled = {label.get("for") for label in reader.all("label")}
    wrapped = {one["id"] for one in reader.all("input") if one.get("type") in ("radio", "checkbox")}
    typed = [one for one in reader.all("input", "select", "textarea") if one.get("type") not in ("hidden",)]
    assert typed
    assert {one["id"] for one in typed} <= labelled | wrapped


@pytest.mark.parametrize("kind", NAMES)
def test_hint_and_problem_are_tied_to_the_question(kind, every_kind):
    field = every_kind[kind]
    html = shown(made(field, problems=[AnswerProblem((field.id,), "missing", {})]))
    reader = Reader(html)
    ids = {attributes.get("id") for _, attributes in reader.found}
    tied = {id for _, found in reader.found for id in found.get("aria-describedby", "").split()}
    assert tied == {f"q-{field.id}-hint", f"q-{field.id}-problem"}
    assert tied <= ids


@pytest.mark.parametrize("kind", ["text", "money", "email", "iban", "long_text", "date", "address"])
def test_wrong_input_says_that_it_is_invalid(kind, every_kind):
    field = every_kind[kind]
    html = shown(made(field, problems=[AnswerProblem((field.id,), "missing", {})]))
    assert 'aria-invalid="true"' in html
    assert 'aria-invalid="true"' not in shown(made(field))


def test_only_the_wrong_part_is_invalid(every_kind):
    field = every_kind["address"]
    reader = Reader(shown(made(field, problems=[AnswerProblem((field.id, "postcode"), "missing", {})])))
    assert [one["name"] for one in reader.all("input") if "aria-invalid" in one] == ["a_address-postcode"]


@pytest.mark.parametrize("kind", NAMES)
def test_what_is_typed_is_inert(kind, every_kind):
    field = every_kind[kind]
    suffixes = (
        "",
        "-day",
        "-month",
        "-year",
        "-street",
        "-extra",
        "-postcode",
        "-commune",
        "-first_name",
        "-0-name",
    )
    typed = {f"{field.id}{suffix}": [HOSTILE] for suffix in suffixes}
    html = shown(made(field, typed))
    assert "<script" not in html
    assert "13391" not in html
    assert not any("onfocus" in attributes for _, attributes in Reader(html).found)


@pytest.mark.parametrize("kind", ["text", "money", "phone", "siret", "iban", "email", "long_text"])
def test_what_was_typed_comes_back_as_typed(kind, every_kind):
    field = every_kind[kind]
    assert "12 000,5x" in shown(made(field, {field.id: ["12 000,5x"]}))


def test_optional_question_says_so(question):
    assert "(facultatif)" in shown(made(question("text", optional=True)))
    assert "(facultatif)" not in shown(made(question("text")))


def test_browser_completes_only_what_is_about_the_person(every_kind):
    phone = every_kind["phone"]
    assert 'autocomplete="tel"' in shown(made(phone, own=frozenset({phone.id})))
    assert 'autocomplete="tel"' not in shown(made(phone))


def listed(long_list, count):
    return ReferenceList("few", long_list.columns, dict(list(long_list.rows.items())[:count]))


@pytest.mark.parametrize(
    ("count", "tag"), [(7, 'type="radio"'), (8, "<select"), (50, "<select"), (51, "-search")]
)
def test_choice_is_shown_by_the_number_of_its_options(question, long_list, count, tag):
    html = shown(made(question("choice", options={"list": listed(long_list, count)})))
    assert [one for one in ('type="radio"', "<select", "-search") if one in html] == [tag]


@pytest.mark.parametrize(("count", "boxes"), [(20, 20), (21, 0)])
def test_choices_are_boxes_or_searched(question, long_list, count, boxes):
    html = shown(made(question("choices", options={"list": listed(long_list, count)})))
    assert html.count('type="checkbox"') == boxes
    assert ("-search" in html) == (boxes == 0)


@pytest.mark.parametrize(
    ("said", "tag"), [("buttons", 'type="radio"'), ("menu", "<select"), ("search", "-search")]
)
def test_scheme_says_how_a_choice_is_shown(question, long_list, said, tag):
    field = question("choice", options={"list": listed(long_list, 12), "shown_as": said})
    assert tag in shown(made(field))


def test_menu_has_the_answer_chosen_and_follows_the_language(question, long_list):
    field = question("choice", options={"list": listed(long_list, 40)})
    html = shown(made(field, {"thing": ["007"]}))
    assert html.count("<option") == 41
    assert html.count(" selected") == 1
    assert '<option value="007" selected>Activité fictive 7 &amp; co</option>' in html
    assert "Made-up activity 5" in shown(made(field, language="en"), "en")


def test_long_list_is_never_in_the_page(question, long_list):
    field = question("choice", options={"list": long_list})
    html = shown(made(field, {"thing": ["701"]}))
    assert html.count("fictive") == 2, "the answer, and the text it was chosen for"
    assert 'value="Activité fictive 701 &amp; co"' in html
    assert "Made-up activity 701" in shown(made(field, {"thing": ["701"]}, language="en"), "en")


def test_options_stand_under_the_headings_of_their_list(question):
    rows = {
        str(n): {"label": f"Option {n}", "group": "Un" if n < 9 else "Deux & plus", "group_en": "Group"}
        for n in range(12)
    }
    columns = ("code", "label", "group", "group_en")
    menu = question("choice", options={"list": ReferenceList("grouped", columns, rows)})
    assert [one["label"] for one in Reader(shown(made(menu))).all("optgroup")] == ["Un", "Deux & plus"]
    assert [one["label"] for one in Reader(shown(made(menu, language="en"), "en")).all("optgroup")] == [
        "Group"
    ]
    boxes = question("choices", options={"list": ReferenceList("grouped", columns, rows)})
    reader = Reader(shown(made(boxes)))
    groups = [one["aria-labelledby"] for one in reader.all("div") if one.get("role") == "group"]
    assert groups == [one["id"] for one in reader.all("p") if "ticks-group" in one.get("class", "")]


def test_communes_of_one_name_are_offered_as_radios_of_the_same_question(every_kind):
    field = every_kind["commune"]
    reader = Reader(shown(made(field, {field.id: ["Saint-Denis"], f"{field.id}-code": ["93066"]})))
    radios = [one for one in reader.all("input") if one["type"] == "radio"]
    assert [one["value"] for one in radios] == ["11339", "30247", "93066", "97411"]
    assert [one["value"] for one in radios if "checked" in one] == ["93066"]
    assert {one["name"] for one in radios} == {f"{field.id}-code"}
    assert "radio" not in shown(made(field, {field.id: ["Annecy"]}))


def test_countries_are_named_in_the_language_of_the_page(question):
    field = question("country")
    french, english = shown(made(field, {"thing": ["CH"]})), shown(made(field, language="en"), "en")
    assert '<option value="CH" selected>Suisse</option>' in french
    assert '<option value="DE">Germany</option>' in english
    assert french.index(">France<") < french.index(">Afghanistan<")


def test_row_can_be_added_and_removed_without_script(every_kind):
    reader = Reader(shown(made(every_kind["repeat"], {"a_repeat-0-name": ["A"], "a_repeat-1": ["row"]})))
    buttons = [(one.get("name"), one.get("value")) for one in reader.all("button")]
    assert buttons == [("_remove", "a_repeat-0"), ("_remove", "a_repeat-1"), ("_add", "a_repeat")]
    hidden = [one["name"] for one in reader.all("input") if one["type"] == "hidden"]
    assert hidden == ["a_repeat-0", "a_repeat-1"]


@pytest.mark.parametrize("kind", NAMES)
def test_no_style_or_script_stands_in_the_page(kind, every_kind):
    html = shown(made(every_kind[kind]))
    assert "style=" not in html
    assert "<script" not in html
    assert not any(name.startswith("on") for _, found in Reader(html).found for name in found)


def test_rows_in_a_table_have_headers_and_each_cell_says_its_line(every_kind, question):
    lines = {"top": Line("top", text("Charges"), heading=True), "first": Line("first", text("60 – Achats"))}
    columns = {
        "planned": question("money", "Prévu", id="planned"),
        "why": question("text", "Motif", id="why"),
    }
    html = shown(made(question("matrix", "Budget", id="budget", fields=columns, lines=lines)))
    assert '<th role="columnheader" scope="col">Prévu</th>' in html
    assert 'scope="rowgroup" colspan="3">Charges</th>' in html
    assert (
        '<label class="question-label" for="q-budget-first-planned"><span class="visually-hidden">60 – Achats – </span>Prévu</label>'
        in html
    )
    assert "_add" not in html


def test_rows_whose_order_matters_are_moved_by_buttons(question):
    inner = {"name": question("text", "Nom", id="name")}
    repeat = question("repeat", "Lignes", id="them", fields=inner, layout="table", is_ordered=True)
    reader = Reader(shown(made(repeat, {"them-0": ["row"], "them-1": ["row"]})))
    buttons = [(one["name"], one["value"]) for one in reader.all("button")]
    assert buttons == [
        ("_down", "them-0"),
        ("_remove", "them-0"),
        ("_up", "them-1"),
        ("_remove", "them-1"),
        ("_add", "them"),
    ]
