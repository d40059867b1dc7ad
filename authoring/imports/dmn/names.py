"""Names of DMN, which hold blanks and signs, as ids of a scheme; the same everywhere in a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from authoring.imports.dmn.reading import Model, children, tag
from authoring.imports.ids import free_id
from engine.feel.builtins import BUILTINS
from engine.language.structure import better_id

NAMED = frozenset(
    ["inputData", "decision", "businessKnowledgeModel", "formalParameter", "parameter", "itemComponent",
     "variable", "output"]
)  # fmt: skip
_LEFT_ALONE = r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*(?s:.*?)\*/'


@dataclass(frozen=True, slots=True)
class Names:
    """Name in the model → id in the scheme."""

    ids: Mapping[str, str]
    pattern: re.Pattern[str]

    def id(self, name: str) -> str:
        """The id of a name."""
        return self.ids[normal(name)]

    def written(self, feel: str) -> str:
        """An expression with the ids in place of the names; texts and comments are left as they are."""
        return self.pattern.sub(self._replaced, feel)

    def within(self, parameters: Iterable[str]) -> Names:
        """The names inside a function: a parameter may be called `Person.Age`."""
        dotted = {normal(name) for name in parameters if "." in name}
        plain = (name for name in self.ids if "." not in name)
        return Names(self.ids, _pattern([*plain, *dotted])) if dotted else self

    def _replaced(self, found: re.Match[str]) -> str:
        name = normal(found["name"]) if found["name"] else ""
        calls = found.string[found.end() :].lstrip().startswith("(")
        if not name or (calls and name in BUILTINS):
            return found[0]
        return self.ids[name]


def normal(name: str) -> str:
    """A name with single blanks."""
    return " ".join(name.split())


def names_of(model: Model) -> Names:
    """The ids of all names of a model."""
    ids: dict[str, str] = {}
    for name in _all(model):
        if name not in ids:
            ids[name] = free_id(better_id(name), set(ids.values()))
    return Names(ids, _pattern(name for name in ids if "." not in name))


def _pattern(ids: Iterable[str]) -> re.Pattern[str]:
    """Finds the names in an expression, the longest first; what holds a dot is a path but where it is a parameter."""
    longest = sorted(ids, key=len, reverse=True)
    names = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in longest) or "(?!)"
    return re.compile(rf"{_LEFT_ALONE}|(?<![\w])(?P<name>{names})(?![\w])")


def _all(model: Model) -> Iterator[str]:
    """What bears a name, the most visible first, so that they keep the plainest ids."""
    for element in children(model.root, "inputData", "decision", "businessKnowledgeModel"):
        if name := normal(element.get("name") or ""):
            yield name
    for element in model.root.iter():
        if (
            isinstance(element.tag, str)
            and tag(element) in NAMED
            and (name := normal(element.get("name") or ""))
        ):
            yield name
        if isinstance(element.tag, str) and (name := normal(element.get("iteratorVariable") or "")):
            yield name
