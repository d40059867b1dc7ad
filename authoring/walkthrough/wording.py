"""What the tests of a scheme say, in French or English: the sentences stand in fr.yaml and en.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import yaml

from engine.problems import near
from engine.words import Printed

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the tables, `@nothing`."""

    code: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text by language, as a scheme writes it."""

    by_language: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence, or a piece of one: the code finds it in the tables, the params fill it in."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """The sentence in French ("fr"), or else in English."""
        words = table(language)
        return words[self.code].format_map(
            {name: _worded(value, language) for name, value in self.params.items()}
        )


@dataclass(frozen=True, slots=True)
class Pieces:
    """Several pieces in a row, with what stands between them: `; `, or a word of the tables."""

    parts: tuple[object, ...]
    between: str = "; "


NOTHING = Pieces(())


def told(code: str, /, **params: object) -> Told:
    """A sentence with its params."""
    return Told(code, params)


def nearest(name: str, known: Mapping[str, object]) -> Told | Pieces:
    """`; did you mean closed?`, or nothing."""
    suggestion = near(name, known)
    return told("did_you_mean", suggestion=suggestion) if suggestion else NOTHING


def said(value: object, language: str = "en") -> str:
    """A value as it would stand in YAML."""
    if value is None:
        return table(language)["@nothing"]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(said(one, language) for one in value) + "]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{name}: {said(one, language)}" for name, one in value.items())
        return f"{{{inside}}}"
    if isinstance(value, Printed):
        return table(language)["@unknown"] if value.value is None else said(value.value, language)
    return str(value)


def _worded(value: object, language: str) -> str:
    if isinstance(value, Told):
        return value.sentence(language)
    if isinstance(value, Pieces):
        between = table(language).get(value.between, value.between)
        return between.join(_worded(part, language) for part in value.parts)
    if isinstance(value, Word):
        return table(language)[value.code]
    if isinstance(value, Quoted):
        return value.by_language.get(language) or next(iter(value.by_language.values()), "")
    return said(value, language)


@cache
def table(language: str) -> Mapping[str, str]:
    """Code → sentence in one language; another than French reads English."""
    name = language if language in LANGUAGES else "en"
    text = files("authoring.walkthrough").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {str(code): str(sentence) for code, sentence in yaml.load(text, Loader=loader).items()}
