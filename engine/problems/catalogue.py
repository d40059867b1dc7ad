"""The sentences of the problems: one table a language, read once from the YAML files beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "en")


def sentence(code: str, params: Mapping[str, object], suggestion: str | None, language: str) -> str:
    """The sentence of a code with its params filled in; another language than French or English reads English."""
    texts = table(language)
    told = texts[code].format_map({name: _worded(value, texts) for name, value in params.items()})
    return f"{told} {texts['did_you_mean'].format(suggestion=suggestion)}" if suggestion else told


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
    if isinstance(value, str) and value.startswith("@"):
        return texts.get(value, value.removeprefix("@feel ").removeprefix("@word "))
    return str(value)
