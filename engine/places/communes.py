"""The French communes: 35 000 rows, unpacked once, when the first form asks for one."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.places.departments import Department, department_of, departments


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune, by its Insee code."""

    code: str
    name: str
    postcodes: tuple[str, ...]

    @property
    def department(self) -> Department:
        """The department it lies in."""
        return departments()[department_of(self.code)]

    @property
    def label(self) -> str:
        """As nobody mistakes it: `Annecy (Haute-Savoie)`."""
        return f"{self.name} ({self.department.name})"


@dataclass(frozen=True, slots=True)
class Communes:
    """The present communes by code, and the codes of those that former ones are part of, by the former name."""

    by_code: Mapping[str, Commune]
    former: tuple[tuple[str, str], ...]


@cache
def communes() -> Communes:
    """Every commune."""
    packed = files("engine.places").joinpath("communes.csv.gz").read_bytes()
    rows = list(csv.reader(gzip.decompress(packed).decode().splitlines()))
    present = {row[0]: Commune(row[0], row[1], tuple(row[2].split())) for row in rows if len(row) == 3}
    return Communes(present, tuple((row[1], row[0]) for row in rows if len(row) == 2))


def commune(code: str) -> Commune | None:
    """A commune by its Insee code."""
    return communes().by_code.get(code)
