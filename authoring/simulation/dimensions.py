"""What a simulation may be broken down by: a choice of the form, yes or no, or the place of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from authoring.simulation.judging import Judge, Received
from engine.kinds.choice import label_of
from engine.kinds.kind import members
from engine.language import Scheme
from engine.language.model import Field
from engine.problems import near

CHOICES, PLACES = ("choice", "yes_no", "consent"), ("commune", "postcode", "department")
OVERSEAS = ("97", "98")  # these départements have three figures
NOT_ANSWERED = ""


class UnknownDimension(Exception):
    """Nothing of that name can be broken down by; `known` are the names that can, `suggestion` the nearest one."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.known, self.suggestion = name, known, near(name, known)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A name such as "status" or "home.department"; `part` is what is taken of an address."""

    name: str
    field: Field
    part: str
    judge: Judge

    def value(self, received: Received) -> str:
        """The code a dossier counts under; "" when it wasn't answered."""
        answer = self.judge.answers(received).get(self.field.id)
        if self.part:
            return _place(members(answer), self.part)
        if isinstance(answer, bool):
            return "true" if answer else "false"
        return answer if isinstance(answer, str) else NOT_ANSWERED

    def label(self, value: str, language: str) -> str:
        """What people read for a value; the value itself for a place and for yes or no."""
        return label_of(self.field, value, language) if self.field.kind == "choice" and value else value


def names(scheme: Scheme) -> tuple[str, ...]:
    """Every name that can be broken down by; what is sensitive can't."""
    found: list[str] = []
    for field in scheme.fields.values():
        if field.sensitive:
            continue
        if field.kind in CHOICES:
            found.append(field.id)
        elif field.kind == "address":
            found += (f"{field.id}.{part}" for part in PLACES)
    return tuple(found)


def dimension(judge: Judge, name: str) -> Dimension:
    """The dimension of that name; an address alone is taken by its commune. Raises UnknownDimension."""
    known = names(judge.scheme)
    asked = f"{name}.commune" if f"{name}.commune" in known else name
    if asked not in known:
        raise UnknownDimension(name, known)
    id, _, part = asked.partition(".")
    return Dimension(asked, judge.scheme.fields[id], part, judge)


def _place(address: Mapping[str, object], part: str) -> str:
    """A département is read off the post code, which is right but for a few communes on its edge."""
    if part != "department":
        return str(address.get(part) or NOT_ANSWERED)
    postcode = str(address.get("postcode") or "")
    return postcode[:3] if postcode.startswith(OVERSEAS) else postcode[:2]
