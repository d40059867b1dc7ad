"""The sentences of the problems: one table a language, read once from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from engine.problems.types import type_in_words, ways_in_words

LANGUAGES = ("fr", "en")


def sentence(code: str, params: Mapping[str, object], suggestion: str | None, language: str) -> str:
    """The sentence of a code with its params filled in; another language than French or English reads English."""
    texts = table(language)
    told = texts[code].format_map({name: _worded(value, texts) for name, value in params.items()})
    return f"{told} {texts['did_you_mean'].format(suggestion=suggestion)}" if suggestion else told


def type_said(written: str, language: str) -> str:
    """A type of FEEL as people read it: `list<string>` is a list of texts."""
    return type_in_words(written, table(language))


@cache
def table(language: str) -> Mapping[str, str]:
    """Code → sentence in one language."""
    import yaml  # the process that watches over the server never reads a table

    name = language if language in LANGUAGES else "en"
    text = files("engine.problems").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {str(code): str(told) for code, told in yaml.load(text, Loader=loader).items()}


def _worded(value: object, texts: Mapping[str, str]) -> str:
    """A param as people read it: a list with commas; `@…`, a word the table has, in its language."""
    if isinstance(value, tuple | list | frozenset | set):
        parts = sorted(value) if isinstance(value, frozenset | set) else value
        return ", ".join(_worded(part, texts) for part in parts)
    if isinstance(value, str) and value.startswith("@feel "):
        return type_in_words(value.removeprefix("@feel "), texts)
    if isinstance(value, str) and value.startswith("@takes "):
        return ways_in_words(value.removeprefix("@takes "), texts)
    if isinstance(value, str) and value.startswith("@"):
        return texts.get(value, value.removeprefix("@word "))
    return str(value)
