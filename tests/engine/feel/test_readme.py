"""The examples of the README do what they say."""

from __future__ import annotations

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
    lines = [re.split(r"\s{2,}#", line)[0] for line in code.splitlines() if line]
    exec("\n".join(line for line in lines if line.startswith(("from", "rule ="))), known)  # noqa: S102
    given = [eval(line, known) for line in lines if not line.startswith(("from", "rule ="))]  # noqa: S307
    problems = given[4]
    assert [str(given[0]), *given[1:4]] == ["1000", True, None, False]
    assert [problem.code for problem in problems] == ["unknown_name", "never_true"]
    assert given[5].result is False
