"""French guillemets hold to what they enclose, and `? : ; !` to what they end: no line begins or ends with one alone."""

from __future__ import annotations

import pytest

from engine.language import Bundle, check_scheme
from engine.language.expressions import held, unbroken
from tests.engine.language.conftest import FORM, WORKFLOW


def test_help_typed_with_ordinary_spaces_is_shown_with_no_break_ones():
    form = FORM.replace("label: Locataire", 'label: Locataire, help: "Cadre « Vos { income } », page 1."')
    scheme, _ = check_scheme(Bundle({"scheme.yaml": form + WORKFLOW}))
    assert scheme is not None
    help = scheme.fields["tenant"].help
    assert help is not None and help.plain("fr") == "Cadre «\u00a0Vos { income }\u00a0», page 1."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Dit «\u00a0oui\u00a0»"),
        ("fr-CH", "Dit «\u00a0oui\u00a0»"),
        (
            "de",
            "Dit « oui »",
        ),  # where they are turned the other way round, such a space would bind the wrong words
    ],
)
def test_only_french_holds_them(language, said):
    assert unbroken(("Dit « oui »",), language) == (said,)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Êtes-vous locataire ?", "Êtes-vous locataire\u00a0?"),
        ("Attention : lisez ; puis signez !", "Attention\u00a0: lisez\u00a0; puis signez\u00a0!"),
        ("Vraiment  ?! (oui !) **Quand ?** « Où ? »", "Vraiment\u00a0?! (oui\u00a0!) **Quand\u00a0?** «\u00a0Où\u00a0?\u00a0»"),
        ("Voir https://exemple.fr/?a=b à 10:30", "Voir https://exemple.fr/?a=b à 10:30"),
        ("| Nom | Montant |\n| :--- | ---: |\n ![Plan](plan.png)", "| Nom | Montant |\n| :--- | ---: |\n ![Plan](plan.png)"),
    ],
)  # fmt: skip
def test_a_sign_never_begins_a_line_in_french(typed, said):
    assert held(typed, "fr") == said
    assert held(typed, "en") == typed


def test_sign_holds_to_the_value_before_it():
    form = FORM.replace("label: Locataire", 'label: Locataire, help: "Revenu de { income } : est-ce exact ?"')
    scheme, _ = check_scheme(Bundle({"scheme.yaml": form + WORKFLOW}))
    assert scheme is not None
    help = scheme.fields["tenant"].help
    assert help is not None and help.plain("fr") == "Revenu de { income }\u00a0: est-ce exact\u00a0?"
