"""Proving a text before anybody is written to: only known variables, nothing called, a subject where one is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from jinja2 import TemplateSyntaxError, nodes

from engine.problems import near
from renderers.texts.sandbox import ALLOWED, DEEPEST, FILTERS, LONGEST_SOURCE, TESTS, sandbox
from renderers.texts.shapes import TEXT, ListOf, Record, Shape
from renderers.texts.writing import cut

Kind = Literal["mail", "letter", "fragment"]
LOOP = Record(dict.fromkeys(("index", "first", "last", "length"), TEXT))

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "no_subject": {
        "fr": "La première ligne de ce texte doit être « Objet : … ».",
        "en": "The first line of this text must be “Subject: …”.",
    },
    "too_long": {
        "fr": "Ce texte dépasse {most} caractères : raccourcissez-le.",
        "en": "This text has more than {most} characters: shorten it.",
    },
    "syntax": {
        "fr": "Cette balise n'est pas complète ou pas à sa place : {detail}.",
        "en": "This tag isn't complete, or not in its place: {detail}.",
    },
    "not_in_a_text": {
        "fr": "Un texte n'utilise que des variables, « if », « for » et quelques filtres : ceci n'en fait pas partie.",
        "en": "A text uses only variables, “if”, “for” and a few filters: this is none of them.",
    },
    "unknown_variable": {
        "fr": "« {name} » n'est pas une variable de ce texte.",
        "en": "“{name}” is no variable of this text.",
    },
    "not_a_list": {
        "fr": "« {name} » n'est pas une liste : « for » ne peut pas la parcourir.",
        "en": "“{name}” is no list: “for” can't go through it.",
    },
    "not_printable": {
        "fr": "« {name} » ne s'écrit pas telle quelle : nommez une de ses parties, ou parcourez-la avec « for ».",
        "en": "“{name}” can't be written as it is: name one of its parts, or go through it with “for”.",
    },
    "unknown_filter": {
        "fr": "Le filtre « {name} » n'existe pas dans un texte.",
        "en": "There is no filter “{name}” in a text.",
    },
    "too_deep": {
        "fr": "Une boucle dans une boucle dans une boucle : un texte en a deux au plus.",
        "en": "A loop within a loop within a loop: a text has two at most.",
    },
}


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing wrong in a text; line and column (from 1) are those of the whole source, subject included."""

    code: str
    params: Mapping[str, object]
    line: int
    column: int
    suggestion: str | None = None

    def sentence(self, language: str = "fr") -> str:
        """What is wrong, in French or in English."""
        told = SENTENCES[self.code]["fr" if language == "fr" else "en"].format(**self.params)
        if self.suggestion is None:
            return told
        ask = "Vouliez-vous dire « {} » ?" if language == "fr" else "Did you mean “{}”?"
        return f"{told} {ask.format(self.suggestion)}"


def slips(source: str, known: Mapping[str, Shape], kind: Kind = "mail") -> tuple[Slip, ...]:
    """All that is wrong with a text whose variables are `known`, in the order of its lines."""
    if len(source) > LONGEST_SOURCE:
        return (Slip("too_long", {"most": LONGEST_SOURCE}, 1, 1),)
    missing = () if kind == "fragment" or cut(source)[0] else (Slip("no_subject", {}, 1, 1),)
    try:
        tree = sandbox().parse(source)
    except TemplateSyntaxError as error:
        column = _first_tag(source.split("\n")[error.lineno - 1 : error.lineno])
        return (*missing, Slip("syntax", {"detail": error.message}, error.lineno, column))
    return (*missing, *_Reader(source.split("\n")).read(tree, known))


def _first_tag(lines: Sequence[str]) -> int:
    """The column (from 1) where a tag begins on a line; 1 when none does."""
    found = re.search(r"\{[{%#]", lines[0]) if lines else None
    return found.start() + 1 if found else 1


