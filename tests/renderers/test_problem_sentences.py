"""Every problem about an answer is a sentence in each language, with the field's own label."""

from __future__ import annotations

import pytest

from engine.kinds import KINDS
from engine.kinds.codes import CODES
from engine.language.expressions import Text
from engine.problems import AnswerProblem
from engine.words import Printed
from renderers import words
from renderers.problem_list import problem_list

NARROW, NO_BREAK = "\u202f", "\u00a0"
SAMPLES = {
    "phrases": {"fr": ("Le total ne va pas.",), "en": ("The total is wrong.",)},
    "max": Printed("3", "integer"),
    "min": Printed("2", "integer"),
    "length": 71,
    "thousands": "1234",
    "decimal": "1,234",
    "parts": ("day", "month"),
    "day": 31,
    "month": 2,
    "year": 1990,
    "digits": 13,
    "time": "25:00",
    "first": 1,
    "row": 3,
    "siren": "732 829 320",
    "country": "CH",
    "example": "1000",
    "answer": {"fr": ("Micro-entrepreneur",), "en": ("Micro business",)},
    "accept": ("pdf", "jpeg"),
    "name": "rib.pdf",
    "since": Printed("2020-02-12", "date"),
}
PLAIN = {
    ("too_long", "max"): 70,
    ("too_many_decimals", "max"): 2,
    ("file_too_big", "max"): 5_000_000,
    ("dossier_full", "max"): 200_000_000,
}
PLAIN |= {("too_short", "min"): 5, ("too_many_digits", "max"): 13}
FRENCH_ONLY = set("éèêàçù«»")


def problem(code: str, *path: str | int) -> AnswerProblem:
    params = {name: PLAIN.get((code, name), SAMPLES[name]) for name in CODES[code]}
    return AnswerProblem(path or ("thing",), code, params)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence_in_each_language(code, question):
    field = question("money", ("Revenu", "Income"))
    french = words.problem_sentence(problem(code), field, "fr", labelled=False)
    english = words.problem_sentence(problem(code), field, "en", labelled=False)
    assert french != english
    for sentence in (french, english):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "%(" not in sentence
    assert not FRENCH_ONLY & set(english)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_sentences_for_its_codes(kind, every_kind):
    field = every_kind[kind.name]
    for code in (*kind.codes, kind.blank):
        sentence = words.problem_sentence(problem(code, field.id), field, "fr")
        assert f"Libellé de {kind.name}" in sentence


@pytest.mark.parametrize(
    ("kind", "label", "code", "params", "french"),
    [
        (
            "date",
            "Date de fermeture",
            "missing",
            {},
            "Date de fermeture : indiquez une date, par exemple 14 3 2020.",
        ),
        (
            "yes_no",
            "Avez-vous été fermé ?",
            "missing",
            {},
            "Avez-vous été fermé ? Répondez par oui ou par non.",
        ),
        (
            "consent",
            "Je certifie que c'est exact.",
            "not_accepted",
            {},
            "Je certifie que c'est exact : cochez cette case pour continuer.",
        ),
        (
            "money",
            "Revenu",
            "too_small",
            {"min": Printed("1000", "money")},
            f"Revenu : indiquez 1{NARROW}000{NO_BREAK}€ ou plus.",
        ),
        (
            "date",
            "Début",
            "too_late",
            {"max": Printed("2020-03-01", "date")},
            "Début : indiquez une date au plus tard le 1er mars 2020.",
        ),
        (
            "date",
            "Début",
            "date_incomplete",
            {"parts": ("month", "year")},
            "Début : complétez la date avec le mois et l’année.",
        ),
        (
            "date",
            "Début",
            "no_such_date",
            {"day": 31, "month": 2, "year": 1990},
            "Début : vérifiez la date : le 31/02/1990 n’existe pas.",
        ),
        (
            "file",
            "RIB",
            "file_type",
            {"name": "a.exe", "accept": ("pdf", "jpeg", "png")},
            "RIB : envoyez, à la place de « a.exe », un document dans un de ces formats : PDF, JPEG et PNG.",
        ),
        (
            "file",
            "RIB",
            "file_too_big",
            {"name": "a.pdf", "max": 5_000_000},
            "RIB : envoyez, à la place de « a.pdf », un document de 5 Mo au plus.",
        ),
        (
            "choices",
            "Jours",
            "too_few",
            {"min": Printed(2, "integer")},
            "Jours : cochez au moins 2 cases.",
        ),
        (
            "money",
            "Revenu",
            "too_many_decimals",
            {"max": 2},
            "Revenu : gardez au plus 2 chiffres après la virgule.",
        ),
    ],
)
def test_problem_is_told_with_its_label(kind, label, code, params, french, question):
    said = words.problem_sentence(AnswerProblem(("thing",), code, params), question(kind, label), "fr")
    assert said.replace(NO_BREAK, " ").replace(NARROW, " ") == french.replace(NO_BREAK, " ").replace(
        NARROW, " "
    )


def test_problem_of_a_part_names_the_part(every_kind):
    home = every_kind["address"]
    said = words.problem_sentence(
        AnswerProblem((home.id, "postcode"), "missing", {}), home, "fr", labelled=False
    )
    assert said == "Indiquez les cinq chiffres du code postal."


