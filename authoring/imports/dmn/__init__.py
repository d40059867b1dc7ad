"""DMN 1.2 to 1.5: the decisions of a model become the computed values of a scheme, and its input data become fields."""

from __future__ import annotations

from dataclasses import dataclass

from authoring.imports.dmn.decisions import Definition, definitions
from authoring.imports.dmn.fields import Asked, asked_fields
from authoring.imports.dmn.names import Names, names_of
from authoring.imports.dmn.reading import Model, NotReadable, read_model
from authoring.imports.dmn.writing import fragment
from engine.problems import Problem

__all__ = ["Imported", "NotReadable", "import_dmn"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A fragment of scheme.yaml, what became of each name, and what could not be carried over."""

    yaml: str
    names: Names
    asked: Asked
    definitions: tuple[Definition, ...]
    problems: tuple[Problem, ...]


def import_dmn(content: bytes, file: str) -> Imported:
    """The fragment of a DMN file; raises NotReadable when it is none."""
    model: Model = read_model(content, file)
    names = names_of(model)
    asked = asked_fields(model, names)
    found = definitions(model, names, asked)
    yaml = fragment(model, names, asked, found)
    problems = sorted(model.problems, key=lambda problem: problem.place.line if problem.place else 0)
    return Imported(yaml, names, asked, found, tuple(problems))
