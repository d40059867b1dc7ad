"""The house style that can be counted: small functions, small modules, no rooms for odds and ends."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("engine", "workflows", "renderers", "authoring", "dossiers", "portal", "admin", "api", "guichet")
MODULES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts
)
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_is_something_to_count():
    assert len(MODULES) > 100


SCRIPTS = sorted(path for path in (ROOT / "renderers/static").rglob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_is_small_and_says_what_it_is_for(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300, "over 300 lines"
    assert text.startswith("// "), "no opening sentence"
    assert "eval(" not in text and "new Function" not in text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_small_and_says_what_it_is_for(path: Path):
    text = path.read_text(encoding="utf-8")
    long = [
        f"{one.name} ({one.end_lineno - one.lineno + 1})"
        for one in functions(path)
        if one.end_lineno - one.lineno + 1 > 40
    ]
    assert text.count("\n") <= 300, "over 300 lines"
    assert not long, f"functions over 40 lines: {long}"
    assert path.stem not in BANNED
    assert not text.strip() or ast.get_docstring(ast.parse(text)), "no docstring"
