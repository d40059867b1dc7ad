"""Finding options by what somebody types: a code, or the beginnings of words; an index is built once for a list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from engine.kinds import BY_NAME, Slips, search
from engine.kinds.search import MOST, folded, index_of, proposals
from engine.language.lists import ReferenceList

NAF = Path(__file__).parents[3] / "schemes" / "haute-savoie-emergency-grant" / "lists" / "naf.csv"


@pytest.fixture
def towns():
    rows = {
        "74010": {"label": "Annecy", "label_en": "Annecy", "hint": "Haute-Savoie"},
        "74182": {"label": "Annecy-le-Vieux", "label_en": "", "hint": "Haute-Savoie"},
        "01001": {"label": "Saint-Éloi", "label_en": "", "hint": "Ain"},
        "74002": {"label": "Saint-Éloi", "label_en": "", "hint": "Haute-Savoie"},
        "56.10A": {"label": "Cœur de l'Étang", "label_en": "Pond's Heart", "hint": ""},
    }
    return ReferenceList("towns", ("code", "label", "label_en", "hint"), rows)


@pytest.fixture
def town(make_field, towns):
    return make_field("choice", list=towns)


@pytest.fixture(scope="module")
def naf():
    """The index of the list of activities of the grant of Haute-Savoie."""
    with NAF.open(encoding="utf-8", newline="") as lines:
        rows = [(row["code"], (row["label"],), ()) for row in csv.DictReader(lines)]
    return search.built(rows)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("annec", ["74010", "74182"]),
        ("ANNECY", ["74010", "74182"]),
        ("vieux annecy", ["74182"]),
        ("saint eloi", ["01001", "74002"]),
        ("St Éloi", ["01001", "74002"]),
        ("saint haute savoie", ["74002"]),
        ("coeur etang", ["56.10A"]),
        ("pond", ["56.10A"]),
        ("5610a", ["56.10A"]),
        ("56.10", ["56.10A"]),
        ("7400", ["74002"]),
        ("necy", []),
        ("a", []),
        (" ... ", []),
    ],
)
def test_words_find_what_begins_so(town, typed, found):
    assert list(index_of(town).matches(typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("restaurant", ["56.10A", "56.10C"]),
        ("restaurants rapides", ["56.10C"]),
        ("Restaurateur", ["56.10A", "56.10C"]),
        ("coiffeuse", ["96.02A"]),
        ("plombier", ["43.22A"]),
        ("bars", ["56.30Z"]),
        ("salon de coiffure", ["96.02A"]),  # no option says salon
        ("coiffure restaurant rapide", ["56.10C"]),  # the most of the words
        ("coiffure restaurant", ["96.02A", "56.10A", "56.10C"]),  # as many of each, the shortest first
        ("salon", []),
        ("restaurant 56109", ["56.10A", "56.10C"]),
        ("restauration", ["56.10A", "56.10C"]),
        ("56109", []),  # a number has no family
        ("rest", ["56.10A", "56.10C"]),
        ("resto", []),
    ],
)
def test_words_that_begin_alike_are_found_when_none_begins_so(make_field, typed, found):
    labels = {
        "56.10A": "Restauration traditionnelle",
        "56.10C": "Restauration de type rapide",
        "96.02A": "Coiffure",
        "43.22A": "Travaux de plomberie",
        "56.30Z": "Bar et débit de boissons",
    }
    rows = {code: {"label": label} for code, label in labels.items()}
    activity = make_field("choice", list=ReferenceList("activities", ("code", "label"), rows))
    assert list(index_of(activity).matches(typed)) == found


def test_words_that_begin_alike_are_looked_for_among_what_fits(make_field):
    rows = {"a": {"label": "Restaurant"}, "b": {"label": "Restauration"}}
    activity = make_field("choice", list=ReferenceList("activities", ("code", "label"), rows))
    assert index_of(activity).matches("restaurant", {"b"}.__contains__) == ("b",)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("salon de coiffure", "96.02A"), ("hotel restaurant", "55.10Z"), ("hôtel-restaurant", "56.10A")],
)
def test_trades_are_found_in_the_national_list_by_what_people_call_them(naf, typed, first):
    assert first in naf.matches(typed)


def test_option_that_has_all_the_words_comes_alone(naf):
    assert naf.matches("foires salons") == ("82.30Z",)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Annecy", "74010"),
        ("74182", "74182"),
        ("5610a", "56.10A"),
        ("COEUR DE L’ETANG", "56.10A"),
        ("pond's heart", "56.10A"),
        ("Saint-Éloi", "several_found"),
        ("Annec", "several_found"),
        ("Annecy-le-V", "several_found"),
        ("Genève", "nothing_found"),
    ],
)
def test_one_whole_code_or_label_is_taken_at_once(town, typed, means):
    found = BY_NAME["choice"].read(town, {"": [""], "-search": [typed], "-for": [""]})
    assert (found.problems[0].code if isinstance(found, Slips) else found) == means


def read(field, code, typed, settled):
    codes = code if isinstance(code, list) else [code]
    return BY_NAME[field.kind].read(field, {"": codes, "-search": [typed], "-for": [settled]})


def test_option_picked_among_those_found_is_the_answer(town):
    assert read(town, "74002", "saint", "saint") == "74002"


def test_text_typed_after_an_option_was_chosen_comes_first(town):
    assert read(town, "74010", "Annecy-le-Vieux", "Annecy") == "74182"
    assert isinstance(read(town, "74010", "saint", "Annecy"), Slips)


def test_line_that_was_emptied_is_no_answer(town):
    assert read(town, "74010", "", "Annecy") is None


def test_code_of_nothing_is_refused(town):
    assert isinstance(read(town, "99999", "saint", "saint"), Slips)


def test_several_are_added_one_after_the_other(make_field, towns):
    several = make_field("choices", list=towns)
    assert read(several, ["74182"], "74010", "") == ["74010", "74182"]
    assert read(several, ["74182", "74002"], "saint", "saint") == ["74182", "74002"]
    assert isinstance(read(several, ["74182"], "saint", "saint"), Slips)
    assert isinstance(read(several, ["74182"], "saint", ""), Slips)


def long_list(make_field, count=35_000):
    rows = {
        f"{n:05}": {"label": f"Commune {n} des Prés", "hint": f"Département {n % 100}"} for n in range(count)
    }
    return make_field("choice", list=ReferenceList("towns", ("code", "label", "hint"), rows))


def test_index_of_35_000_is_built_once(make_field, monkeypatch):
    field, folds = long_list(make_field), []

    def counted(text: str) -> str:
        folds.append(text)
        return folded(text)

    monkeypatch.setattr(search, "folded", counted)
    assert index_of(field).matches("commune 34999")
    assert len(folds) == 35_000 * 3 + 1, "the code, the label and the hint of each row, and what was typed"
    folds.clear()
    for typed in ("commune", "pres 12", "34998", "departement 7"):
        assert index_of(field).matches(typed)
    assert folds == ["commune", "pres 12", "34998", "departement 7"]


def test_no_more_are_proposed_than_fit_a_screen(make_field):
    field = long_list(make_field, 500)
    assert len(index_of(field).matches("commune")) == MOST
    assert [beyond for _, beyond in proposals(field, "commune")] == [False] * MOST + [True]
