"""The example of the language's own page: all of it loads."""

from __future__ import annotations

from pathlib import Path

from engine.language import Bundle, check_scheme, load_scheme
from engine.language.sharing import library

SCHEME = (Path(__file__).parent / "example" / "scheme.yaml").read_text(encoding="utf-8")
TEXTS = [
    "acknowledgement",
    "please_correct",
    "accepted",
    "refused",
    "queued",
    "promoted",
    "expired",
    "remedies",
]
BESIDE = {
    **{
        f"texts/{name}.{language}.md": "Objet : essai\n\nBonjour.\n"
        for name in TEXTS
        for language in ("fr", "en")
    },
    "lists/naf.csv": "code,label\n56.30Z,Débits de boissons\n",
    "lists/refusal_reasons.csv": "code,label\nlate,Hors délai\n",
    **library(),
}


def errors(text: str) -> list[tuple[str, object]]:
    _, problems = check_scheme(Bundle({"scheme.yaml": text, **BESIDE}))
    return [(problem.code, problem.params.get("what")) for problem in problems if problem.severity == "error"]


def test_the_whole_example_loads():
    assert errors(SCHEME) == []
    scheme = load_scheme(Bundle({"scheme.yaml": SCHEME, **BESIDE}))
    assert list(scheme.fields) == [
        "person",
        "status",
        "home",
        "household",
        "household_income",
        "siret",
        "legal_name",
        "address",
        "naf",
        "created",
        "closed",
        "closed_on",
        "partial_unemployment",
        "partners",
        "iban",
        "bank_proof",
        "tax_notice",
        "honour",
    ]
    assert str(scheme.workflow.deadlines["silence"].after) == "2 months"
    assert {problem.code for problem in scheme.warnings} == {"missing_translation"}
