"""A form of XLSForm becomes a scheme that checks and asks the same; what is not carried over is told with its cell."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from authoring.check import check_bundle
from authoring.imports.xlsform import NotReadable, import_xlsform
from engine.asked import read_answers
from engine.language import Bundle
from engine.organisation import Organisation
from engine.validation import validate_all
from guichet.__main__ import main

COLUMNS = ["type", "name", "label::French (fr)", "label::English (en)", "hint::French (fr)", "required", "relevant",
           "constraint", "constraint_message::French (fr)", "calculation", "appearance", "parameters", "default"]  # fmt: skip


def line(type_, name="", fr="", en="", **more):
    cells = {"type": type_, "name": name, "label::French (fr)": fr, "label::English (en)": en}
    cells |= {
        "hint::French (fr)": more.pop("hint", ""),
        "constraint_message::French (fr)": more.pop("message", ""),
    }
    return [(cells | more).get(column, "") for column in COLUMNS]


HOUSEHOLD = {
    "survey": [
        COLUMNS,
        line("start", "start"),
        line("begin group", "You", "Vous", "You"),
        line("text", "name", "Votre nom", "Your name", required="yes", hint="Comme sur {la carte}"),
        line("integer", "age", "Âge de ${name}", "Age", required="yes", constraint=". >= 0 and . < 120", message="Entre 0 et 120."),
        line("select_one yn", "married", "Marié ?", "Married?", required="yes", relevant="${age} >= 18"),
        line("select_multiple aids", "aids", "Aides", "Aids", relevant="selected(${married}, 'Yes please') or ${age} > 60"),
        line("text", "story", "Racontez", "Tell", appearance="multiline"),
        line("end group"),
        line("begin_group", "home", "Logement", "Home", relevant="${age} >= 18"),
        line("date", "since", "Depuis", "Since", constraint=". <= today()"),
        line("begin group", "work", "Travaux", "Works", relevant="not(selected(${aids}, 'none'))"),
        line("range", "cost", "Coût", "Cost", parameters="start=0 end=50 step=5"),
        line("end group"),
        line("begin repeat", "children", "Enfants", "Children"),
        line("text", "first", "Prénom", "First name", required="true()"),
        line("decimal", "grant", "Bourse", "Grant"),
        line("calculate", "half", calculation="${grant} div 2"),
        line("end repeat"),
        line("end group"),
        line("calculate", "total", calculation="sum(${grant}) + 1"),
        line("acknowledge", "sure", "Je certifie", "I certify", required="yes"),
        line("image", "photo", "Photo", "Picture"),
    ],
    "choices": [
        ["list_name", "name", "label::French (fr)", "label::English (en)"],
        ["yn", "Yes please", "Oui", "Yes"],
        ["yn", "no", "Non", "No"],
        ["aids", "rent", "Loyer", "Rent"],
        ["aids", "none", "Aucune", "None"],
    ],
    "settings": [["form_title", "form_id", "default_language"], ["Ménages", "household_2020", "French (fr)"]],
}  # fmt: skip


@pytest.fixture(scope="module")
def household(workbook):
    return import_xlsform(workbook(**HOUSEHOLD), "household.xlsx")


@pytest.fixture(scope="module")
def scheme(household):
    found = check_bundle(Bundle({"scheme.yaml": household.yaml}))
    assert [str(problem) for problem in found.problems if problem.severity == "error"] == []
    return found.scheme


def told(imported, language="en"):
    return [(str(one.place).partition("#")[2], one.code, one.sentence(language)) for one in imported.problems]


def problems_of(workbook, *lines, **sheets):
    return import_xlsform(workbook(survey=[COLUMNS, *lines], **sheets), "f.xlsx")


def test_pages_fields_and_texts_are_those_of_the_sheet(scheme):
    assert (scheme.id, scheme.languages) == ("household-2020", ("fr", "en"))
    assert list(scheme.form) == ["you", "home", "questions"]
    kinds = {field.id: field.kind for field in scheme.fields.values()}
    assert kinds == {
        "name": "text", "age": "integer", "married": "choice", "aids": "choices", "story": "long_text", "since": "date",
        "cost": "integer", "children": "repeat", "sure": "consent", "photo": "file",
    }  # fmt: skip
    assert scheme.fields["married"].label.plain("en") == "Married?"
    assert scheme.fields["age"].label.plain("fr") == "Âge de {name}"
    assert scheme.fields["name"].help.plain("fr") == "Comme sur {la carte}"
    assert scheme.fields["name"].optional is False
    assert scheme.fields["story"].optional is True
    assert list(scheme.fields["married"].options["options"]) == ["yes_please", "no"]


def test_expressions_are_feel(scheme):
    assert scheme.fields["married"].when.text == "age >= 18"
    assert scheme.fields["aids"].when.text == 'married = "yes_please" or age > 60'
    assert scheme.form["home"].when.text == "age >= 18"
    assert scheme.fields["cost"].when.text == 'not(list contains(aids, "none"))'
    assert [check.require.text for check in scheme.fields["age"].checks] == ["age >= 0 and age < 120"]
    assert scheme.fields["children"].fields["half"].value.text == "grant / 2"
    assert scheme.computed["total"].value.text == "sum(children.grant) + 1"


def test_the_scheme_asks_and_judges_as_the_form_did(scheme):
    answers = {"name": "Ada", "age": 40, "married": "yes_please", "aids": ["rent"], "sure": True}
    answers |= {"children": [{"first": "Léa", "grant": "10"}]}
    reading = read_answers(
        scheme,
        answers,
        now=datetime(2020, 5, 12, 10, tzinfo=UTC),
        organisation=Organisation(name="Office (fictif)", zone=ZoneInfo("Europe/Paris")),
    )
    assert validate_all(reading) == ()
    assert (reading.is_asked("cost"), reading.values["total"]) == (True, 11)


def test_notes_stand_where_they_stood_and_those_of_a_page_that_asks_nothing_on_the_next(workbook):
    found = problems_of(
        workbook,
        line("text", "first", "Prénom"),
        line("begin group", "intro", "Avant", relevant="${first} != ''"),
        line("note", "welcome", "Bonjour ${first}"),
        line("end group"),
        line("begin group", "costs", "Coûts"),
        line("note", "read", "Lisez", relevant="${price} > 3"),
        line("decimal", "price", "Prix"),
        line("note", "end", "Fini"),
        line("begin repeat", "children", "Enfants"),
        line("note", "inside", "Non"),
        line("integer", "age", "Âge"),
        line("end repeat"),
        line("end group"),
        line("note", "bye", "Au revoir"),
    )
    checked = check_bundle(Bundle({"scheme.yaml": found.yaml}))
    assert [str(one) for one in checked.problems if one.severity == "error"] == []
    notes = checked.scheme.form["costs"].notes.values()
    assert [(one.id, one.before) for one in notes] == [
        ("welcome", "price"),
        ("read", "price"),
        ("end", "children"),
        ("bye", ""),
    ]
    assert [one.when.text if one.when else "" for one in notes] == ["first != null", "price > 3", "", ""]
    assert [one[:2] for one in told(found)] == [("survey:11:1", "xls_type")]


def test_what_a_phone_fills_in_and_new_names_are_told(household):
    assert ("survey:2:1", "xls_metadata") in [one[:2] for one in told(household)]
    assert all(
        french != english for french, english in zip(told(household, "fr"), told(household), strict=True)
    )


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        (line("geotrace", "walk", "Chemin", "Walk"), "survey:3:1", "xls_type"),
        (line("select_one nowhere", "x", "X", "X"), "survey:3:1", "xls_unknown_list"),
        (line("select_one_from_file towns.csv", "x", "X", "X"), "survey:3:1", "xls_type"),
        (
            line("text", "x", "X", "X", relevant="pulldata('a', 'b', 'c', 'd') = 1"),
            "survey:3:7",
            "xls_function",
        ),
        (line("text", "x", "X", "X", relevant="${gone} = 1"), "survey:3:7", "xls_unknown_name"),
        (line("text", "x", "X", "X", relevant="../a = 1"), "survey:3:7", "xls_no_expression"),
        (line("text", "x", "X", "X", relevant="${a} > 3"), "survey:3:7", "xls_refused"),
        (line("text", "x", "X", "X", default="12"), "survey:3:13", "xls_default"),
        (line("text", "x", "X", "X", appearance="signature"), "survey:3:11", "xls_column"),
        (line("text", "x", "X", "X", required="${a} = ''"), "survey:3:6", "xls_required"),
        (line("text", "Ma question", "X", "X"), "survey:3:2", "xls_renamed"),
        (line("text", "date", "X", "X"), "survey:3:2", "xls_renamed"),
        (line("end group"), "survey:3:1", "xls_block"),
    ],
)
def test_what_cannot_be_carried_over_is_told_with_its_cell(workbook, row, place, code):
    imported = problems_of(workbook, line("text", "a", "A", "A"), row)
    assert (place, code) in [one[:2] for one in told(imported)]
    found = check_bundle(Bundle({"scheme.yaml": imported.yaml}))
    assert [str(one) for one in found.problems if one.severity == "error"] == []


def test_rows_hold_rows_once_and_expressions_name_them_from_where_they_stand(workbook):
    imported = problems_of(
        workbook,
        line("begin repeat", "projects", "P", "P"),
        line("text", "a", "A", "A"),
        line("begin repeat", "lines", "L", "L"),
        line("decimal", "cost", "C", "C", relevant="${a} != ''"),
        line("calculate", "half", calculation="${cost} div 2"),
        line("begin repeat", "deep", "D", "D"),
        line("text", "b", "B", "B"),
        line("end repeat"),
        line("image", "quote", "Q", "Q"),
        line("end repeat"),
        line("calculate", "mine", calculation="sum(${cost})"),
        line("image", "c", "C", "C"),
        line("end repeat"),
        line("calculate", "all", calculation="sum(${cost})"),
    )
    assert [one[:2] for one in told(imported)] == [
        ("survey:7:1", "xls_nested_repeat"),
        ("survey:10:1", "xls_file_in_rows"),
        ("survey:15:2", "xls_renamed"),
    ]
    found = check_bundle(Bundle({"scheme.yaml": imported.yaml}))
    assert [str(one) for one in found.problems if one.severity == "error"] == []
    projects = found.scheme.fields["projects"]
    assert list(projects.fields) == ["a", "lines", "mine", "c"]
    assert list(projects.fields["lines"].fields) == ["cost", "half"]
    assert projects.fields["mine"].value.text == "sum(lines.cost)"
    assert [one.value.text for one in found.scheme.computed.values()] == ["sum(flatten(projects.lines).cost)"]


def test_options_that_depend_on_another_answer_become_a_list_with_its_columns(workbook):
    survey = [
        ["type", "name", "label", "choice_filter"],
        ["select_one region", "region", "Région", ""],
        ["select_one town", "town", "Commune", "region=${region}"],
        ["select_one town", "other", "Autre", "wealth=${region}"],
    ]
    choices = [
        ["list_name", "name", "label", "region"],
        ["region", "Haute Savoie", "Haute-Savoie", ""],
        ["region", "ain", "Ain", ""],
        ["town", "annecy", "Annecy", "Haute Savoie"],
        ["town", "bourg", "Bourg", "ain"],
    ]
    imported = import_xlsform(workbook(survey=survey, choices=choices), "f.xlsx")
    assert ("survey:4:4", "xls_no_expression") in [one[:2] for one in told(imported)]
    found = check_bundle(Bundle({"scheme.yaml": imported.yaml, **imported.lists}))
    assert [str(one) for one in found.problems if one.severity == "error"] == []
    [(_, text)] = imported.lists.items()
    assert text.splitlines()[1:] == ["annecy,Annecy,haute_savoie", "bourg,Bourg,ain"]
    town = found.scheme.fields["town"]
    column = text.splitlines()[0].split(",")[-1]
    assert town.options["where"].text == f"{column} = region" and column != "region"
    assert found.scheme.fields["other"].options.keys() >= {"options"}


def test_texts_without_a_language_are_in_the_language_given(workbook):
    content = workbook(survey=[["type", "name", "label"], ["text", "a", "Nom: oui"], ["integer", "b", "Âge"]])
    for language in ("fr", "en"):
        found = check_bundle(Bundle({"scheme.yaml": import_xlsform(content, "f.xlsx", language).yaml}))
        assert [str(one) for one in found.problems if one.severity == "error"] == []
        assert found.scheme.languages == (language,)
        assert found.scheme.fields["a"].label.plain(language) == "Nom: oui"


def bomb():
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for number in range(70):
            archive.writestr(f"xl/{number}.xml", b"\0" * 1_000_000)
    return kept.getvalue()


def entity(content):
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as there, ZipFile(kept, "w") as here:
        for name in there.namelist():
            text = there.read(name)
            if name.endswith("sheet1.xml"):
                text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
            here.writestr(name, text)
    return kept.getvalue()


def test_a_file_that_is_no_workbook_or_would_swell_is_refused_with_a_sentence(workbook):
    small = workbook(survey=[["type", "name"], ["text", "a"]])
    for content, code in [
        (b"", "xls_no_workbook"),
        (b"PK\x03\x04 nothing", "xls_no_workbook"),
        (small[: len(small) // 2], "xls_no_workbook"),
        (entity(small), "xls_no_workbook"),
        (bomb(), "xls_too_large"),
        (b"\0" * 5_000_001, "xls_too_large"),
        (workbook(survey=[["type", "name"]]), "xls_no_survey"),
        (workbook(other=[["type"], ["text"]]), "xls_no_survey"),
    ]:
        with pytest.raises(NotReadable) as refused:
            import_xlsform(content, "f.xlsx")
        assert refused.value.problem.code == code
        assert refused.value.problem.sentence("fr") != refused.value.problem.sentence("en")


def test_the_command_writes_a_scheme_that_checks(workbook, tmp_path):
    file, out = tmp_path / "household.xlsx", tmp_path / "scheme"
    file.write_bytes(workbook(**HOUSEHOLD))
    command = ["import", "xlsform", str(file), "--out", str(out), "--language", "en"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    assert "household.xlsx#survey:2:1: " in done.output
    assert CliRunner().invoke(main, ["check", str(out)]).exit_code == 0
    again = CliRunner().invoke(main, command)
    assert again.exit_code == 1
    assert "exists already" in again.output
