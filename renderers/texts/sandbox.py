"""The small part of Jinja a text may use: variables, `if`, `for` over a list given, a few filters. Nothing is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as ALL_FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as ALL_TESTS

from engine.language.expressions import held
from renderers.catalogues import say
from renderers.texts.markdown import Markdown, escaped, one_line
from renderers.words.phrases import UNKNOWN

LONGEST_SOURCE = 40_000  # characters
LONGEST_RESULT = 200_000
DEEPEST = 2  # a list within a list

FILTERS = ("capitalize", "join", "length", "lower", "trim", "upper")
TESTS = ("defined", "none")
ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Name,
    nodes.Getattr,
    nodes.If,
    nodes.For,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Compare,
    nodes.Operand,
    nodes.Test,
    nodes.Filter,
)


def printing(language: str, mode: str) -> Callable[[Any], str]:
    """How a value is written: in Markdown ("markdown"), or on one plain line ("line"). What is unknown says so."""

    def write(value: Any) -> str:
        if value is None:
            value = say(language, UNKNOWN)
        if mode == "line":
            return one_line(_bare(value))
        return value if isinstance(value, Markdown) else escaped(str(value))

    return write


def _bare(value: Any) -> str:
    """A followable address without its brackets."""
    text = str(value)
    return text[1:-1] if isinstance(value, Markdown) and text.startswith("<") and text.endswith(">") else text


@cache
def sandbox(language: str = "en", mode: str = "markdown") -> ImmutableSandboxedEnvironment:
    """The environment of one language; a variable it isn't given is an error, never a blank."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=printing(language, mode),
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=400,
    )
    made.globals.clear()
    made.filters = {name: ALL_FILTERS[name] for name in FILTERS}
    made.tests = {name: ALL_TESTS[name] for name in TESTS}
    return made


def fill(source: str, known: Mapping[str, object], language: str, mode: str = "markdown") -> str:
    """The text of a source. Raises jinja2.TemplateError (its syntax, an unknown variable), TextTooLong."""
    pieces: list[str] = []
    size = 0
    for piece in _compiled(source, language, mode).generate(known):
        size += len(piece)
        if size > LONGEST_RESULT:
            raise TextTooLong(f"this text would be longer than {LONGEST_RESULT} characters")
        pieces.append(piece)
    return "".join(pieces)


@lru_cache(maxsize=256)
def _compiled(source: str, language: str, mode: str) -> Template:
    """A source compiled. What `slips` would refuse by its shape never runs, whoever published it."""
    made = sandbox(language, mode)
    parsed = made.parse(source)
    for node in parsed.find_all(nodes.Node):
        if not isinstance(node, ALLOWED) or getattr(node, "name", "") == "self":  # Jinja's own name
            raise SecurityError(f"a text may not use this (line {node.lineno}): {type(node).__name__}")
    for written in parsed.find_all(nodes.TemplateData):
        written.data = held(written.data, language)
    return made.from_string(parsed)


class TextTooLong(ValueError):
    """A text, or what it would become, beyond all measure."""
