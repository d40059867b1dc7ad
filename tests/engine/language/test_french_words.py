"""French words where keys, kinds and roles are expected: each gets the word of the language that fits its place, or none."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from engine.language.schema import scheme_schema
from engine.problems import meant, near
from engine.problems.french import from_french

# A scheme may use these too, though its structure doesn't list them.
NAMES = {"applicant", "system", "draft", "because", "eligible", "issued_on"}


def told(lines: list[str]) -> list[str]:
    return [line.partition(": ")[2] for line in lines]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("résumé: Une aide", "There is no key `résumé` here. Did you mean `summary`?"),
        ("paramètres: {}", "There is no key `paramètres` here. Did you mean `parameters`?"),
        (
            "eligibility: {a: {exiger: tenant, otherwise: Non}}",
            "There is no key `exiger` here. Did you mean `require`?",
        ),
        (
            "eligibility: {a: {require: tenant, sinon: Non}}",
            "There is no key `sinon` here. Did you mean `otherwise`?",
        ),
    ],
)
def test_french_key_gets_the_one_of_its_place(sentences, lines, sentence):
    assert told(sentences(lines + "\n")) == [sentence]


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("quand: tenant", "when"),
        ("Si: tenant", "when"),
        ("aide: Sur la fiche de paie", "help"),
        ("visible_si: tenant", "when"),
        ("minimum: 0", "min"),
        ("Contrôle: {}", "check"),
    ],
)
def test_french_key_of_a_question(sentences_of, written, suggestion):
    form = ("label: Revenu mensuel", f"label: Revenu mensuel, {written}")
    (line,) = sentences_of("", form, ("", ""), {})
    assert line.endswith(f"Did you mean `{suggestion}`?")


def test_the_same_word_is_another_key_elsewhere(sentences_of):
    (line,) = sentences_of("", ("", ""), ("to: granted, by", "to: granted, si: tenant, by"), {})
    assert line.endswith("Did you mean `if`?")


@pytest.mark.parametrize(
    ("kind", "suggestion"),
    [
        ("texte", "text"),
        ("oui_non", "yes_no"),
        ("oui/non", "yes_no"),
        ("Pièce jointe", "file"),
        ("fichier", "file"),
        ("montant", "money"),
        ("choix", "choice"),
        ("pourcentage", "percentage"),
    ],
)
def test_french_kind(sentences_of, kind, suggestion):
    form = ("type: yes_no", f"type: {kind}")
    (line,) = sentences_of("", form, ("", ""), {})
    assert line.endswith(f"`type` does not take `{kind}`. Did you mean `{suggestion}`?")


def test_word_of_several_meanings_is_told_with_each(sentences_of):
    (line,) = sentences_of("", ("type: yes_no", "type: nombre"), ("", ""), {})
    assert line.endswith(
        "`type` does not take `nombre`: write, by what you mean, `integer` (a whole number), "
        "`decimal` (a number with decimals)."
    )


@pytest.mark.parametrize("key", ["obligatoire: oui", "requis: true", "required: true", "facultatif: non"])
def test_whoever_says_required_hears_that_all_is(sentences_of, key):
    (line,) = sentences_of("", ("type: yes_no", f"{key}, type: yes_no"), ("", ""), {})
    assert "All that is asked is required: delete" in line


@pytest.mark.parametrize("key", ["facultatif: oui", "optionnel: true", "obligatoire: non", "required: false"])
def test_whoever_says_optional_hears_the_key(sentences_of, key):
    (line,) = sentences_of("", ("type: yes_no", f"{key}, type: yes_no"), ("", ""), {})
    assert line.endswith("where one may leave it blank, write `optional: true`.")


def test_french_keys_beside_a_french_kind_are_told_in_the_same_run(sentences_of):
    form = (
        "{type: yes_no, label: Locataire}",
        "{type: montant, libellé: Loyer, quand: income > 0}",
    )
    assert told(sentences_of("", form, ("", ""), {})) == [
        "`type` does not take `montant`. Did you mean `money`?",
        "There is no key `libellé` here. Did you mean `label`?",
        "There is no key `quand` here. Did you mean `when`?",
    ]


def test_actor_in_french(sentences_of):
    (line,) = sentences_of("", ("", ""), ("by: applicant", "by: demandeur"), {})
    assert line.endswith("There is no role named `demandeur`. Did you mean `applicant`?")


def test_a_name_of_the_scheme_that_is_alike_comes_before_the_table():
    assert near("montant", ["amount", "montants"]) == "montants"
    assert meant("montant", ["amount", "montants"]) == ("amount",)


def test_nothing_is_proposed_that_does_not_fit():
    assert from_french("champs", ["label", "help"]) == ()
    assert meant("champs", ["label", "help"]) == ()
    assert near("montant", ["contact"]) == "contact"
    assert meant("montant", ["contact"]) == ()  # alike, but it is known to mean something else
    assert meant("parametres", ["parameter"]) == ("parameter",)
    assert meant("Contact", ["contact"]) == ("contact",)


def test_table_proposes_words_of_the_language_only():
    known = NAMES | set(words_of(scheme_schema()))
    table = yaml.safe_load(files("engine.problems").joinpath("in_french.yaml").read_text(encoding="utf-8"))
    assert {word for found in table["words"].values() for word in found} <= known
    assert all(from_french(word, found) == tuple(found) for word, found in table["words"].items())


def words_of(schema) -> list[str]:
    """The keys and words a schema knows."""
    if isinstance(schema, list):
        return [word for part in schema for word in words_of(part)]
    if not isinstance(schema, dict):
        return []
    keys = schema.get("properties")
    found = list(keys) if isinstance(keys, dict) else []
    words = schema.get("enum")
    found += [str(word) for word in words] if isinstance(words, list) else []
    return found + [word for part in schema.values() for word in words_of(part)]
