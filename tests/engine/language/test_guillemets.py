"""French guillemets hold to what they enclose, so that no line begins or ends with one alone."""

from __future__ import annotations

import pytest

from engine.language import Bundle, check_scheme
from engine.language.expressions import unbroken
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