def test_problem_in_a_row_names_row_and_column(every_kind):
    rows = every_kind["repeat"]
    found = problem_list([AnswerProblem((rows.id, 1, "share"), "missing", {})], {rows.id: rows}, "fr")
    assert [one.anchor for one in found] == ["q-a_repeat-1-share"]
    assert found[0].sentence == "Libellé de repeat, ligne 2, Part\u00a0: indiquez un pourcentage."


def test_what_is_wrong_with_a_part_of_a_person_says_which(every_kind):
    person = every_kind["person"]
    too_long = AnswerProblem((person.id, "birth_name"), "too_long", {"max": 100, "length": 300})
    undated = AnswerProblem((person.id, "born"), "year_not_four_digits", {})
    summary = words.problem_sentence(too_long, person, "en")
    assert summary == (
        "Libellé de person – Name at birth, if it is another: shorten this to 100 characters: there are 300."
    )
    beside = words.problem_sentence(undated, person, "en", labelled=False)
    assert beside == "Date of birth: write the year with four digits, for example 2020."


def test_a_person_left_blank_is_told_all_that_is_needed(question):
    for parts, told in [
        (["civility"], "Enter a first name and a last name."),
        (["born", "birth_place"], "Fill in these lines; only those marked optional may stay blank."),
    ]:
        child = question("person", ("Enfant", "Child"), options={"parts": parts})
        assert words.problem_sentence(problem("missing"), child, "en", labelled=False) == told


def test_a_row_is_called_by_its_number_and_its_name(every_kind):
    rows = every_kind["repeat"]
    wrong = AnswerProblem((rows.id, 1, "share"), "missing", {})
    checked = AnswerProblem((rows.id, 1, "share"), "check", {"phrases": SAMPLES["phrases"]})
    told = [
        words.problem_sentence(one, rows, "en", called=lambda path: f"Max {path}") for one in (wrong, checked)
    ]
    assert told == [
        "Libellé de repeat, row 2 (Max ('a_repeat', 1)), Part: enter a percentage.",
        "Libellé de repeat, row 2 (Max ('a_repeat', 1)): The total is wrong.",
    ]
    twice = AnswerProblem((rows.id,), "row_twice", {"row": {"fr": ("2 (Max)",)}, "first": 1})
    said = words.problem_sentence(twice, rows, "fr", labelled=False)
    assert said.startswith("Modifiez ou supprimez la ligne 2 (Max)")


def test_summary_follows_the_order_of_the_page(every_kind):
    fields = {one.id: one for one in (every_kind["text"], every_kind["date"])}
    found = problem_list(
        [AnswerProblem(("a_date",), "missing", {}), AnswerProblem(("a_text",), "missing", {})], fields, "en"
    )
    assert [one.anchor for one in found] == ["q-a_text", "q-a_date-day"]


def test_summary_leads_to_the_part_that_is_missing(every_kind):
    fields = {"a_date": every_kind["date"], "a_person": every_kind["person"]}
    found = problem_list(
        [
            AnswerProblem(("a_date",), "date_incomplete", {"parts": ("year",)}),
            AnswerProblem(("a_person", "born"), "missing", {}),
        ],
        fields,
        "fr",
    )
    assert [one.anchor for one in found] == ["q-a_date-year", "q-a_person-born-day"]


def worded(question, kind="text", label="Nom", **said):
    return question(kind, label, messages={code: Text({"fr": (text,)}) for code, text in said.items()})


@pytest.mark.parametrize(
    ("kind", "label", "code", "said", "french"),
    [
        ("text", "Nom", "missing", "SIRET ou nom ?", "Nom : SIRET ou nom ?"),
        ("text", "Nom", "too_long", "{length} signes, {max} au plus {{}}", "Nom : 71 signes, 70 au plus {}"),
        ("money", "Combien ?", "too_small", "Au moins {min}.", "Combien ? Au moins 2."),
        ("file", "RIB", "file_type", "Un RIB en {accept}.", "RIB : Un RIB en PDF et JPEG."),
        ("file", "RIB", "file_too_big", "{max} au plus.", "RIB : 5 Mo au plus."),
        ("text", "Nom", "too_short", None, "Nom : écrivez au moins 5 caractères : il y en a 71."),
    ],
)
def test_a_sentence_of_the_schemes_own_takes_the_place_of_ours(question, kind, label, code, said, french):
    field = worded(question, kind, label, **({code: said} if said else {"missing": "Autre chose."}))
    found = words.problem_sentence(problem(code), field, "fr")
    assert found.replace(NO_BREAK, " ").replace(NARROW, " ") == french


def test_a_part_left_blank_keeps_the_sentence_that_names_it(question):
    home = worded(question, "address", missing="Où habitez-vous ?", too_long="{max} !")
    told = [
        words.problem_sentence(problem(code, "thing", *part), home, "fr", labelled=False)
        for code, part in [("missing", ()), ("missing", ("commune",)), ("too_long", ("commune",))]
    ]
    assert told == ["Où habitez-vous ?", "Indiquez la commune.", "70 !"]


def test_a_field_in_a_row_has_its_own_sentences(question):
    share = worded(question, "percentage", "Part", missing="Quelle part ?")
    rows = question("repeat", "Associés", fields={"share": share})
    said = words.problem_sentence(problem("missing", "thing", 0, "share"), rows, "fr")
    assert said.replace(NO_BREAK, " ") == "Associés, ligne 1, Part : Quelle part ?"
