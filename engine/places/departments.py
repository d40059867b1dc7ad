"""French departments and overseas collectivities."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Department:
    """One department; `region` is the code of its region."""

    code: str
    name: str
    region: str


@cache
def departments() -> Mapping[str, Department]:
    """Every department by its code, in the order of the codes, overseas last."""
    text = files("engine.places").joinpath("departments.csv").read_text(encoding="utf-8")
    found = [Department(*row) for row in csv.reader(text.splitlines())]
    return {one.code: one for one in sorted(found, key=lambda one: (len(one.code), one.code))}


def department_of(code: str) -> str:
    """The code of the department of a commune: the beginning of its own."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]
