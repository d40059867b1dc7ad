"""What a field kind is: how it is read, checked, valued for the rules, shown again and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from engine import words
from engine.feel import types as feel
from engine.kinds.field import FieldView
from engine.problems import AnswerProblem
from engine.words import Phrase, Printed

Json: TypeAlias = object
Raw: TypeAlias = Mapping[str, Sequence[str]]  # what was typed, by suffix of the control: {"": ["12 000"]}
Controls: TypeAlias = dict[str, list[str]]
JsonSchema: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Slips:
    """What is wrong with something typed; each path begins with the field's id."""

    problems: tuple[AnswerProblem, ...]


def slip(field: FieldView, code: str, *part: str | int, **params: object) -> Slips:
    """One problem about a field, or about one part of it (`slip(home, "missing", "postcode")`)."""
    return Slips((AnswerProblem((field.id, *part), code, params),))


def one_input(field: FieldView) -> tuple[str, ...]:
    """The suffixes of a kind that is typed in one control."""
    return ("",)


def as_text(field: FieldView, answer: Json) -> Controls:
    """A stored text back in its one control."""
    return {"": [answer] if isinstance(answer, str) else []}


def text_or_none(field: FieldView, answer: Json) -> object:
    """A stored text as FEEL sees it; None when what is stored is no text."""
    return answer if isinstance(answer, str) else None


def print_text(field: FieldView, answer: Json, language: str) -> Phrase:
    """A stored text as people read it."""
    return (Printed(answer, "text"),) if isinstance(answer, str) else ()


def raw_as(shown: Callable[[str], str]) -> Callable[[FieldView, Json], Controls]:
    """A stored text back in its one control, written as `shown` writes it."""
    return lambda field, answer: {"": [shown(answer)] if isinstance(answer, str) else []}


def print_as(shown: Callable[[str], str]) -> Callable[[FieldView, Json, str], Phrase]:
    """A stored text as people read it, written as `shown` writes it."""
    return lambda field, answer, language: (
        (Printed(shown(answer), "text"),) if isinstance(answer, str) else ()
    )


def print_list(texts: Iterable[str]) -> Phrase:
    """Several texts as people read them; nothing when there is none."""
    found: list[words.Json] = [*texts]
    return (Printed(found, "list"),) if found else ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One field kind.

    `keys`: its own YAML keys, each a JSON Schema fragment with a description; `expressions`: those that are FEEL.
    `codes`: what may be wrong with what is typed (beside the codes every kind has).
    `feel_type(field)`: its type in the rules; `inputs(field)`: suffixes of its form controls.
    `read(field, raw)`: the answer to store, None when blank, or Slips; raises for no text whatever.
    `schema(field)`: JSON Schema 2020-12 of the stored answer.
    `value(field, answer)`: what the rules see; None when the stored answer doesn't have the kind's shape.
    `raw(field, answer)`: the stored answer back in its controls; `printed(field, answer, language)`: for people.
    `blank`: the code when nothing was given though it is required; `unit`: how its bounds are printed;
    `sensitive`: whether it is so by nature, unless the scheme says otherwise.
    `formats`: the formats its schema names, each with what judges a text; `proven`: whether the schema with its formats
    tells all that may be wrong with a stored answer, so that it needn't be read again.
    """

    name: str
    keys: Mapping[str, JsonSchema]
    codes: tuple[str, ...]
    feel_type: Callable[[FieldView], feel.Type]
    read: Callable[[FieldView, Raw], Json | Slips | None]
    schema: Callable[[FieldView], JsonSchema]
    expressions: frozenset[str] = frozenset()
    value: Callable[[FieldView, Json], object] = text_or_none
    raw: Callable[[FieldView, Json], Controls] = as_text
    printed: Callable[[FieldView, Json, str], Phrase] = print_text
    inputs: Callable[[FieldView], tuple[str, ...]] = one_input
    blank: str = "missing"
    unit: str = "text"
    sensitive: bool = False
    formats: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    proven: bool = False


def whole_option(field: FieldView, key: str, otherwise: int) -> int:
    """A whole number written under one of the kind's own keys."""
    found = field.options.get(key)
    return found if isinstance(found, int) and not isinstance(found, bool) else otherwise


def constant(field: FieldView, key: str) -> int | None:
    """A bound written as a plain whole number; None when it is computed, or not set."""
    found = field.options.get(key)
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return found
    text = getattr(found, "text", None)
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else None


def members(answer: Json) -> Mapping[str, object]:
    """The parts of a stored answer; none when it is no mapping."""
    if isinstance(answer, dict):  # nearly always, and told much sooner than a Mapping
        return answer
    return cast("Mapping[str, object]", answer) if isinstance(answer, Mapping) else {}


def items(answer: Json) -> Sequence[object]:
    """The items of a stored answer; none when it is no list."""
    return cast("list[object]", answer) if isinstance(answer, list) else ()


def stored_rows(field: FieldView, answer: Json) -> Sequence[object]:
    """The stored rows of a repeat; for a matrix the cells of each of its lines, headings left out."""
    if field.lines:
        return [members(answer).get(id, {}) for id, line in field.lines.items() if not line.heading]
    return items(answer)


def bounds_keys(what: str) -> dict[str, JsonSchema]:
    """The YAML keys `min` and `max`, both FEEL."""
    kinds: list[object] = ["string", "number"]
    return {
        "min": {"type": kinds, "description": f"The smallest {what} accepted (FEEL)."},
        "max": {"type": kinds, "description": f"The greatest {what} accepted (FEEL)."},
    }


BOUNDS = frozenset({"min", "max"})


def count_keys(what: str) -> dict[str, JsonSchema]:
    """The YAML keys `at_least` and `at_most`, both FEEL."""
    kinds: list[object] = ["string", "integer"]
    return {
        "at_least": {"type": kinds, "description": f"How many {what} at least (FEEL)."},
        "at_most": {"type": kinds, "description": f"How many {what} at most (FEEL)."},
    }


COUNTS = frozenset({"at_least", "at_most"})


def count_schema(field: FieldView) -> JsonSchema:
    """The bounds on a number of items that are plain figures, for the JSON Schema."""
    found = {"minItems": constant(field, "at_least"), "maxItems": constant(field, "at_most")}
    return {key: figure for key, figure in found.items() if figure is not None}
