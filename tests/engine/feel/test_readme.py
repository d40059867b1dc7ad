"""The examples of the README do what they say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import engine.feel

README = Path(engine.feel.__file__).with_name("README.md").read_text(encoding="utf-8")


def test_the_map_names_every_module() -> None:
    folder = Path(engine.feel.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules <= set(re.findall(r"`(\w+)", README))


def test_the_examples_run_and_give_what_is_written() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    known: dict[str, object] = {}
    given = []
    for statement in ast.parse(code).body:
        if isinstance(statement, ast.Expr):
            given.append(eval(ast.unparse(statement), known))  # noqa: S307
        else:
            exec(ast.unparse(statement), known)  # noqa: S102
    problems = given[4]
    assert [str(given[0]), *given[1:4]] == ["1000", True, None, True]
    assert [problem.code for problem in problems] == ["unknown_name", "never_true"]
    assert given[5].result is False
