"""What is settled when the first form is filed can't rest on a form asked later: refused with its place, not ignored."""

from pathlib import Path

import pytest

from engine.language import Bundle, SchemeError, load_scheme

JOINT = Path(__file__).parents[3] / "examples" / "joint-renovation-grant"
LATER = """forms:
  report:
    spending:
      title: Bilan
      %s
      fields:
        helper: {type: text, label: Nom}
        works_siret: {type: siret, label: SIRET}
"""
FINE = LATER % "asked_of: applicant"


def told(*changed):
    files = dict(Bundle.read(JOINT).files)
    for old, new in changed:
        assert old in files["scheme.yaml"], old
        files["scheme.yaml"] = files["scheme.yaml"].replace(old, new, 1)
    try:
        load_scheme(Bundle(files))
    except SchemeError as error:
        found = [one for one in error.problems if one.code == "not_yet_later"]
        return [(one.params["what"], one.params["name"], one.place.line > 0) for one in found]
    return []


@pytest.mark.parametrize(
    ("changed", "what", "name"),
    [
        ((("form:\n", LATER % "asked_of: co_owner" + "form:\n"),), "asked_of", "spending"),
        ((("form:\n", FINE + "form:\n"), ("name: co_owner_name", "name: helper")), "name", "helper"),
        ((("form:\n", FINE + "form:\n"), ("signs: [", "signs: [spending, ")), "signs", "spending"),
        (
            (("form:\n", FINE + "facts: {aid: {dossiers: any_scheme, match: works_siret}}\nform:\n"),),
            "match",
            "works_siret",
        ),
    ],
)
def test_what_rests_on_a_form_asked_later_is_refused(changed, what, name):
    assert told(*changed) == [(what, name, True)]


def test_what_rests_on_the_form_is_not_refused_beside_a_form_asked_later():
    assert told(("form:\n", FINE + "form:\n")) == []
