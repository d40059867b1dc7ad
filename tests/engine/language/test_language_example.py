"""The example of the language's own page: it loads once what is not built is taken out, and only that is refused."""

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
NOT_YET = [
    "dashboard",
    "dashboard",
]
WITHOUT = ((", export, dashboard", ", export"),)
BLOCKS = ("dashboard:",)


def built() -> str:
    """The example without the keys that are not built yet."""
    kept: list[str] = []
    inside = False
    for line in SCHEME.splitlines(keepends=True):
        if any(line.startswith(block) for block in BLOCKS):
            inside = not line.startswith("  ")
            continue
        inside = inside and (line.startswith(" ") or not line.strip())
        if not inside:
            kept.append(line)
    text = "".join(kept)
    for old, new in WITHOUT:
        text = text.replace(old, new)
    return text


def errors(text: str) -> list[tuple[str, object]]:
    _, problems = check_scheme(Bundle({"scheme.yaml": text, **BESIDE}))
    return [(problem.code, problem.params.get("what")) for problem in problems if problem.severity == "error"]


def test_exactly_what_is_not_built_is_refused():
    assert errors(SCHEME) == [("not_yet", what) for what in NOT_YET]


def test_the_rest_of_the_example_loads():
    assert errors(built()) == []
    scheme = load_scheme(Bundle({"scheme.yaml": built(), **BESIDE}))
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
