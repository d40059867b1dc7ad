"""`check` takes a file, a scheme's folder or a folder of schemes, and reads mails and letters too."""

from __future__ import annotations

import pytest

from authoring.check import check_path

SCHEME = """\
scheme: rent-help
languages: [fr]
title: Aide au loyer
privacy: {keep: 2 years after end, drafts: 90 days}
roles: {clerk: {label: Instruction, may: [search, view]}}
form: {you: {title: Vous, fields: {income: {type: money, label: Revenu}}}}
workflow:
  public: {followed: {label: Suivi, states: [filed, done]}}
  states: {draft: {kind: start}, filed: {label: Déposée}, done: {label: Finie, kind: end}}
  actions:
    submit: {label: Déposer, from: draft, to: filed, by: applicant, effects: [{mail: welcome}]}
    close: {label: Clore, from: filed, to: done, by: clerk}
"""
MAIL = "Objet : Votre demande\n\nBonjour {{ applicant }},\n"


@pytest.fixture
def folder(tmp_path):
    """Writes files into a folder of schemes, by name."""

    def write(**files: str):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("_dot_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def lines(path) -> list[str]:
    return [f"{problem.place}: {problem.sentence('en')}" for problem in check_path(path)]


def test_faultless_folder_has_no_line(folder):
    path = folder(rent__scheme_dot_yaml=SCHEME, rent__texts__welcome_dot_fr_dot_md=MAIL)
    assert lines(path / "rent") == []
    assert lines(path) == []


def test_one_file_scheme_is_named_by_its_path(folder):
    path = folder(rent_dot_yaml=SCHEME) / "rent.yaml"
    assert lines(path) == [
        f"{path}:11:86: There is no text named `welcome`: a file texts/welcome.fr.md is needed (one per language)."
    ]


def test_folder_of_schemes_tells_all_of_them(folder):
    path = folder(
        one__scheme_dot_yaml=SCHEME.replace("to: done", "to: don"),
        one__texts__welcome_dot_fr_dot_md=MAIL,
        two_dot_yaml=SCHEME.replace(", effects: [{mail: welcome}]", "").replace("by: clerk", "by: clark"),
    )
    assert lines(path) == [
        f"{path}/one/scheme.yaml:12:44: There is no state named `don`. Did you mean `done`?",
        f"{path}/two.yaml:12:54: There is no role named `clark`. Did you mean `clerk`?",
    ]


def test_mails_are_read_as_the_worker_will(folder):
    path = folder(
        rent__scheme_dot_yaml=SCHEME,
        rent__texts__welcome_dot_fr_dot_md="Bonjour {{ applicnt }},\n{{ reference\n",
    )
    assert {problem.code for problem in check_path(path / "rent")} == {"text_no_subject", "text_syntax"}
    mail = path / "rent" / "texts" / "welcome.fr.md"
    mail.write_text("Objet : Bonjour\n\nBonjour {{ applicnt }},\n", encoding="utf-8")
    assert lines(path / "rent") == [
        f"{mail}:3:12: `applicnt` is no variable of this text. Did you mean `applicant`?"
    ]


@pytest.mark.parametrize("broken", [("to: done", "to: don"), ("title: ", "titre: "), ("by: clerk", "by: [")])
def test_mail_without_subject_is_told_beside_the_faults_of_the_scheme(folder, broken):
    scheme = SCHEME.replace(*broken, 1)
    assert scheme != SCHEME
    path = folder(
        rent__scheme_dot_yaml=scheme, rent__texts__welcome_dot_fr_dot_md="Bonjour,\n{{ applicnt }}\n"
    )
    found = check_path(path / "rent")
    assert [str(one.place) for one in found if one.code.startswith("text_")] == [
        f"{path}/rent/texts/welcome.fr.md:1:1"
    ]
    assert any(not one.code.startswith("text_") for one in found)


@pytest.mark.parametrize("effects", ["true", "welcome", "[welcome, 3, {mail: [a]}]", "{mail: welcome}"])
def test_effects_of_no_sense_stop_nothing(folder, effects):
    scheme = SCHEME.replace("effects: [{mail: welcome}]", f"effects: {effects}")
    path = folder(rent__scheme_dot_yaml=scheme, rent__texts__welcome_dot_fr_dot_md="Bonjour\n")
    assert any(one.severity == "error" for one in check_path(path / "rent"))


def test_variable_in_one_pair_of_braces_is_warned_of(folder):
    mail = "Objet : Bonjour\n\nBonjour {{ applicant }}, { link }, {income}, {nothing}, {% if link %}{{link}}{% endif %}\n"
    path = folder(rent__scheme_dot_yaml=SCHEME, rent__texts__welcome_dot_fr_dot_md=mail)
    found = [(one.place.column, one.severity, one.params["instead"]) for one in check_path(path / "rent")]
    assert found == [(26, "warning", "{{ link }}"), (36, "warning", "{{ answers.income }}")]


def test_tests_beside_keep_their_own_places(folder):
    path = folder(
        rent__scheme_dot_yaml=SCHEME,
        rent__texts__welcome_dot_fr_dot_md=MAIL,
        rent__tests_dot_yaml="one:\n  answers: {incme: 3}\n  expect: {}\n",
    )
    assert lines(path / "rent") == [
        f"{path}/rent/tests.yaml:2:13: There is no field named `incme`. Did you mean `income`?"
    ]


def test_file_that_is_no_text_is_told(folder):
    path = folder(rent__scheme_dot_yaml=SCHEME)
    (path / "rent" / "tests.yaml").write_bytes("à: {expect: {}}\né".encode("latin-1"))
    assert lines(path / "rent") == [
        f"{path}/rent/tests.yaml:1:1: This file is no UTF-8 text from here on: save it as UTF-8."
    ]


def test_folder_without_a_scheme_is_told(tmp_path):
    assert lines(tmp_path) == [
        f"{tmp_path}/scheme.yaml:1:1: There is no file scheme.yaml: create it, or name the folder of a scheme."
    ]


def test_windows_file_reads_as_any_other(folder):
    path = folder(rent__scheme_dot_yaml=SCHEME, rent__texts__welcome_dot_fr_dot_md=MAIL) / "rent"
    (path / "scheme.yaml").write_bytes(
        ("\ufeff" + SCHEME.replace("\n", "\r\n").replace("by: clerk}", "by: clark}")).encode()
    )
    assert lines(path) == [f"{path}/scheme.yaml:12:54: There is no role named `clark`. Did you mean `clerk`?"]


@pytest.mark.parametrize(
    ("privacy", "told"),
    [
        ("", ["1:1: Nothing says how long an ended dossier", "1:1: Nothing says how long a draft"]),
        ("privacy: {drafts: 90 days}\n", ["4:1: Nothing says how long an ended dossier"]),
        ("privacy: {keep: 2 years after end}\n", ["4:1: Nothing says how long a draft"]),
    ],
)
def test_what_would_be_kept_for_ever_is_warned_of(folder, privacy, told):
    rule = "privacy: {keep: 2 years after end, drafts: 90 days}\n"
    path = folder(
        rent__scheme_dot_yaml=SCHEME.replace(rule, privacy), rent__texts__welcome_dot_fr_dot_md=MAIL
    )
    problems = check_path(path / "rent")
    assert [problem.severity for problem in problems] == ["warning"] * len(told)
    for problem, beginning in zip(problems, told, strict=True):
        assert f"{problem.place}: {problem.sentence('en')}".startswith(
            f"{path / 'rent' / 'scheme.yaml'}:{beginning}"
        )


def test_faulty_tag_is_told_where_it_begins(folder):
    path = folder(
        rent__scheme_dot_yaml=SCHEME,
        rent__texts__welcome_dot_fr_dot_md="Objet : Bonjour\n\nBonjour {{ applicant }, merci.\n",
    )
    [problem] = check_path(path / "rent")
    assert (problem.code, problem.place.line, problem.place.column) == ("text_syntax", 3, 9)