@dataclass(slots=True)
class _Reader:
    """One reading of a source."""

    lines: list[str]
    found: list[Slip] = field(default_factory=list)

    def read(self, tree: nodes.Template, known: Mapping[str, Shape]) -> tuple[Slip, ...]:
        for node in tree.body:
            self.statement(node, known, 0)
        return tuple(sorted(self.found, key=lambda slip: (slip.line, slip.column)))

    def tell(self, code: str, node: nodes.Node, name: str = "", suggestion: str | None = None) -> None:
        line = self.lines[node.lineno - 1] if 0 < node.lineno <= len(self.lines) else ""
        place = re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)", line) if name else re.search(r"\{[{%]", line)
        column = place.start() + 1 if place else 1
        slip = Slip(code, {"name": name} if name else {}, node.lineno, column, suggestion)
        if slip not in self.found:
            self.found.append(slip)

    def statement(self, node: nodes.Node, known: Mapping[str, Shape], depth: int) -> None:
        if isinstance(node, nodes.For):
            self.loop(node, known, depth)
        elif isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData):
                    self.printed(part, known)
        elif isinstance(node, nodes.If):
            self.shape(node.test, known)
            for inner in (*node.body, *node.elif_, *node.else_):
                self.statement(inner, known, depth)
        else:
            self.tell("not_in_a_text", node)

    def loop(self, node: nodes.For, known: Mapping[str, Shape], depth: int) -> None:
        if depth == DEEPEST:
            self.tell("too_deep", node)
        if node.recursive or node.test is not None or not isinstance(node.target, nodes.Name):
            self.tell("not_in_a_text", node)
            return
        over = self.shape(node.iter, known)
        if over is not None and not isinstance(over, ListOf):
            self.tell("not_a_list", node, _path(node.iter))
        item = over.of if isinstance(over, ListOf) else TEXT
        inside = {**known, node.target.name: item, "loop": LOOP}
        for inner in (*node.body, *node.else_):
            self.statement(inner, inside, depth + 1)

    def printed(self, node: nodes.Node, known: Mapping[str, Shape]) -> None:
        if isinstance(self.shape(node, known), ListOf | Record):
            self.tell("not_printable", node, _path(node))

    def shape(self, node: nodes.Node, known: Mapping[str, Shape]) -> Shape | None:
        """What an expression is; None once it has been complained about."""
        if isinstance(node, nodes.Name | nodes.Getattr):
            return self.variable(node, known)
        if not isinstance(node, ALLOWED):
            self.tell("not_in_a_text", node)
            return None
        self.names(node)
        inside = [self.shape(inner, known) for inner in node.iter_child_nodes()]
        if isinstance(node, nodes.Filter) and node.name == "join" and inside[:1] != [ListOf(TEXT)]:
            self.tell("not_printable", node, _path(node.node) if node.node else "")
        return TEXT

    def variable(self, node: nodes.Name | nodes.Getattr, known: Mapping[str, Shape]) -> Shape | None:
        if isinstance(node, nodes.Name):
            members: Mapping[str, Shape] = known
            name, before = node.name, ""
        else:
            owner = self.shape(node.node, known)
            if owner is None:
                return None
            members = owner.members if isinstance(owner, Record) else {}
            name, before = node.attr, f"{_path(node.node)}."
        if name in members:
            return members[name]
        like = _as_answer(name, members) if not before else None
        like = like or near(name, members)
        self.tell("unknown_variable", node, before + name, before + like if like else None)
        return None

    def names(self, node: nodes.Node) -> None:
        """The filters and tests an expression uses."""
        if isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.kwargs):
            self.tell("unknown_filter", node, node.name, near(node.name, FILTERS))
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            self.tell("not_in_a_text", node)


def _as_answer(name: str, known: Mapping[str, Shape]) -> str | None:
    """What a name of the form is called in a text: `distance` is `answers.distance`."""
    answers = known.get("answers")
    return f"answers.{name}" if isinstance(answers, Record) and name in answers.members else None


def _path(node: nodes.Node) -> str:
    """A path as it is written: `contact.email`."""
    return ".".join(_steps(node))


def _steps(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Getattr):
        yield from _steps(node.node)
        yield node.attr
    elif isinstance(node, nodes.Name):
        yield node.name
